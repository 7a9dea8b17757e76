// A newsroom page: every document with its text, and its speakers with all that they said.
function speakersOf(letters, layer) {
  const found = new Map();
  const order = layer.items.map((item, number) => ({ item, number }));
  order.sort((a, b) => a.item.q[0][0] - b.item.q[0][0]);
  for (const { item, number } of order) {
    const who = item.e || words(letters, item.s);
    if (!found.has(who)) found.set(who, []);
    found.get(who).push({ item, number });
  }
  return found;
}

for (const source of document.querySelectorAll("script.document")) {
  const data = JSON.parse(source.textContent);
  const letters = Array.from(data.text);
  const layer = data.layers[0];
  const section = make("section", "document");
  const heading = make("h2");
  heading.append(visible(data.id));
  const box = make("div", "layers");
  const reading = make("div", "layer");
  reading.append(told("h3", "", "text"), textOf(letters, layer));
  const people = make("div", "layer");
  people.append(told("h3", "", "speakers"));
  for (const [who, items] of speakersOf(letters, layer)) {
    const name = make("h4", "person");
    if (who) name.append(visible(who));
    else name.append(told("span", "", "unnamed"));
    const cards = make("ol", "cards");
    for (const { item, number } of items) cards.append(card(letters, item, number, []));
    people.append(name, cards);
  }
  if (!layer.items.length) people.append(told("p", "note", "nothing"));
  box.append(reading, people);
  section.append(heading, box);
  document.getElementById("pages").append(section);
  wire(box);
}

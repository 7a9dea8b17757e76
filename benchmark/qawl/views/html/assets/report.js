// The list of documents is filtered from an index; a document is read when it is shown.
const { index: INDEX, systems: SYSTEMS } = JSON.parse(document.getElementById("index").textContent);
const SOURCES = document.querySelectorAll("script.document");
const PAGE = 50;
const at = (id) => document.getElementById(id);
let chosen = INDEX.map((_, number) => number);
let first = 0;
let current = -1;

function option(select, value, label) {
  const element = make("option", "", shown(label));
  element.value = value;
  select.append(element);
}

function fillFilters() {
  const kinds = [...new Set(INDEX.flatMap((entry) => entry.kinds))].sort();
  option(at("f-kind"), "", say("any"));
  for (const kind of kinds) {
    const [system, name] = kind.split(":");
    option(at("f-kind"), kind, SYSTEMS.length > 1 ? `${SYSTEMS[system]}: ${say(name)}` : say(name));
  }
  const slices = new Set();
  for (const entry of INDEX) {
    for (const type of entry.types) slices.add(`type\t${type}`);
    for (const [key, values] of Object.entries(entry.meta)) if (key !== "file") for (const value of values) slices.add(`${key}\t${value}`);
  }
  option(at("f-slice"), "", say("any"));
  for (const slice of [...slices].sort()) option(at("f-slice"), slice, slice.replace("\t", " = "));
}

const inSlice = (entry, slice) => {
  const [key, value] = slice.split("\t");
  return key === "type" && entry.types.includes(value) || (entry.meta[key] || []).includes(value);
};

function filter() {
  const [kind, slice] = [at("f-kind").value, at("f-slice").value];
  const [speaker, wanted] = [at("f-speaker").value.trim(), at("f-words").value.trim()];
  chosen = [];
  INDEX.forEach((entry, number) => {
    if (kind && !entry.kinds.includes(kind)) return;
    if (slice && !inSlice(entry, slice)) return;
    if (speaker && !entry.speakers.some((name) => name.includes(speaker))) return;
    if (wanted && !JSON.parse(SOURCES[number].textContent).text.includes(wanted)) return;
    chosen.push(number);
  });
  first = 0;
  list();
}

function list() {
  const titles = at("titles");
  titles.replaceChildren();
  for (const number of chosen.slice(first, first + PAGE)) {
    const entry = INDEX[number];
    const button = make("button");
    button.type = "button";
    button.dataset.number = number;
    button.setAttribute("aria-current", String(number === current));
    const title = visible(entry.title || entry.id);
    title.dir = "auto";
    const small = make("small");
    small.append(visible(entry.id), ` · ${entry.errors}`);
    button.append(title, small);
    button.addEventListener("click", () => go(number));
    const item = make("li");
    item.append(button);
    titles.append(item);
  }
  at("count").textContent = `${chosen.length} / ${INDEX.length}`;
  const pages = Math.max(1, Math.ceil(chosen.length / PAGE));
  at("page").textContent = `${first / PAGE + 1} / ${pages}`;
  at("back").disabled = first === 0;
  at("on").disabled = first + PAGE >= chosen.length;
}

// The two ends of an error, each in its own layer: gold is layer 0, system n is layer n + 1.
function errorsOf(data, layer, number) {
  return data.errors.filter((error) => layer === 0 ? error.gold === number : error.system === layer - 1 && error.predicted === number);
}

function show(number) {
  current = number;
  const data = JSON.parse(SOURCES[number].textContent);
  const letters = Array.from(data.text);
  const heading = make("h3");
  heading.append(visible(data.id));
  const layers = make("div", "layers");
  data.layers.forEach((layer, place) => {
    const box = make("div", "layer");
    const name = make("h4");
    name.append(place ? visible(layer.name) : told("span", "", "gold"));
    const cards = make("ol", "cards");
    const order = layer.items.map((_, i) => i).sort((a, b) => layer.items[a].q[0][0] - layer.items[b].q[0][0]);
    for (const i of order) cards.append(card(letters, layer.items[i], i, errorsOf(data, place, i)));
    box.append(name, textOf(letters, layer), cards);
    layers.append(box);
    wire(box);
  });
  at("reading").replaceChildren(heading, layers);
  for (const button of at("titles").querySelectorAll("button")) button.setAttribute("aria-current", String(Number(button.dataset.number) === number));
  const errors = [...at("reading").querySelectorAll(".cards button.wrong")];
  errors.forEach((button, i) => {
    button.addEventListener("focus", () => history.replaceState(null, "", `${address(number)}&error=${i + 1}`));
  });
  return errors;
}

const address = (number) => `#doc=${encodeURIComponent(INDEX[number].id)}`;
const go = (number) => { location.hash = address(number); };

function follow() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const number = INDEX.findIndex((entry) => entry.id === wanted.get("doc"));
  if (number < 0) return;
  const errors = show(number);
  const error = errors[Number(wanted.get("error")) - 1];
  if (error) { error.focus(); error.scrollIntoView({ block: "center" }); }
  else { at("reading").focus({ preventScroll: true }); at("reading").scrollIntoView(); }
}

function step(by) {
  const place = chosen.indexOf(current) + by;
  if (place < 0 || place >= chosen.length) return;
  first = Math.floor(place / PAGE) * PAGE;
  list();
  go(chosen[place]);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName)) return;
  if (event.key === "n") step(1);
  if (event.key === "p") step(-1);
});
for (const button of document.querySelectorAll("[data-filter]")) {
  button.addEventListener("click", () => { at("f-kind").value = button.dataset.filter; filter(); at("documents").scrollIntoView(); });
}
at("filters").addEventListener("submit", (event) => event.preventDefault());
for (const id of ["f-kind", "f-slice"]) at(id).addEventListener("change", filter);
for (const id of ["f-speaker", "f-words"]) at(id).addEventListener("input", filter);
at("back").addEventListener("click", () => { first -= PAGE; list(); });
at("on").addEventListener("click", () => { first += PAGE; list(); });
window.addEventListener("hashchange", follow);
fillFilters();
list();
follow();

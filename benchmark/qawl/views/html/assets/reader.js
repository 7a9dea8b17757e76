"use strict";
// Every string of a document reaches the page through textContent; nothing is parsed as markup.
const WORDS = JSON.parse(document.getElementById("words").textContent);
let language = document.documentElement.lang;
const say = (key) => (WORDS[key] ? WORDS[key][language === "ar" ? 1 : 0] : key);

function make(tag, classes = "", text = "") {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text) element.textContent = text;
  return element;
}

function told(tag, classes, key) {
  const element = make(tag, classes, say(key));
  if (WORDS[key]) element.dataset.t = key;
  return element;
}

function speak(next) {
  language = next;
  document.documentElement.lang = next;
  document.documentElement.dir = next === "ar" ? "rtl" : "ltr";
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t);
  document.getElementById("language").lang = next === "ar" ? "en" : "ar";
}

// Controls and direction marks are shown, not obeyed: they would move what stands beside them.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb]/u;
const named = (letter) => "U+" + letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");

const shown = (text) => Array.from(text, (letter) => HIDDEN.test(letter) ? named(letter) : letter).join("");

function write(element, letters) {
  let plain = "";
  for (const letter of letters) {
    if (!HIDDEN.test(letter)) { plain += letter; continue; }
    if (plain) element.append(plain);
    plain = "";
    element.append(make("span", "hidden", named(letter)));
  }
  if (plain) element.append(plain);
}

const visible = (text) => { const span = document.createElement("bdi"); write(span, Array.from(text)); return span; };

// A text is cut wherever a span of any attribution begins or ends; a piece knows what it is part of.
function pieces(layer, from, to) {
  const cuts = new Set([from, to]);
  const spans = [];
  const add = (part, number, [start, end], kind) => {
    if (end <= from || start >= to) return;
    spans.push({ part, number, start, end, kind });
    cuts.add(Math.max(start, from));
    cuts.add(Math.min(end, to));
  };
  layer.items.forEach((item, number) => {
    for (const part of ["q", "c", "s"]) for (const span of item[part]) add(part, number, span, item.t);
  });
  for (const [start, end] of layer.distractors) add("d", -1, [start, end], "");
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(1).map((end, i) => {
    const start = places[i];
    return { start, end, spans: spans.filter((span) => span.start <= start && span.end >= end) };
  });
}

function piece(letters, { start, end, spans }) {
  if (!spans.length) { const plain = make("span"); write(plain, letters.slice(start, end)); return plain; }
  const element = make("span", "seg");
  const quotes = spans.filter((span) => span.part === "q").sort((a, b) => b.end - b.start - (a.end - a.start));
  for (const part of new Set(spans.map((span) => span.part))) {
    element.classList.add(part);
    element.dataset[part] = spans.filter((span) => span.part === part).map((span) => span.number).join(" ");
  }
  if (quotes.length) { const kind = quotes[quotes.length - 1].kind; if (kind) element.classList.add(kind); }
  if (quotes.length > 1) element.classList.add("deep");
  element.dataset.of = [...new Set(spans.map((span) => span.number))].filter((n) => n >= 0).join(" ");
  write(element, letters.slice(start, end));
  return element;
}

function textOf(letters, layer) {
  const box = make("div", "text");
  box.lang = "ar";
  box.dir = "rtl";
  let start = 0;
  for (let at = 0; at <= letters.length; at++) {
    if (at < letters.length && letters[at] !== "\n") continue;
    if (at > start) {
      const paragraph = make("p");
      paragraph.dir = "auto";
      for (const found of pieces(layer, start, at)) paragraph.append(piece(letters, found));
      box.append(paragraph);
    }
    start = at + 1;
  }
  return box;
}

const words = (letters, spans) => spans.map(([start, end]) => letters.slice(start, end).join("")).join(" … ").replaceAll("\n", " ");

function card(letters, item, number, errors) {
  const entry = make("li");
  entry.lang = "ar";
  entry.dir = "rtl";
  const button = make("button");
  button.type = "button";
  button.dataset.item = number;
  const said = words(letters, item.s);
  const who = make("span", "who");
  if (said || item.e) who.append(visible(said || item.e));
  if (!said) who.append(" ", told("span", "tag", "implicit"));
  else if (item.e && !said.includes(item.e)) who.append(" = ", visible(item.e));
  button.append(who, " ");
  const by = make("span", "by");
  by.append(visible(words(letters, item.c) || "—"));
  button.append(by, " ", visible(words(letters, item.q)), " ");
  if (item.t) button.append(told("span", "tag", item.t), " ");
  for (const error of errors) {
    button.classList.add("wrong");
    button.append(told("span", "tag bad", error.kind));
    for (const fault of error.faults) if (fault !== error.kind) button.append(" ", told("span", "tag bad", fault));
  }
  entry.append(button);
  return entry;
}

function light(box, number) {
  box.classList.toggle("busy", number !== null);
  for (const seg of box.querySelectorAll(".seg")) {
    seg.classList.toggle("active", number !== null && seg.dataset.of.split(" ").includes(String(number)));
  }
}

function wire(box) {
  for (const button of box.querySelectorAll(".cards button")) {
    const show = () => light(box, button.dataset.item);
    button.addEventListener("mouseenter", show);
    button.addEventListener("focus", show);
    button.addEventListener("mouseleave", () => light(box, null));
    button.addEventListener("blur", () => light(box, null));
    button.addEventListener("click", () => {
      const seg = box.querySelector(`.seg[data-q~="${button.dataset.item}"]`);
      if (seg) seg.scrollIntoView({ block: "center" });
    });
  }
  for (const seg of box.querySelectorAll(".seg")) {
    const last = seg.dataset.of.split(" ").pop();
    if (!last) continue;
    seg.addEventListener("mouseenter", () => light(box, last));
    seg.addEventListener("mouseleave", () => light(box, null));
    seg.addEventListener("click", () => {
      const button = box.querySelector(`.cards button[data-item="${last}"]`);
      if (button) button.focus();
    });
  }
}

document.getElementById("language").addEventListener("click", () => speak(language === "ar" ? "en" : "ar"));

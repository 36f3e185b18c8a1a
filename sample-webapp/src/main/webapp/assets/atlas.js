// Everything here is an addition: each page is complete without it.
"use strict";

const root = document.body.dataset.root;

/** A short element: tag, class, text. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Seconds as a reader says them. */
function span(seconds) {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}

/** Milliseconds as a reader says them. */
function millis(duration) {
  return duration < 1 ? "under 1 ms" : `${Math.round(duration)} ms`;
}

/** One member of a Cache-Status field (RFC 9211): its parameters by name. */
function statusOf(text) {
  const found = {};
  for (const part of text.split(";").slice(1)) {
    const at = part.indexOf("=");
    const name = (at < 0 ? part : part.slice(0, at)).trim();
    found[name] = at < 0 ? true : part.slice(at + 1).trim().replaceAll('"', "");
  }
  return found;
}

/** What the badge says: kind, headline, rest. */
function verdict(navigation, age) {
  const timing = Object.fromEntries(navigation.serverTiming.map((entry) => [entry.name, entry]));
  const render = timing.render ? `rendered in ${millis(timing.render.duration)}` : "";
  // deliveryType and transferSize: 0 bytes came over the network.
  if (navigation.transferSize === 0) return ["local", "Your browser’s own cache", `${span(age)} old`];
  if (!timing.cache) return ["bypass", "No cache took part", render];
  const status = statusOf(timing.cache.description);
  if (status.hit) return ["hit", "Hit", [`${span(age)} old`, render].filter(Boolean).join(", ")];
  if (status.stored || status.collapsed) return ["miss", "Miss", [render, "now stored"].filter(Boolean).join(", ")];
  const isBypass = status.fwd === "bypass";
  const reason = status.detail || (isBypass ? "not stored" : "");
  return [isBypass ? "bypass" : "miss", isBypass ? "Bypass" : "Miss", [reason, render].filter(Boolean).join(", ")];
}

function showHowServed() {
  const rendered = document.getElementById("rendered");
  const badge = document.getElementById("served");
  const [navigation] = performance.getEntriesByType("navigation");
  if (!rendered || !navigation || !navigation.serverTiming) return;
  const age = Math.max(0, Math.round((Date.now() - Date.parse(rendered.dateTime)) / 1000));
  const [kind, headline, rest] = verdict(navigation, age);
  badge.classList.add(kind);
  badge.append(element("b", "", headline), rest ? ` · ${rest}` : "");
  badge.hidden = false;
  document.getElementById("age").textContent = age > 0 ? `, ${span(age)} ago` : "";
}

function filterBlocks() {
  const box = document.getElementById("filter-box");
  if (!box) return;
  const input = document.getElementById("filter");
  const count = document.getElementById("filter-count");
  const blocks = [...document.querySelectorAll(".blocks li")].map((item) => [item, item.textContent.toLowerCase()]);
  const chapters = [...document.querySelectorAll(".chapter")];
  const apply = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [item, text] of blocks) {
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) shown += 1;
    }
    for (const chapter of chapters) chapter.hidden = !chapter.querySelector("li:not([hidden])");
    count.textContent = words.length ? `${shown} of ${blocks.length} blocks` : "";
  };
  input.addEventListener("input", apply);
  box.hidden = false;
  apply();
}

async function showDay() {
  const panel = document.getElementById("day");
  if (!panel) return;
  const answer = await fetch(`${root}/feed`);
  if (!answer.ok) return;
  const today = (await answer.json()).days[0];
  const link = element("a", "", today.name);
  link.href = `${root}/char/${today.codePoint}`;
  const text = element("p", "", "Character of the day: ");
  text.append(link);
  const glyph = element("span", "glyph", today.glyph);
  glyph.setAttribute("aria-hidden", "true");
  panel.append(glyph, text);
  panel.hidden = false;
}

/** The characters seen last, newest first; empty if the browser keeps nothing. */
function seen() {
  try {
    const list = JSON.parse(localStorage.getItem("seen") || "[]");
    return Array.isArray(list) ? list.filter((each) => /^[0-9A-F]{4,6}$/.test(each.hex)) : [];
  } catch {
    return [];
  }
}

function rememberSeen() {
  const page = document.getElementById("character");
  if (!page) return;
  const self = { hex: page.dataset.hex, name: page.dataset.name };
  const list = [self, ...seen().filter((each) => each.hex !== self.hex)].slice(0, 12);
  try {
    localStorage.setItem("seen", JSON.stringify(list));
  } catch {
    // A browser that keeps nothing shows no list.
  }
}

function showSeen() {
  const list = document.getElementById("seen");
  if (!list) return;
  for (const each of seen()) {
    const link = element("a");
    link.href = `${root}/char/${each.hex}`;
    const glyph = element("span", "glyph", String.fromCodePoint(parseInt(each.hex, 16)));
    glyph.setAttribute("aria-hidden", "true");
    link.append(glyph, element("span", "name", String(each.name)), element("span", "hex", each.hex));
    const item = element("li");
    item.append(link);
    list.append(item);
  }
}

showHowServed();
filterBlocks();
rememberSeen();
showSeen();
showDay().catch(() => {});

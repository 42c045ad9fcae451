// What the pages do beyond HTML: filters of the gallery, "open all", and folds that open for a link and for paper.
"use strict";

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.append(label);
  made.addEventListener("click", () => act(made));
  return made;
}

const SIGNS = { consistent: "✓", refuted: "✗", underpowered: "?", gap: "✗" };

// A chip for each value that some card has, with its count. Chips of one kind widen the choice, two kinds narrow it.
function filters(gallery) {
  const cards = [...gallery.children];
  const bar = Object.assign(document.createElement("div"), { className: "filters" });
  const said = Object.assign(document.createElement("p"), { className: "unseen" });
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Show only");
  said.setAttribute("aria-live", "polite");
  const chosen = { outcome: new Set(), area: new Set(), held: new Set() };

  const show = () => {
    for (const card of cards) {
      card.hidden = Object.entries(chosen).some(([kind, values]) => values.size && !values.has(card.dataset[kind]));
    }
    said.textContent = `${cards.filter((card) => !card.hidden).length} of ${cards.length} theorems shown`;
  };
  const chip = (kind, value) => {
    const made = button(`${kind === "outcome" ? SIGNS[value] + " " : ""}${value}`, (pressed) => {
      if (!chosen[kind].delete(value)) chosen[kind].add(value);
      pressed.setAttribute("aria-pressed", chosen[kind].has(value));
      show();
    });
    const count = Object.assign(document.createElement("span"), { className: "count" });
    count.textContent = cards.filter((card) => card.dataset[kind] === value).length;
    made.append(count);
    made.setAttribute("aria-pressed", "false");
    if (kind === "outcome") made.classList.add(`is-${value}`);
    return made;
  };
  for (const kind of Object.keys(chosen)) {
    const values = [...new Set(cards.map((card) => card.dataset[kind]))];
    if (values.length < 2 && kind !== "outcome") continue;
    const kinds = document.createElement("div");
    kinds.append(...values.map((value) => chip(kind, value)));
    bar.append(kinds);
  }
  gallery.before(bar, said);
}

function openAll(derivation) {
  const steps = [...derivation.querySelectorAll("details")];
  if (steps.length < 2) return;
  const label = () => (steps.every((step) => step.open) ? "close all" : "open all");
  const made = button(label(), () => {
    const open = !steps.every((step) => step.open);
    for (const step of steps) step.open = open;
  });
  made.className = "open-all";
  for (const step of steps) step.addEventListener("toggle", () => (made.textContent = label()));
  const before = derivation.previousElementSibling;
  (before?.matches("p") ? before : derivation).before(made);  // the line above flows around it
}

function openAround(target) {
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function openLinked() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  openAround(target);
  target.scrollIntoView();
}

// What scrolls sideways can be reached and scrolled by the keyboard; what does not is no stop on the way.
const reach = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".table-wrapper, .only-wide, .only-narrow, div.math, .highlight pre").forEach((box) => reach.observe(box));
  document.querySelectorAll("ul.gallery").forEach(filters);
  document.querySelectorAll(".derivation").forEach(openAll);
  openLinked();
});
window.addEventListener("hashchange", openLinked);

let closed = [];
window.addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const fold of closed) fold.open = true;
});
window.addEventListener("afterprint", () => closed.forEach((fold) => (fold.open = false)));

// A file has no server to fetch the summaries of search results from.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

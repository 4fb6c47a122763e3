// What fits my GPUs: the form, its answer, and both in the address.
// @ts-check
import { answer } from "./fitting.js";

/** @typedef {import("./fitting.js").Needs} Needs */
/** @typedef {import("./fitting.js").Rig} Rig */
/** @typedef {Rig & {card: string}} State */

/** @template {Element} T @param {string} id @param {new () => T} kind @returns {T} */
function element(id, kind) {
  const found = document.getElementById(`finder${id && `-${id}`}`);
  if (!(found instanceof kind)) throw new Error(`no ${id}`);
  return found;
}

const form = element("", HTMLFormElement);
const card = element("card", HTMLSelectElement);
const memory = element("memory", HTMLInputElement);
const count = element("count", HTMLInputElement);
const said = element("said", HTMLParagraphElement);
const data = JSON.parse(element("data", HTMLScriptElement).textContent ?? "");
/** @type {Needs[]} */
const models = data.models;
const path = form.dataset.model ?? "";
const blank = document.getElementById("finder-blank");
const blanks = blank?.querySelectorAll("li").length ?? 0;
/** @type {State} */
const FIRST = { card: "", memory: 24, count: 1 };

/** An option's card, and its memory: the value is `id=24`, or `id:80=80` where there are several. @param {string} value */
function parts(value) {
  const [name, size] = value.split("=");
  const [id, chosen] = name.split(":");
  return { id, chosen: chosen ?? "", size: Number(size) };
}

/** Read the address; what makes no sense is named, and the first rig stands in. @returns {{state: State, wrong: string[]}} */
function read() {
  const asked = new URLSearchParams(location.search);
  const state = { ...FIRST };
  const wrong = [];
  for (const [key, value] of asked) {
    const number = Number(value);
    let fine = true;
    if (key === "card") {
      const size = asked.get("memory");
      const offered = [...card.options].filter((one) => one.value && parts(one.value).id === value);
      const found = offered.find((one) => parts(one.value).chosen === size) ?? offered[0];
      fine = Boolean(found);
      if (found) [state.card, state.memory] = [found.value, parts(found.value).size];
    } else if (key === "memory") {
      fine = /^\d{1,4}(\.\d{1,2})?$/.test(value) && number >= 1;
      if (fine && !state.card) state.memory = number;
    } else if (key === "count") {
      fine = /^\d{1,4}$/.test(value) && number >= 1;
      if (fine) state.count = number;
    } else fine = false;
    if (!fine) wrong.push(`${key}=${value}`);
  }
  return { state, wrong };
}

/** @param {State} state */
function written(state) {
  const { id, chosen } = parts(state.card);
  const query = new URLSearchParams();
  if (state.card) query.set("card", id);
  if (!state.card || chosen) query.set("memory", String(state.memory));
  query.set("count", String(state.count));
  return `?${query}`;
}

/** Show the answer. @param {State} state @param {string[]} [wrong] */
function show(state, wrong = []) {
  /** @type {Record<string, [Needs, string][]>} */
  const groups = { fits: [], "more-cards": [], "does-not-fit": [], unknown: [] };
  for (const model of models) {
    const { group, reason } = answer(model, state, data.words);
    groups[group].push([model, reason]);
  }
  const counts = [];
  for (const [group, found] of Object.entries(groups)) {
    const section = element(group, HTMLElement);
    const number = found.length + (group === "unknown" ? blanks : 0);
    const mark = section.querySelector(".fm-count");
    if (mark) mark.textContent = String(number);
    counts.push(`${number} ${section.dataset.said}`);
    section.querySelector("ul")?.replaceChildren(
      ...found.map(([model, reason]) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = path.replace("*", model.id);
        link.textContent = model.name;
        const why = document.createElement("span");
        why.textContent = reason;
        item.append(link, " ", why);
        return item;
      }),
    );
  }
  const rig =
    state.count === 1
      ? `1 card of ${state.memory} GB`
      : `${state.count} cards of ${state.memory} GB each`;
  const left = wrong.length ? ` Left out of the address: ${wrong.join(", ")}.` : "";
  said.textContent = `${rig}: ${counts.join(", ")}.${left}`;
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (form.querySelectorAll("li a"))) {
    if (link.search === written({ ...state, card: "" })) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** @param {State} state */
function fill(state) {
  card.value = state.card;
  memory.value = String(state.memory);
  count.value = String(state.count);
}

function fromAddress() {
  const { state, wrong } = read();
  fill(state);
  show(state, wrong);
}

/** What the form holds; null while a number is not one. @returns {State | null} */
function held() {
  const state = { card: card.value, memory: Number(memory.value), count: Number(count.value) };
  return memory.validity.valid && count.validity.valid ? state : null;
}

/** @param {State} state */
function keep(state) {
  const query = written(state);
  if (query !== location.search) history.pushState(null, "", query);
}

form.addEventListener("input", ({ target }) => {
  if (target === card && card.value) memory.value = String(parts(card.value).size);
  if (target === memory) card.value = "";
  const state = held();
  if (state) show(state);
  else said.textContent = "Give the memory of one card in GB and a whole number of cards.";
});
form.addEventListener("change", () => {
  const state = held();
  if (state) keep(state);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("click", (event) => {
  const link = event.target;
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.search !== location.search) history.pushState(null, "", link.search);
  fromAddress();
});
addEventListener("popstate", fromAddress);

if (blank) element("unknown", HTMLElement).append(blank);
element("static", HTMLElement).hidden = true;
form.hidden = false;
element("answer", HTMLElement).hidden = false;
fromAddress();

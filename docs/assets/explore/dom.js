// Making elements, buttons, and folds that lie over the page; text is always text, never markup.
// @ts-check

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, string | boolean | EventListener>} [about]
 * @param {...(Node | string | null)} inside @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, about = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...inside.filter((part) => part !== null));
  return made;
}

/** Write a text only where it is another one: what stays is not painted anew. @param {Node} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Only for the eyes of a screen reader. @param {string} text */
export const unseen = (text) => make("span", { class: "fm-hidden" }, text);

/** @param {string} label @param {EventListener} click @param {Record<string, string>} [about] */
export const button = (label, click, about = {}) =>
  make("button", { type: "button", class: "fm-button", click, ...about }, label);

/**
 * A small button that takes something away; its cross is for the eyes.
 * @param {string} says @param {EventListener} click @param {...(Node | string)} inside
 */
export const remover = (says, click, ...inside) =>
  make(
    "button",
    { type: "button", class: "fm-filter", "aria-label": says, click },
    ...inside,
    make("span", { "aria-hidden": "true" }, " ×"),
  );

/** Say on a button what came of it, for a moment. @param {HTMLElement} at @param {Promise<string>} done */
export async function tell(at, done) {
  const label = at.dataset.label ?? at.textContent ?? "";
  at.dataset.label = label;
  try {
    at.textContent = await done;
  } catch {
    at.textContent = "Did not work";
  }
  setTimeout(() => (at.textContent = label), 2000);
}

/** @param {string} label @param {...Node} inside */
export function menu(label, ...inside) {
  const fold = make(
    "details",
    { class: "fm-menu" },
    make("summary", { class: "fm-button" }, label),
    make("div", { class: "fm-menu__box" }, ...inside),
  );
  fold.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !fold.open) return;
    fold.open = false;
    fold.querySelector("summary")?.focus();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !fold.contains(event.target)) fold.open = false;
  });
  return fold;
}

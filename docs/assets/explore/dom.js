// Making elements; text is always text, never markup.
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

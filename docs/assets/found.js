// What is done to the questions and the answers of the theme's search.
// @ts-check

/** @typedef {{title: string, location: string, text?: string, score: number, tags?: string[], terms: Record<string, boolean>}} Found */

/** @param {string} text */
const plain = (text) => text.replace(/<[^>]*>/g, "");

/**
 * What is typed, in the words of the catalog: "24GB" is "24 GB", a license is a licence.
 * @param {string} typed
 */
export const worded = (typed) =>
  typed
    .replace(/--+|[-+~^:*]+(?=\s|$)/g, " ")
    .replace(/(\d)(gb)\b/gi, "$1 $2")
    .replace(/\blicens/gi, (word) => `${word.slice(0, -1)}${word.endsWith("S") ? "C" : "c"}`);

/**
 * Pages that have every word go before the others are shown at all; what is called as was typed
 * comes first, and opens by Enter, for which the theme takes the page of the highest score.
 * @param {Found[][]} items @param {string} typed
 */
export function first(items, typed) {
  const name = worded(typed).trim().toLowerCase();
  /** @param {Found[]} found */
  const exact = ([{ title, tags = [] }]) => [title, ...tags].some((one) => plain(one).toLowerCase() === name);
  const whole = items.filter((found) =>
    Object.keys(found[0].terms).every((term) => found.some(({ terms }) => terms[term])),
  );
  if (whole.length) items.splice(0, items.length, ...whole);
  items.sort((a, b) => +exact(b) - +exact(a));
  const page = items[0]?.find(({ location }) => !location.includes("#"));
  if (page) page.score = 1 + Math.max(...items.flat().map(({ score }) => score));
  for (const found of items.flat()) {
    const said = [plain(found.title), plain(found.text ?? "")];
    const more = /^models\/[^#]+$/.test(found.location) ? (found.tags ?? []) : [];
    found.tags = more.map(plain).filter((tag) => !said.some((text) => text.includes(tag)));
    if (!found.tags.length) delete found.tags;
  }
}

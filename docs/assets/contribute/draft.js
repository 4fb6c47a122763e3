// What was typed stays in this tab until it is thrown away: a reload takes nothing.
// @ts-check

/**
 * What was typed at a question.
 * @typedef {object} Kept
 * @property {string} [text]
 * @property {string[]} [chosen]
 * @property {string} [missing]
 * @property {Record<string, Kept>} [parts]
 * @property {Record<string, Kept>[]} [items]
 */
/** @typedef {import("./fields.js").Part} Part */
/** @typedef {{id: string, parts: Record<string, Kept>}} Draft */

const PLACE = "fm-new-record";

/** @returns {Draft | null} */
export function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Draft | null} draft */
export function keep(draft) {
  try {
    if (draft) sessionStorage.setItem(PLACE, JSON.stringify(draft));
    else sessionStorage.removeItem(PLACE);
  } catch {
    // A browser that keeps nothing still fills in a record.
  }
}

/** @param {Iterable<[string, Part]>} parts @returns {Record<string, Kept>} */
export function keepAll(parts) {
  /** @type {Record<string, Kept>} */
  const found = {};
  for (const [key, part] of parts) {
    const kept = part.keep();
    if (kept) found[key] = kept;
  }
  return found;
}

/** @param {Iterable<[string, Part]>} parts @param {Record<string, Kept>} kept */
export function bringAll(parts, kept) {
  for (const [key, part] of parts) if (kept[key]) part.bring(kept[key]);
}

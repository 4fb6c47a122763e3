// Columns as they come from the build, put beside each other, and one cell as elements.
// @ts-check
import { make } from "../explore/dom.js";

/** @typedef {[label: string, path: string, shape: string]} Badge */
/** @typedef {[label: string, address: string, note: string]} Ref */
/**
 * @typedef {{words: string, same?: string, text?: string, missing?: string, group?: Badge,
 *   tier?: string, links?: Ref[], outlinks?: Ref[], items?: string[], note?: string, printed?: string,
 *   erratum?: string, sources?: [number: string, path: string][]}} Cell
 */
/** @typedef {{key: string, label: string, rows: {key: string, label: string, cell: Cell}[]}} Section */
/**
 * @typedef {{id: string, name: string, path: string, group: Badge, sections: Section[],
 *   empty: Cell, no_stage: Cell, near: [id: string, name: string, why: string][],
 *   bibtex: string}} Column
 */
/** @typedef {{key: string, label: string, differs: boolean, cells: Cell[]}} Row */
/** @typedef {{key: string, label: string, rows: Row[]}} Rows */

/** Join lists of keys: a new one stands behind the one it follows in its list. @param {string[][]} lists */
function merged(lists) {
  /** @type {string[]} */
  const whole = [];
  for (const keys of lists) {
    let place = 0;
    for (const key of keys) {
      const found = whole.indexOf(key);
      if (found < 0) whole.splice(place, 0, key);
      place = found < 0 ? place + 1 : found + 1;
    }
  }
  return whole;
}

/** The rows of some models beside each other. @param {Column[]} columns @returns {Rows[]} */
export function sideBySide(columns) {
  const sections = columns.map((one) => new Map(one.sections.map((part) => [part.key, part])));
  return merged(sections.map((one) => [...one.keys()])).map((key) => {
    const parts = sections.map((one) => one.get(key));
    const rows = parts.map((part) => new Map(part?.rows.map((row) => [row.key, row])));
    const stage = key.startsWith("training:");
    return {
      key,
      label: parts.find((part) => part)?.label ?? key,
      rows: merged(rows.map((one) => [...one.keys()])).map((name) => {
        const cells = columns.map(
          (column, place) =>
            rows[place].get(name)?.cell ??
            (stage && !parts[place] ? column.no_stage : column.empty),
        );
        return {
          key: name,
          label: rows.find((one) => one.has(name))?.get(name)?.label ?? name,
          differs: new Set(cells.map((cell) => cell.same ?? cell.words)).size > 1,
          cells,
        };
      }),
    };
  });
}

/** @param {string} top Way to the top of the site. @param {Badge} group */
export const badge = (top, [label, path, shape]) =>
  make("a", { class: `fm-badge fm-badge--${shape}`, href: top + path }, label);

/** @param {string} text */
const quiet = (text) => make("span", { class: "fm-count" }, text);

/** @param {HTMLElement[][]} parts */
const listed = (parts) => parts.flatMap((part, place) => (place ? [", ", ...part] : part));

/**
 * What stands in a cell, as on the model's page.
 * @param {Cell} cell @param {string} name Of the model. @param {string} top
 */
export function inside(cell, name, top) {
  /** @type {(Node | string)[]} */
  const made = [];
  if (cell.items) made.push(make("ul", {}, ...cell.items.map((item) => make("li", {}, item))));
  if (cell.group) made.push(badge(top, cell.group));
  if (cell.tier)
    made.push(
      make("a", { class: `fm-tier fm-tier--${cell.tier}`, href: `${top}about/#tiers` }, cell.tier),
    );
  made.push(
    ...listed(
      (cell.links ?? []).map(([label, path, note]) => [
        path ? make("a", { href: top + path }, label) : make("span", {}, label),
        ...(note ? [quiet(` ${note}`)] : []),
      ]),
    ),
    ...listed(
      (cell.outlinks ?? []).map(([label, href]) => [
        make("a", { href, rel: "external noopener" }, label),
      ]),
    ),
  );
  if (cell.text) made.push(made.length ? ` ${cell.text}` : cell.text);
  if (cell.missing)
    made.push(make("span", { class: `fm-missing fm-missing--${cell.missing}` }, missing[cell.missing]));
  for (const [number, path] of cell.sources ?? [])
    made.push(
      make(
        "sup",
        { class: "fm-source" },
        make("a", { href: top + path, "aria-label": `Source ${number} of ${name}` }, number),
      ),
    );
  if (cell.note) made.push(quiet(` (${cell.note})`));
  if (cell.printed || cell.erratum) {
    const why = make("a", { href: top + (cell.erratum ?? "") }, "why it differs");
    const quote = make("q", { class: "fm-quote" }, cell.printed ?? "");
    made.push(make("span", { class: "fm-printed" }, "printed: ", quote, " ", why));
  }
  return made;
}

/** @type {Record<string, string>} */
const missing = {
  "not-reported": "not reported",
  "not-applicable": "not applicable",
  absent: "not looked up",
};

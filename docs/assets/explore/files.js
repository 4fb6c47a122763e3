// What is shown, as files: cut from those that the build wrote, so that both say the same.
// @ts-check

/** @typedef {"csv" | "json" | "bib"} Format */
/**
 * Where the files are; `*` stands for the id of a model.
 * @typedef {{csv: string, json: string, bib: string, record: string, entry: string,
 *   version: string}} Places
 */

const TYPES = { csv: "text/csv", json: "application/json", bib: "application/x-bibtex" };

/** Up to so many models their own files are fetched, beyond that the one with all. */
const FEW = 12;

/** @param {string} address */
async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  return response.text();
}

/** @param {string[]} ids @param {string} pattern */
const each = (ids, pattern) =>
  Promise.all(ids.map((id) => fetched(pattern.replaceAll("*", encodeURIComponent(id)))));

/** The lines of a table by the id in their first cell; the heading is called `id`. @param {string} text */
export function rows(text) {
  // A line ends where the quotes before it are even in number.
  const found = text.match(/(?:"(?:[^"]|"")*"|[^"\n])*\n/g) ?? [];
  return new Map(found.map((row) => [row.slice(0, row.search(/[,\n]/)), row]));
}

/**
 * @param {Format} format @param {string[]} ids @param {Places} places
 * @returns {Promise<string>}
 */
export async function content(format, ids, places) {
  if (format === "csv") {
    const all = rows(await fetched(places.csv));
    return ["id", ...ids].map((id) => all.get(id) ?? "").join("");
  }
  if (format === "bib") {
    if (ids.length <= FEW) return (await each(ids, places.entry)).join("\n");
    const entries = (await fetched(places.bib)).split(/\n(?=@)/);
    const all = new Map(entries.map((entry) => [/\{([^,]+),/.exec(entry)?.[1], entry]));
    return ids.map((id) => `${all.get(id)?.replace(/\n+$/, "")}\n`).join("\n");
  }
  /** @type {{id: string}[]} */
  const records =
    ids.length <= FEW
      ? (await each(ids, places.record)).map((text) => JSON.parse(text))
      : JSON.parse(await fetched(places.json)).models;
  const all = new Map(records.map((record) => [record.id, record]));
  const models = ids.map((id) => all.get(id));
  const data = { schema_version: places.version, count: ids.length, models };
  return `${JSON.stringify(data, null, 2)}\n`;
}

/**
 * A file name that says what was asked for.
 * @param {[string, string][]} pairs @param {Format} format
 */
export function named(pairs, format) {
  const words = pairs.map(([key, value], place) =>
    place && pairs[place - 1][0] === key ? value : `${key}-${value}`,
  );
  const slug = ["fmcatalog", ...(words.length ? words : ["all"])]
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${slug.slice(0, 90)}.${format}`;
}

/** @param {string} name @param {string} text @param {Format} format */
export function save(name, text, format) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${TYPES[format]};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

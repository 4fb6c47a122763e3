// What a page shows, as an address: keys and words are those of `fmcatalog list`.
// @ts-check

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Question} Question */
/**
 * @typedef {Question & {sort: string, down: boolean, columns: string[], picks: string[]}} State
 */

/** Most models that can be compared at once. */
export const MOST = 6;

export const DEFAULT_COLUMNS = [
  "category",
  "published",
  "tier",
  "modality",
  "organ",
  "task",
  "code",
  "weights",
  "total-memory",
];

/** Whether a column is of those that come after the others. @param {string} column */
export const late = (column) => column === "title" || column === "authors";

/** Every column that can be shown, the model's own one left out. @param {Engine} engine */
export function columns(engine) {
  const facets = engine.facets.map(({ key, label }) => ({ key, label, numeric: false }));
  const numbers = engine.measures.map(({ key, label, unit }) => ({
    key,
    label: unit === "GB" ? `${label}, GB` : label,
    numeric: true,
  }));
  const [group, ...rest] = facets.filter(({ key }) => key !== "year");
  return [
    { key: "title", label: "Title", numeric: false },
    { key: "authors", label: "Authors", numeric: false },
    group,
    { key: "published", label: "First version", numeric: false },
    ...rest,
    ...numbers,
    { key: "cite", label: "Cite", numeric: false },
  ];
}

/** @returns {State} */
export const everything = () => ({
  text: "",
  facets: new Map(),
  min: new Map(),
  max: new Map(),
  sort: "",
  down: false,
  columns: DEFAULT_COLUMNS,
  picks: [],
});

/**
 * Read an address; what it says that nobody knows is left out and named.
 * @param {string} search @param {Engine} engine @returns {{state: State, ignored: string[]}}
 */
export function read(search, engine) {
  const state = everything();
  /** @type {string[]} */
  const ignored = [];
  const known = new Set(columns(engine).map(({ key }) => key));
  for (const [key, value] of new URLSearchParams(search)) {
    const words = value.split(",").filter(Boolean);
    const facet = engine.facets.find((one) => one.key === key);
    const limit = /^(min|max)-(.+)$/.exec(key);
    const measure = engine.measures.find((one) => one.key === limit?.[2]);
    let fine = true;
    if (facet) {
      const place = facet.find(value);
      fine = place !== undefined;
      if (place !== undefined)
        state.facets.set(key, (state.facets.get(key) ?? new Set()).add(place));
    } else if (limit && measure) {
      fine = /^\d+(\.\d+)?$/.test(value);
      if (fine) state[limit[1] === "min" ? "min" : "max"].set(measure.key, Number(value));
    } else if (key === "text" || key === "q") {
      state.text = value;
    } else if (key === "sort") {
      const column = value.replace(/^-/, "");
      fine = (known.has(column) && column !== "cite") || column === "model";
      if (fine) [state.sort, state.down] = [column, value.startsWith("-")];
    } else if (key === "columns") {
      state.columns = [...known].filter((column) => words.includes(column));
      fine = words.every((word) => known.has(word));
    } else if (key === "pick") {
      state.picks = words.filter((id) => engine.models.id.includes(id)).slice(0, MOST);
      fine = state.picks.length === words.length;
    } else {
      fine = false;
    }
    if (!fine) ignored.push(`${key}=${value}`);
  }
  return { state, ignored };
}

/** The filters of a state as pairs of an address. @param {State} state @param {Engine} engine */
export function filters(state, engine) {
  /** @type {[string, string][]} */
  const pairs = state.text.trim() ? [["text", state.text.trim()]] : [];
  for (const { key, options } of engine.facets)
    for (const place of state.facets.get(key) ?? []) pairs.push([key, options.id[place]]);
  for (const { key } of engine.measures) {
    const least = state.min.get(key);
    const most = state.max.get(key);
    if (least !== undefined) pairs.push([`min-${key}`, String(least)]);
    if (most !== undefined) pairs.push([`max-${key}`, String(most)]);
  }
  return pairs;
}

/** Write a state as the part of an address behind its path. @param {State} state @param {Engine} engine */
export function written(state, engine) {
  const pairs = filters(state, engine);
  if (state.sort) pairs.push(["sort", `${state.down ? "-" : ""}${state.sort}`]);
  if (state.columns.join() !== DEFAULT_COLUMNS.join())
    pairs.push(["columns", state.columns.join()]);
  if (state.picks.length) pairs.push(["pick", state.picks.join()]);
  const query = new URLSearchParams(pairs).toString().replaceAll("%2C", ",");
  return query ? `?${query}` : "";
}

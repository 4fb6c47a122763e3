// Which models a question means: the same definition as in Python, read from the index.
// @ts-check

/**
 * @typedef {{id: string[], label: string[], short: string[], broader: number[], words: string[][],
 *   collective: number[]}} Options
 * @typedef {{key: string, label: string, definition: string, options: Options, values: number[][]}} FacetData
 * @typedef {{key: string, label: string, unit: string, low: (number | null)[],
 *   high: (number | null)[], text: (string | number)[]}} MeasureData
 * @typedef {{id: string[], name: string[], title: string[], authors: string[],
 *   published: string[], text: string[]}} ModelData
 * @typedef {{version: number, schema: string, count: number, missing: string[], models: ModelData,
 *   facets: FacetData[], measures: MeasureData[]}} Index
 * @typedef {{text: string, facets: Map<string, Set<number>>, min: Map<string, number>,
 *   max: Map<string, number>}} Question
 * @typedef {{facet: Facet, place: number, count: number}} Unlisted
 * @typedef {{ids: Uint32Array, without: Map<string, number>, unlisted: Unlisted[]}} Answer
 */

const LOOKALIKE = new Map(
  [..."АВЕЅІЈКМНОРСТХУаеѕіјорсухԁԛԝһӏ"].map((letter, place) => [
    letter,
    "ABESIJKMHOPCTXYaesijopcyxdqwhl"[place],
  ]),
);

/** Letters and digits only, no accents, no case: as the texts of the index. @param {string} text */
export const folded = (text) =>
  [...text]
    .map((letter) => LOOKALIKE.get(letter) ?? letter)
    .join("")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ς", "σ")
    .replace(/[^\p{L}\p{N}]/gu, "");

/** The words of a text search. @param {string} text */
export const parts = (text) => text.split(/\s+/).map(folded).filter(Boolean);

/** One facet: its options with what they include, and the options of each model. */
export class Facet {
  /** @param {FacetData} data */
  constructor(data) {
    this.key = data.key;
    this.label = data.label;
    this.definition = data.definition;
    this.options = data.options;
    this.values = data.values;
    /** Labels for a cell. */
    this.brief = data.options.label.map((label, place) => data.options.short[place] || label);
    const size = data.options.id.length;
    /** @type {number[][]} The options right under each one. */
    this.narrower = Array.from({ length: size }, () => []);
    data.options.broader.forEach((above, place) => above >= 0 && this.narrower[above].push(place));
    /** Where the kinds of missing begin; `size` where there are none. */
    this.unknown = data.options.id.indexOf("unknown");
    if (this.unknown < 0) this.unknown = size;
    /** @type {Map<string, number>} */
    this.words = new Map(data.options.id.map((id, place) => [id, place]));
    data.options.id.forEach((id, place) => {
      for (const word of [id, data.options.label[place], ...data.options.words[place]]) {
        const lower = word.toLowerCase();
        if (!this.words.has(lower)) this.words.set(lower, place);
      }
    });
    // Every model's options and all that include them, in one flat list with offsets.
    this.starts = new Uint32Array(data.values.length + 1);
    /** @type {number[]} */
    const flat = [];
    data.values.forEach((own, model) => {
      const all = new Set(own);
      for (const place of all) {
        const above = data.options.broader[place];
        if (above >= 0) all.add(above);
      }
      flat.push(...all);
      this.starts[model + 1] = flat.length;
    });
    this.flat = Uint16Array.from(flat);
    this.totals = new Uint32Array(size);
    for (const place of flat) this.totals[place] += 1;
  }

  /** The option that a word of an address means. @param {string} word */
  find(word) {
    return this.words.get(word) ?? this.words.get(word.toLowerCase());
  }
}

export class Engine {
  /** @param {Index} index */
  constructor(index) {
    this.count = index.count;
    this.schema = index.schema;
    this.models = index.models;
    this.missing = index.missing;
    this.measures = index.measures;
    this.facets = index.facets.map((data) => new Facet(data));
    /** @type {Map<string, Uint32Array>} */
    this.orders = new Map();
    this.fails = new Uint8Array(this.count);
    this.blame = new Uint8Array(this.count);
    /** @type {string[]} The filters of the last question. */
    this.filters = [];
  }

  /**
   * The models a question means, in an order; for each filter how many models there would be
   * without it; and those that it leaves out because they name no single term.
   * @param {Question} question @param {Uint32Array} order @returns {Answer}
   */
  answer(question, order) {
    const { fails, blame } = this;
    fails.fill(0);
    /** @type {string[]} */
    const filters = [];
    /** @param {string} key @param {(model: number) => boolean} test */
    const filter = (key, test) => {
      filters.push(key);
      for (let model = 0; model < this.count; model += 1) {
        if (!test(model)) {
          fails[model] += 1;
          blame[model] = filters.length - 1;
        }
      }
    };
    for (const { key, options, starts, flat } of this.facets) {
      const chosen = question.facets.get(key);
      if (!chosen?.size) continue;
      const wanted = new Uint8Array(options.id.length);
      for (const place of chosen) wanted[place] = 1;
      filter(key, (model) => {
        for (let at = starts[model]; at < starts[model + 1]; at += 1)
          if (wanted[flat[at]]) return true;
        return false;
      });
    }
    for (const { key, low, high } of this.measures) {
      const least = question.min.get(key);
      const most = question.max.get(key);
      if (least !== undefined)
        filter(`min-${key}`, (model) => (low[model] ?? Number.NEGATIVE_INFINITY) >= least);
      if (most !== undefined)
        filter(`max-${key}`, (model) => (high[model] ?? Number.POSITIVE_INFINITY) <= most);
    }
    const words = parts(question.text);
    if (words.length) {
      const { text } = this.models;
      filter("text", (model) => words.every((word) => text[model].includes(word)));
    }
    this.filters = filters;
    return {
      ids: order.filter((model) => fails[model] === 0),
      without: this.#without(filters),
      unlisted: this.#unlisted(question),
    };
  }

  /**
   * The count of each option of a facet under the other filters of the last question. Only what
   * stands open needs it.
   * @param {Facet} facet @returns {Uint32Array}
   */
  counts({ key, options, starts, flat, totals }) {
    if (!this.filters.length) return totals;
    const { fails, blame } = this;
    const counts = new Uint32Array(options.id.length);
    const own = this.filters.indexOf(key);
    for (let model = 0; model < this.count; model += 1) {
      if (fails[model] > 1 || (fails[model] === 1 && blame[model] !== own)) continue;
      for (let at = starts[model]; at < starts[model + 1]; at += 1) counts[flat[at]] += 1;
    }
    return counts;
  }

  /**
   * Who asks for one organ does not get the models that say only "several organs": the same as
   * `unlisted` in Python.
   * @param {Question} question @returns {Unlisted[]}
   */
  #unlisted(question) {
    const { fails, blame } = this;
    /** @type {Unlisted[]} */
    const found = [];
    for (const facet of this.facets) {
      const asked = [...(question.facets.get(facet.key) ?? [])];
      if (!asked.some((place) => place < facet.unknown)) continue;
      const own = this.filters.indexOf(facet.key);
      for (const place of facet.options.collective) {
        let count = 0;
        for (let model = 0; model < this.count; model += 1)
          if (fails[model] === 1 && blame[model] === own && facet.values[model].includes(place))
            count += 1;
        if (count) found.push({ facet, place, count });
      }
    }
    return found;
  }

  /** @param {string[]} filters @returns {Map<string, number>} */
  #without(filters) {
    const counts = filters.map(() => 0);
    for (let model = 0; model < this.count; model += 1)
      if (this.fails[model] === 1) counts[this.blame[model]] += 1;
    return new Map(filters.map((key, place) => [key, counts[place]]));
  }

  /**
   * All models in the order of a column; what is unknown comes last both ways.
   * @param {string} column @param {boolean} down @returns {Uint32Array}
   */
  order(column, down) {
    const name = `${down ? "-" : ""}${column}`;
    const ready = this.orders.get(name);
    if (ready) return ready;
    const keys = this.#keys(column);
    const order = Uint32Array.from({ length: this.count }, (_, model) => model);
    if (keys)
      order.sort((a, b) => {
        const one = keys[a];
        const two = keys[b];
        if (one === two) return a - b;
        if (one === null) return 1;
        if (two === null) return -1;
        return one < two === down ? 1 : -1;
      });
    this.orders.set(name, order);
    return order;
  }

  /** @param {string} column @returns {(string | number | null)[] | null} */
  #keys(column) {
    const facet = this.facets.find(({ key }) => key === column);
    if (facet) {
      const labels = facet.options.label.map((label) => label.toLowerCase());
      return facet.values.map((own) =>
        own.length && own[0] < facet.unknown ? own.map((place) => labels[place]).join() : null,
      );
    }
    const measure = this.measures.find(({ key }) => key === column);
    if (measure) return measure.low.map((low, model) => low ?? measure.high[model]);
    if (column === "model") return this.models.name.map((name) => name.toLowerCase());
    if (column === "title" || column === "authors" || column === "published")
      return this.models[column].map((text) => text.toLowerCase());
    return null;
  }
}

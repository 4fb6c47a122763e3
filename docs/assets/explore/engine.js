// Which models a question means: the same definition as in Python, read from the index.
// @ts-check
import { add, has, join, leave, meet, nobody, shared, size, those } from "./sets.js";
import { Texts } from "./texts.js";

/**
 * @typedef {{id: string[], label: string[], short: string[], broader: number[], words: string[][],
 *   collective: number[]}} Options
 * @typedef {{key: string, label: string, definition: string, options: Options, many: string,
 *   values: string}} FacetData
 * @typedef {{key: string, label: string, unit: string, low: (number | null)[],
 *   high: (number | null)[], text: (string | number)[], values: string}} MeasureData
 * @typedef {{id: string[], name: string[], published: string[]}} ModelData
 * @typedef {{version: number, schema: string, count: number, missing: string[], models: ModelData,
 *   facets: FacetData[], measures: MeasureData[]}} Index
 * @typedef {{text: string, facets: Map<string, Set<number>>, min: Map<string, number>,
 *   max: Map<string, number>}} Question
 * @typedef {{facet: Facet, place: number, count: number}} Unlisted
 * @typedef {{ids: Uint32Array, without: Map<string, number>, unlisted: Unlisted[]}} Answer
 * @typedef {import("./sets.js").Models} Models
 */

/** The form of the index that is understood here; it is `INDEX_VERSION` in Python. */
const VERSION = 2;

/** Read a row of numbers, a letter each: "0" is 0. @param {string} row */
const numbers = (row) => Uint16Array.from({ length: row.length }, (_, at) => row.charCodeAt(at) - 48);

/** One facet: its options with what they include, and the options of each model. */
export class Facet {
  /** @param {FacetData} data */
  constructor(data) {
    this.key = data.key;
    this.label = data.label;
    this.definition = data.definition;
    this.options = data.options;
    /** Labels for a cell. */
    this.brief = data.options.label.map((label, place) => data.options.short[place] || label);
    const { length } = data.options.id;
    /** @type {number[][]} The options right under each one. */
    this.narrower = Array.from({ length }, () => []);
    data.options.broader.forEach((above, place) => above >= 0 && this.narrower[above].push(place));
    /** Where the kinds of missing begin; the end where there are none. */
    this.unknown = data.options.id.indexOf("unknown");
    if (this.unknown < 0) this.unknown = length;
    /** @type {Map<string, number>} */
    this.words = new Map(data.options.id.map((id, place) => [id, place]));
    data.options.id.forEach((id, place) => {
      for (const word of [id, data.options.label[place], ...data.options.words[place]]) {
        const lower = word.toLowerCase();
        if (!this.words.has(lower)) this.words.set(lower, place);
      }
    });
    this.values = numbers(data.values);
    const many = numbers(data.many);
    /** Where the values of each model begin. */
    this.starts = new Uint32Array(many.length + 1);
    /** The models of each option, and of all that it includes. */
    this.members = data.options.id.map(() => nobody(many.length));
    many.forEach((count, model) => {
      const end = (this.starts[model + 1] = this.starts[model] + count);
      for (let at = this.starts[model]; at < end; at += 1) add(this.members[this.values[at]], model);
    });
    // A broader option stands before its narrower ones.
    for (let place = length - 1; place >= 0; place -= 1) {
      const above = data.options.broader[place];
      if (above >= 0) join(this.members[above], this.members[place]);
    }
    this.totals = Uint32Array.from(this.members, size);
  }

  /** The options that a model has itself. @param {number} model */
  of(model) {
    return [...this.values.subarray(this.starts[model], this.starts[model + 1])];
  }

  /** The option that a word of an address means. @param {string} word */
  find(word) {
    return this.words.get(word) ?? this.words.get(word.toLowerCase());
  }
}

/** One number: what is reported of it, and which of that is a model's. */
class Measure {
  /** @param {MeasureData} data */
  constructor(data) {
    this.key = data.key;
    this.label = data.label;
    this.unit = data.unit;
    this.low = data.low;
    this.high = data.high;
    this.text = data.text;
    this.values = numbers(data.values);
  }
}

export class Engine {
  /** @param {Index} index */
  constructor(index) {
    if (index.version !== VERSION) throw new Error(`an index of form ${index.version}`);
    this.count = index.count;
    this.schema = index.schema;
    this.models = index.models;
    this.missing = index.missing;
    this.measures = index.measures.map((data) => new Measure(data));
    this.facets = index.facets.map((data) => new Facet(data));
    this.texts = new Texts(index.models.id, index.models.name);
    this.everybody = those(this.count, () => true);
    /** @type {Map<string, {rank: Uint32Array, known: number}>} Of each column that was asked for. */
    this.ranks = new Map();
    /** @type {Map<string, Models>} Each filter of the last question: who passes it. */
    this.passed = new Map();
  }

  /**
   * The models a question means, in an order; for each filter how many models there would be
   * without it; and those that it leaves out because they name no single term.
   * @param {Question} question @param {Uint32Array} order @returns {Answer}
   */
  answer(question, order) {
    const { count, passed } = this;
    passed.clear();
    for (const { key, members } of this.facets) {
      const chosen = question.facets.get(key);
      if (!chosen?.size) continue;
      const any = nobody(count);
      for (const place of chosen) join(any, members[place]);
      passed.set(key, any);
    }
    for (const { key, low, high, values } of this.measures) {
      const least = question.min.get(key);
      const most = question.max.get(key);
      if (least !== undefined)
        passed.set(`min-${key}`, those(count, (model) => (low[values[model]] ?? -Infinity) >= least));
      if (most !== undefined)
        passed.set(`max-${key}`, those(count, (model) => (high[values[model]] ?? Infinity) <= most));
    }
    if (question.text.trim()) passed.set("text", those(count, this.texts.having(question.text)));
    const found = this.#passing();
    return {
      ids: order.filter((model) => has(found, model)),
      without: new Map([...passed.keys()].map((key) => [key, size(this.#passing(key))])),
      unlisted: this.#unlisted(question),
    };
  }

  /**
   * The count of each option of a facet under the other filters of the last question. Only what
   * stands open needs it.
   * @param {Facet} facet @returns {Uint32Array}
   */
  counts({ key, members, totals }) {
    if (!this.passed.size) return totals;
    const others = this.#passing(key);
    return Uint32Array.from(members, (set) => shared(set, others));
  }

  /** Who passes all filters of the last question, or all but one. @param {string} [but] */
  #passing(but) {
    const found = this.everybody.slice();
    for (const [key, set] of this.passed) if (key !== but) meet(found, set);
    return found;
  }

  /**
   * Who asks for one organ does not get the models that say only "several organs": the same as
   * `unlisted` in Python.
   * @param {Question} question @returns {Unlisted[]}
   */
  #unlisted(question) {
    /** @type {Unlisted[]} */
    const found = [];
    for (const facet of this.facets) {
      const { key, members, options, unknown } = facet;
      const asked = [...(question.facets.get(key) ?? [])];
      if (!asked.some((place) => place < unknown)) continue;
      const left = this.#passing(key);
      leave(left, this.passed.get(key) ?? left);
      for (const place of options.collective) {
        const count = shared(members[place], left);
        if (count) found.push({ facet, place, count });
      }
    }
    return found;
  }

  /**
   * All models in the order of a column; what is unknown comes last both ways.
   * @param {string} column @param {boolean} down @returns {Uint32Array}
   */
  order(column, down) {
    const { count } = this;
    const ranks = this.#ranked(column);
    if (!ranks) return Uint32Array.from({ length: count }, (_, model) => model);
    const { rank, known } = ranks;
    // Each rank has a shelf: how many come before it is where its first model goes.
    const shelf = Uint32Array.from(rank, (own) => (down && own < known ? known - 1 - own : own));
    const next = new Uint32Array(known + 2);
    for (const own of shelf) next[own + 1] += 1;
    for (let own = 1; own < next.length; own += 1) next[own] += next[own - 1];
    const order = new Uint32Array(count);
    shelf.forEach((own, model) => (order[next[own]++] = model));
    return order;
  }

  /** Which place the value of each model has among all values of a column. @param {string} column */
  #ranked(column) {
    const ready = this.ranks.get(column);
    if (ready) return ready;
    const keys = this.#keys(column);
    if (!keys) return null;
    const values = [...new Set(keys)].filter((key) => key !== null);
    values.sort((a, b) => (a < b ? -1 : 1));
    /** @type {Map<string | number | null, number>} */
    const places = new Map(values.map((value, place) => [value, place]));
    const known = values.length;
    const ranks = { rank: Uint32Array.from(keys, (key) => places.get(key) ?? known), known };
    this.ranks.set(column, ranks);
    return ranks;
  }

  /** What a column is ordered by; null where it is unknown. @param {string} column @returns {(string | number | null)[] | null} */
  #keys(column) {
    const facet = this.facets.find(({ key }) => key === column);
    if (facet) {
      const labels = facet.options.label.map((label) => label.toLowerCase());
      return this.models.id.map((_, model) => {
        const own = facet.of(model);
        return own[0] < facet.unknown ? own.map((place) => labels[place]).join() : null;
      });
    }
    const measure = this.measures.find(({ key }) => key === column);
    if (measure) {
      const { low, high, values } = measure;
      return Array.from(values, (place) => low[place] ?? high[place]);
    }
    if (column === "model") return this.models.name.map((name) => name.toLowerCase());
    if (column === "published") return this.models.published;
    if ((column === "title" || column === "authors") && this.texts.whole)
      return this.texts[column].map((text) => text.toLowerCase());
    return null;
  }
}

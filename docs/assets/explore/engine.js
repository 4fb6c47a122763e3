// Which models a question means: the same definition as in Python, read from the index.
// @ts-check
import { Facet, Measure } from "./facet.js";
import { has, join, leave, meet, nobody, shared, size, those } from "./sets.js";
import { Texts } from "./texts.js";

/**
 * @typedef {{id: string[], name: string[], published: string[]}} ModelData
 * @typedef {{version: number, digest: string, schema: string, count: number, missing: string[],
 *   models: ModelData, facets: import("./facet.js").FacetData[],
 *   measures: import("./facet.js").MeasureData[]}} Index
 * @typedef {{text: string, facets: Map<string, Set<number>>, min: Map<string, number>,
 *   max: Map<string, number>}} Question
 * @typedef {{of: Facet | Measure, place: number, count: number}} Unlisted
 * @typedef {{ids: Uint32Array, without: Map<string, number>, unlisted: Unlisted[]}} Answer
 * @typedef {import("./sets.js").Models} Models
 */

/** The form of the index that is understood here; it is `INDEX_VERSION` in Python. */
const VERSION = 2;

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
    this.texts = new Texts(index);
    this.everybody = those(this.count, () => true);
    /** @type {Map<string, {rank: Uint32Array, known: number}>} Of each column that was asked for. */
    this.ranks = new Map();
    /** @type {Map<string, Models>} Each filter of the last question: who passes it. */
    this.passed = new Map();
  }

  /**
   * The models a question means, in an order; for each filter how many models there would be
   * without it; and those that it leaves out because they name no single term, or nothing is known.
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
      /** @param {string} end @param {boolean[]} fine Which of the reported numbers are within. */
      const limit = (end, fine) =>
        passed.set(`${end}-${key}`, those(count, (model) => fine[values[model]]));
      if (least !== undefined) limit("min", low.map((known) => known !== null && known >= least));
      if (most !== undefined) limit("max", high.map((known) => known !== null && known <= most));
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

  /** Who passes all filters of the last question, or all but some. @param {...string} but */
  #passing(...but) {
    const found = this.everybody.slice();
    for (const [key, set] of this.passed) if (!but.includes(key)) meet(found, set);
    return found;
  }

  /**
   * Who asks for one organ does not get the models that say only "several organs", and who asks
   * for anything not those of which it is unknown: the same as `unlisted` in Python.
   * @param {Question} question @returns {Unlisted[]}
   */
  #unlisted(question) {
    /** @type {Unlisted[]} */
    const found = [];
    for (const of of this.facets) {
      const { key, members, options, unknown } = of;
      const asked = [...(question.facets.get(key) ?? [])];
      if (!asked.some((place) => place < unknown)) continue;
      const left = this.#passing(key);
      leave(left, this.passed.get(key) ?? left);
      for (const place of [...options.collective, unknown]) {
        const count = members[place] ? shared(members[place], left) : 0;
        if (count) found.push({ of, place, count });
      }
    }
    for (const of of this.measures) {
      const { key, low, high, values } = of;
      const ends = [`min-${key}`, `max-${key}`];
      if (!ends.some((end) => this.passed.has(end))) continue;
      const left = this.#passing(...ends);
      const silent = low.map((known, place) => known === null && high[place] === null);
      const count = shared(left, those(this.count, (model) => silent[values[model]]));
      if (count) found.push({ of, place: -1, count });
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
    if (!ranks) return new Uint32Array(count).map((_, model) => model);
    const { rank, known } = ranks;
    // Each rank has a shelf: how many come before it is where its first model goes.
    const shelf = rank.map((own) => (down && own < known ? known - 1 - own : own));
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

  /**
   * What a column is ordered by; null where it is unknown.
   * @param {string} column @returns {(string | number | null)[] | null}
   */
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

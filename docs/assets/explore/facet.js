// What one can choose from: facets with their options, numbers, and what of it each model has.
// @ts-check
import { add, join, nobody, size } from "./sets.js";

/**
 * @typedef {{id: string[], label: string[], short: string[], broader: number[], words: string[][],
 *   collective: number[]}} Options
 * @typedef {{key: string, label: string, options: Options, many: string, values: string}} FacetData
 * @typedef {{key: string, label: string, unit: string, low: (number | null)[],
 *   high: (number | null)[], text: (string | number)[], values: string}} MeasureData
 */

/** Read a row of numbers, a letter each: "0" is 0. @param {string} row */
const numbers = (row) => new Uint16Array(row.length).map((_, at) => row.charCodeAt(at) - 48);

/** One facet: its options with what they include, and the options of each model. */
export class Facet {
  /** @param {FacetData} data */
  constructor(data) {
    this.key = data.key;
    this.label = data.label;
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
export class Measure {
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

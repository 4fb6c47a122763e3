// The search of words: names at once, titles and authors as soon as they have come.
// @ts-check

/** @typedef {{digest: string, title: string[], authors: string[], words: string[]}} TextData */

const LOOKALIKE = new Map(
  [..."АВЕЅІЈКМНОРСТХУаеѕіјорсухԁԛԝһӏ"].map((letter, place) => [
    letter,
    "ABESIJKMHOPCTXYaesijopcyxdqwhl"[place],
  ]),
);

/**
 * Letters and digits only, no accents, no case: as Python folds. Lines stay lines.
 * @param {string} text
 */
export const folded = (text) =>
  /[^\n-~]/.test(text)
    ? [...text]
        .map((letter) => LOOKALIKE.get(letter) ?? letter)
        .join("")
        .normalize("NFKD")
        .toLowerCase()
        .replaceAll("ß", "ss")
        .replaceAll("ς", "σ")
        .replace(/[^\p{L}\p{N}\n]/gu, "")
    : text.toLowerCase().replace(/[^a-z0-9\n]/g, "");

export class Texts {
  /** @param {import("./engine.js").Index} index */
  constructor({ digest, models }) {
    this.digest = digest;
    /** What is looked in, for each model; one text a line. */
    this.lines = models.id.map((id, model) => folded(`${id}\n${models.name[model]}`));
    /** Whether titles and authors are there. */
    this.whole = false;
    /** @type {string[]} */
    this.title = [];
    /** @type {string[]} */
    this.authors = [];
  }

  /** @param {TextData} data */
  take({ digest, title, authors, words }) {
    if (digest !== this.digest) throw new Error("the titles of other models");
    this.title = title;
    this.authors = authors;
    this.lines = this.lines.map((line, model) =>
      [line, folded(title[model]), words[model]].join("\n"),
    );
    this.whole = true;
  }

  /**
   * Whether a model has all words of a text.
   * @param {string} text @returns {(model: number) => boolean}
   */
  having(text) {
    const { lines } = this;
    const words = text.split(/\s+/).map(folded).filter(Boolean);
    return (model) => words.every((word) => lines[model].includes(word));
  }
}

// Words that were meant: terms and their other names, papers that are here already.
// @ts-check
/** @typedef {import("./checks.js").Complaint} Complaint */
/** @typedef {[id: string, label: string, others: string[]]} Term */
/** @typedef {[id: string, names: string[], titles: string[], numbers: string[]]} Paper */

/** How alike two words are, 0 to 1. @param {string} a @param {string} b */
function alike(a, b) {
  /** @param {number} a0 @param {number} a1 @param {number} b0 @param {number} b1 @returns {number} */
  const matching = (a0, a1, b0, b1) => {
    let [at, bt, most] = [a0, b0, 0];
    for (let i = a0; i < a1; i++) {
      for (let j = b0; j < b1; j++) {
        let size = 0;
        while (i + size < a1 && j + size < b1 && a[i + size] === b[j + size]) size++;
        if (size > most) [at, bt, most] = [i, j, size];
      }
    }
    if (!most) return 0;
    return most + matching(a0, at, b0, bt) + matching(at + most, a1, bt + most, b1);
  };
  return (2 * matching(0, a.length, 0, b.length)) / (a.length + b.length || 1);
}

/** The known word nearest to one that is not known. @param {string} word @param {Iterable<string>} known */
export function nearest(word, known) {
  const wanted = word.toLowerCase().slice(0, 80);
  let [best, most] = ["", 0.6];
  for (const other of known) {
    const score = alike(wanted, other.toLowerCase());
    if (score > most || (score === most && !best)) [best, most] = [other, score];
  }
  return best;
}

export class Terms {
  /** @param {string} facet @param {Term[]} terms */
  constructor(facet, terms) {
    this.facet = facet;
    this.terms = terms;
    /** @type {Map<string, string>} */
    this.words = new Map();
    for (const [id, label, others] of terms) {
      for (const word of [id, label, ...others]) {
        if (!this.words.has(word.toLowerCase())) this.words.set(word.toLowerCase(), id);
      }
    }
    this.ids = new Set(terms.map(([id]) => id));
  }

  /** @param {string} word @returns {Complaint} */
  complaint(word) {
    if (this.ids.has(word)) return null;
    const known = this.words.get(word.toLowerCase());
    if (known) return { says: `is another word for '${known}'`, use: known };
    const near = nearest(word, this.words.keys());
    const use = this.words.get(near);
    const facet = this.facet.replace("-", " ");
    if (!use) return { says: `is no ${facet} of the catalog: a new term needs a definition` };
    return { says: `is no ${facet}; did you mean '${use}'?`, use };
  }
}

/** @param {string} title */
const fold = (title) =>
  title.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
/** @param {string} number */
const bare = (number) => number.toLowerCase().replace(/^10\.48550\/arxiv\./, "");

export class Papers {
  /** @param {Paper[]} papers */
  constructor(papers) {
    this.ids = new Set(papers.map(([id]) => id));
    /** @param {(paper: Paper) => string[]} words @param {(word: string) => string} same */
    const by = (words, same) =>
      new Map(papers.flatMap((paper) => words(paper).map((word) => [same(word), paper[0]])));
    this.names = by((paper) => paper[1], (name) => name.toLowerCase());
    this.titles = by((paper) => paper[2], fold);
    this.numbers = by((paper) => paper[3], bare);
  }

  /** Which record is this paper already? @param {"name" | "title" | "number"} kind @param {string} text */
  here(kind, text) {
    if (kind === "name") return this.names.get(text.toLowerCase());
    return kind === "title" ? this.titles.get(fold(text)) : this.numbers.get(bare(text));
  }
}

// How the keys of a record are called on the page.
const ONE = new Map([["builds_on", "parent"], ["training", "stage"], ["datasets", "data set"]]);
/** @param {string} key */
export const words = (key) => {
  const said = key.replaceAll("_", " ").replace("gpu", "GPU").replace(/ gb$/, " (GB)");
  if (key === "arxiv") return "arXiv";
  return said.replace("doi", "DOI").replace(/^[a-z]/, (letter) => letter.toUpperCase());
};
/** One item of a list. @param {string} key */
export const single = (key) => ONE.get(key) ?? key.replace(/s$/, "");

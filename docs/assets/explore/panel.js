// The filters: a fold a facet, an option a line, the numbers; each with its count.
// @ts-check
import { make, unseen, write } from "./dom.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./facet.js").Facet} Facet */
/** @typedef {import("./state.js").State} State */

/** Facets that stand open at first where there is room beside the list. */
const OPEN = ["category", "tier", "code", "weights", "modality", "organ", "task"];
/** Beyond so many options, narrower ones are folded and a field finds them. */
const MANY = 26;

/** @typedef {{line: HTMLLIElement, box: HTMLInputElement, count: HTMLElement,
 *   fold: HTMLButtonElement | null, seen: number}} Line */

/** One facet. */
class Fold {
  /** @param {Facet} facet @param {(facet: Facet, place: number, on: boolean) => void} choose */
  constructor(facet, choose) {
    this.facet = facet;
    this.choose = choose;
    /** @type {Line[]} */
    this.lines = [];
    this.note = make("span", { class: "fm-count" });
    this.body = make("fieldset", {}, make("legend", { class: "fm-hidden" }, facet.label));
    this.element = make(
      "details",
      { class: "fm-facet", "data-facet": facet.key, toggle: () => this.refresh() },
      make("summary", {}, make("span", {}, facet.label), " ", this.note),
      this.body,
    );
    /** @type {{counts: () => Uint32Array, chosen: Set<number>} | null} */
    this.latest = null;
  }

  #build() {
    const { facet } = this;
    const used = facet.totals.filter(Boolean).length;
    this.folded = used > MANY;
    const tops = facet.options.id
      .map((_, place) => place)
      .filter((place) => facet.options.broader[place] < 0 && this.#offered(place));
    const flat = tops.every((place) => place >= facet.unknown || !facet.narrower[place].length);
    if (flat && !["year", "origin", "tier"].includes(facet.key))
      tops.sort(
        (a, b) =>
          Number(a >= facet.unknown) - Number(b >= facet.unknown) ||
          facet.totals[b] - facet.totals[a] ||
          a - b,
      );
    const list = make("ul", {}, ...tops.map((place) => this.#line(place)));
    list.classList.toggle("fm-folds", this.lines.some(({ fold }) => fold));
    if (this.folded) this.body.append(this.#finder(list));
    this.body.append(list);
    const unused = facet.totals.subarray(0, facet.unknown).filter((total) => !total).length;
    if (unused) this.body.append(this.#more(list, unused));
  }

  /** A kind of missing that no model has is not offered. @param {number} place */
  #offered(place) {
    return place < this.facet.unknown || this.facet.totals[place] > 0;
  }

  /** @param {number} place @returns {HTMLLIElement} */
  #line(place) {
    const { facet } = this;
    const label = facet.options.label[place];
    const box = make("input", {
      type: "checkbox",
      change: () => this.choose(facet, place, box.checked),
    });
    const count = make("span", { class: "fm-count" });
    const inner = facet.narrower[place].filter((one) => this.#offered(one));
    const below = inner.length ? make("ul", {}, ...inner.map((one) => this.#line(one))) : null;
    /** @type {HTMLButtonElement | null} */
    let fold = null;
    if (below && inner.some((one) => facet.totals[one])) {
      const shut = this.folded || place >= facet.unknown;
      below.hidden = shut;
      const button = make(
        "button",
        {
          type: "button",
          class: "fm-facet__fold",
          "aria-expanded": String(!shut),
          click: () => {
            below.hidden = !below.hidden;
            button.setAttribute("aria-expanded", String(!below.hidden));
          },
        },
        unseen(`Narrower than ${label}`),
      );
      fold = button;
    }
    const line = make(
      "li",
      facet.totals[place] ? {} : { class: "fm-unused" },
      make("div", fold ? { class: "fm-can-fold" } : {}, make("label", {}, box, make("span", {}, label), " ", count), fold),
      below,
    );
    this.lines[place] = { line, box, count, fold, seen: -1 };
    return line;
  }

  /** @param {HTMLElement} list */
  #finder(list) {
    const field = make("input", {
      type: "search",
      class: "fm-facet__find",
      placeholder: `Find in ${this.facet.label.toLowerCase()}`,
      "aria-label": `Find an option of ${this.facet.label.toLowerCase()}`,
      autocomplete: "off",
      input: () => {
        const word = field.value.trim().toLowerCase();
        list.classList.toggle("fm-finding", word !== "");
        const { label, words } = this.facet.options;
        this.lines.forEach(({ line }, place) => {
          const texts = [label[place].toLowerCase(), ...words[place]];
          line.classList.toggle("fm-found", texts.some((text) => text.includes(word)));
        });
      },
    });
    return field;
  }

  /** @param {HTMLElement} list @param {number} hidden */
  #more(list, hidden) {
    const button = make(
      "button",
      {
        type: "button",
        class: "fm-facet__more",
        "aria-expanded": "false",
        click: () => {
          const all = list.classList.toggle("fm-all");
          button.setAttribute("aria-expanded", String(all));
        },
      },
      `${hidden} that no model has`,
    );
    return button;
  }

  /**
   * @param {() => Uint32Array} counts Asked only while the facet is open.
   * @param {Set<number>} chosen @param {boolean} open Whether a first choice opens it.
   */
  update(counts, chosen, open) {
    const first = chosen.size > 0 && !this.latest?.chosen.size;
    this.latest = { counts, chosen };
    write(this.note, chosen.size ? `${chosen.size} chosen` : "");
    if (first && open) this.element.open = true;
    this.refresh();
  }

  refresh() {
    if (!this.element.open || !this.latest) return;
    if (!this.lines.length) this.#build();
    const { chosen } = this.latest;
    const counts = this.latest.counts();
    this.lines.forEach((one, place) => {
      const on = chosen.has(place);
      if (one.box.checked !== on) one.box.checked = on;
      if (on) this.#reveal(place);
      if (one.seen === counts[place]) return;
      one.seen = counts[place];
      write(one.count, String(one.seen));
      one.line.classList.toggle("fm-zero", one.seen === 0);
    });
  }

  /** Open what stands above a chosen option. @param {number} place */
  #reveal(place) {
    const { broader } = this.facet.options;
    for (let above = broader[place]; above >= 0; above = broader[above]) {
      const { fold, line } = this.lines[above];
      const below = line.querySelector("ul");
      if (fold && below?.hidden) {
        below.hidden = false;
        fold.setAttribute("aria-expanded", "true");
      }
    }
  }
}

/** All filters. */
export class Panel {
  /**
   * @param {Engine} engine
   * @param {{choose: (facet: Facet, place: number, on: boolean) => void,
   *   limit: (end: "min" | "max", key: string, value: number | undefined) => void}} does
   */
  constructor(engine, does) {
    this.engine = engine;
    this.folds = engine.facets.map((facet) => new Fold(facet, does.choose));
    /** @type {Map<string, HTMLInputElement>} */
    this.fields = new Map();
    this.numbers = make("span", { class: "fm-count" });
    this.hardware = make(
      "details",
      { class: "fm-facet", "data-facet": "hardware" },
      make("summary", {}, make("span", {}, "Hardware"), " ", this.numbers),
      ...engine.measures.map(({ key, label, unit }) =>
        make(
          "fieldset",
          { class: "fm-limits" },
          make("legend", {}, unit === "cards" || unit === "h" ? label : `${label}, ${unit}`),
          this.#field("min", key, "at least", does.limit),
          this.#field("max", key, "at most", does.limit),
        ),
      ),
      make(
        "p",
        { class: "fm-note" },
        "As reported. A model that does not say, or only “more than”, is not known to be within a limit.",
      ),
    );
    const place = engine.facets.findIndex(({ key }) => key === "gpu") + 1;
    const all = this.folds.map(({ element }) => element);
    this.elements = [...all.slice(0, place), this.hardware, ...all.slice(place)];
    this.wide = false;
  }

  /**
   * Beside the list the main facets stand open; above it, on a phone, all are folded, so that the
   * list is near and nothing is drawn that nobody asked for.
   * @param {boolean} wide
   */
  spread(wide) {
    this.wide = wide;
    for (const { element, facet, latest } of this.folds)
      element.open = wide && (OPEN.includes(facet.key) || Boolean(latest?.chosen.size));
  }

  /**
   * @param {"min" | "max"} end @param {string} key @param {string} label
   * @param {(end: "min" | "max", key: string, value: number | undefined) => void} limit
   */
  #field(end, key, label, limit) {
    const field = make("input", {
      type: "number",
      min: "0",
      step: "any",
      inputmode: "decimal",
      name: `${end}-${key}`,
      input: () => {
        const value = field.value === "" ? undefined : field.valueAsNumber;
        if (value === undefined || value >= 0) limit(end, key, value);
      },
    });
    this.fields.set(`${end}-${key}`, field);
    return make("label", {}, label, " ", field);
  }

  /** @param {State} state */
  update(state) {
    for (const fold of this.folds) {
      const chosen = new Set(state.facets.get(fold.facet.key));
      fold.update(() => this.engine.counts(fold.facet), chosen, this.wide);
    }
    for (const [name, field] of this.fields) {
      const value = state[name.startsWith("min") ? "min" : "max"].get(name.slice(4));
      if (field !== document.activeElement || field.valueAsNumber !== value)
        if (field.value === "" ? value !== undefined : field.valueAsNumber !== value)
          field.value = value === undefined ? "" : String(value);
    }
    const limits = state.min.size + state.max.size;
    write(this.numbers, limits ? `${limits} set` : "");
    if (limits && this.wide) this.hardware.open = true;
  }
}

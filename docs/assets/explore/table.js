// The result: a table that only draws the rows in sight once there are many.
// @ts-check
import { make, unseen } from "./dom.js";
import { columns, late } from "./state.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Answer} Answer */
/** @typedef {import("./state.js").State} State */

/** Up to so many rows all are drawn: the browser can then find in them and print them. */
const ALL = 50;
/** Rows drawn above and below what is in sight. */
const SPARE = 4;
/** Terms of a cell that are written out; the rest is counted. */
const SHOWN = 2;

const SIGNS = ["not-reported", "not-applicable", "absent"];
const WORDS = ["not reported", "not applicable", "not looked up"];

/** @param {number} kind */
const missing = (kind) =>
  make(
    "span",
    { class: `fm-missing fm-missing--${SIGNS[kind]}`, title: WORDS[kind] },
    unseen(WORDS[kind]),
  );

export class Table {
  /**
   * @param {Engine} engine
   * @param {{sort: (column: string) => void, pick: (id: string, on: boolean) => void,
   *   cite: (id: string, button: HTMLButtonElement) => void}} does
   * @param {{model: string, shapes: Map<string, string>}} about Address of a model's page, with
   *   `*` for its id; family → sign.
   */
  constructor(engine, does, about) {
    this.engine = engine;
    this.does = does;
    this.about = about;
    this.known = new Map(columns(engine).map((column) => [column.key, column]));
    /** @type {Map<number, HTMLTableRowElement>} */
    this.rows = new Map();
    /** @type {Uint32Array} */
    this.ids = new Uint32Array();
    this.height = 28;
    this.measured = false;
    /** @type {State | null} */
    this.state = null;
    this.look = "";
    this.head = make("tr");
    this.before = make("tbody", { "aria-hidden": "true" }, make("tr", {}, make("td")));
    this.after = make("tbody", { "aria-hidden": "true" }, make("tr", {}, make("td")));
    this.body = make("tbody", { id: "explore-rows" });
    this.table = make(
      "table",
      { class: "fm-table fm-results", id: "explore-results", "aria-label": "Models found" },
      make("thead", {}, this.head),
      this.before,
      this.body,
      this.after,
    );
    this.element = make(
      "div",
      { class: "fm-scroll", tabindex: "0", role: "region", "aria-label": "Models found" },
      this.table,
    );
    let waiting = false;
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.draw();
      });
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", () => {
      this.measure();
      later();
    });
  }

  /** @param {State} state @param {Answer} answer */
  update(state, answer) {
    // What a row looks like depends on the columns and on the terms that were asked for.
    const asked = [...state.facets].map(([key, places]) => `${key}:${[...places]}`);
    const arrived = this.engine.texts.whole && state.columns.some(late);
    const look = `${state.columns} ${asked.join(" ")} ${arrived}`;
    if (look !== this.look) {
      this.rows.clear();
      this.look = look;
    }
    this.state = state;
    this.ids = answer.ids;
    const other = this.#heads(state);
    this.draw();
    if (other || !this.measured) this.measure();
    for (const [model, row] of this.rows) this.#pick(model, row);
  }

  /** Give the names their titles, which came later than the rows. */
  entitle() {
    const { title } = this.engine.texts;
    for (const [model, row] of this.rows)
      if (title[model]) row.querySelector("a")?.setAttribute("title", title[model]);
  }

  /** Learn how high a row is, and whether the table is as wide as its place. */
  measure() {
    const height = this.body.rows[0]?.offsetHeight;
    this.measured = Boolean(height);
    if (height && Math.abs(height - this.height) > 0.5) {
      this.height = height;
      this.draw();
    }
    const fits = this.table.offsetWidth <= this.element.offsetWidth + 1;
    this.element.classList.toggle("fm-scroll--fits", fits);
  }

  /** Write the headings; says whether there are other columns now. @param {State} state */
  #heads(state) {
    const wanted = ["model", ...state.columns];
    const there = [...this.head.cells].map((cell) => cell.dataset.column);
    const other = wanted.join() !== there.join();
    if (other) this.head.replaceChildren(...wanted.map((key) => this.#head(key)));
    for (const cell of this.head.cells) {
      if (cell.dataset.column === state.sort && state.sort)
        cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    const empty = /** @type {NodeListOf<HTMLTableCellElement>} */ (
      this.table.querySelectorAll("[aria-hidden] td")
    );
    for (const cell of empty) cell.colSpan = wanted.length;
    return other;
  }

  /** @param {string} key */
  #head(key) {
    const column = this.known.get(key) ?? { label: "Model", numeric: false };
    const about = {
      scope: "col",
      "data-column": key,
      class: `fm-c fm-c--${key}${column.numeric ? " fm-num" : ""}`,
    };
    if (key === "cite") return make("th", about, column.label);
    const button = make(
      "button",
      { type: "button", class: "fm-sort", click: () => this.does.sort(key) },
      column.label,
    );
    return make("th", about, button);
  }

  /** Draw what is in sight, or all where that is little. */
  draw() {
    if (!this.state) return;
    const { length } = this.ids;
    let [from, to] = [0, length];
    if (length > ALL) {
      // What is hidden is nowhere: before the first row the rows themselves say where they begin.
      const top = (this.before.hidden ? this.body : this.before).getBoundingClientRect().top;
      from = Math.max(0, Math.floor(-top / this.height) - SPARE);
      to = Math.min(length, Math.ceil((innerHeight - top) / this.height) + SPARE);
      to = Math.max(to, Math.min(length, 2 * SPARE));
      from = Math.max(0, Math.min(from, to - 2 * SPARE));
      this.table.setAttribute("aria-rowcount", String(length + 1));
    } else this.table.removeAttribute("aria-rowcount");
    const wanted = Array.from(this.ids.subarray(from, to));
    const rows = wanted.map((model, place) => {
      const row = this.rows.get(model) ?? this.#row(model);
      this.rows.set(model, row);
      if (length > ALL) row.setAttribute("aria-rowindex", String(from + place + 2));
      else row.removeAttribute("aria-rowindex");
      return row;
    });
    this.#place(rows);
    if (length > ALL) {
      const kept = new Set(wanted);
      for (const model of this.rows.keys()) if (!kept.has(model)) this.rows.delete(model);
    }
    for (const [spacer, count] of /** @type {const} */ ([
      [this.before, from],
      [this.after, length - to],
    ])) {
      spacer.hidden = count === 0;
      const cell = spacer.rows[0].cells[0];
      cell.style.height = `${count * this.height}px`;
    }
  }

  /** Put rows in place; those that are there already stay untouched, and with them the focus. @param {HTMLElement[]} rows */
  #place(rows) {
    const wanted = new Set(rows);
    for (const row of [...this.body.rows]) if (!wanted.has(row)) row.remove();
    let at = this.body.firstElementChild;
    for (const row of rows) {
      if (row === at) at = at.nextElementSibling;
      else this.body.insertBefore(row, at);
    }
  }

  /** @param {number} model @returns {HTMLTableRowElement} */
  #row(model) {
    const { id, name } = this.engine.models;
    const box = make("input", {
      type: "checkbox",
      "aria-label": `Pick ${name[model]} to compare`,
      change: () => this.does.pick(id[model], box.checked),
    });
    const link = make(
      "a",
      {
        href: this.about.model.replace("*", id[model]),
        title: this.engine.texts.title[model] ?? false,
      },
      name[model],
    );
    const below = make("span", { class: "fm-sub" }, ...this.#below(model));
    const row = make(
      "tr",
      { "data-id": id[model] },
      make("th", { scope: "row", class: "fm-c" }, box, make("span", {}, link, below)),
      ...(this.state?.columns ?? []).map((key) => this.#cell(key, model)),
    );
    this.#pick(model, row);
    return row;
  }

  /** What stands under the name on a phone. @param {number} model @returns {(Node | string)[]} */
  #below(model) {
    const { facets, models } = this.engine;
    const group = facets[0];
    const label = group.brief[group.of(model)[0]] ?? "";
    // The year first: of a long group the end may be out of sight.
    const about = `${models.published[model].slice(0, 4)} · ${label}`;
    const tier = facets.find(({ key }) => key === "tier");
    if (!tier) return [about];
    const word = tier.options.id[tier.of(model)[0]];
    return [make("span", { class: `fm-tier fm-tier--${word}`, title: word }, unseen(word)), about];
  }

  /** @param {number} model @param {HTMLTableRowElement} row */
  #pick(model, row) {
    const box = row.querySelector("input");
    const on = this.state?.picks.includes(this.engine.models.id[model]) ?? false;
    if (box && box.checked !== on) box.checked = on;
    row.classList.toggle("fm-picked", on);
  }

  /** @param {string} key @param {number} model */
  #cell(key, model) {
    const { engine } = this;
    const facet = engine.facets.find((one) => one.key === key);
    if (facet) {
      const more = facet.of(model).length > SHOWN ? " fm-c--more" : "";
      return make("td", { class: `fm-c fm-c--${key}${more}` }, ...this.#terms(facet, model));
    }
    const measure = engine.measures.find((one) => one.key === key);
    if (measure) {
      const text = measure.text[measure.values[model]];
      return make(
        "td",
        { class: "fm-c fm-num" },
        typeof text === "number" ? missing(text) : text,
      );
    }
    if (key === "cite") {
      const { id, name } = engine.models;
      const button = make(
        "button",
        {
          type: "button",
          class: "fm-cite",
          "aria-label": `Copy BibTeX of ${name[model]}`,
          click: () => this.does.cite(id[model], button),
        },
        "BibTeX",
      );
      return make("td", { class: "fm-c" }, button);
    }
    const text =
      key === "title" || key === "authors"
        ? (engine.texts[key][model] ?? "")
        : engine.models.published[model];
    return make("td", { class: `fm-c fm-c--${key}`, title: key === "title" ? text : false }, text);
  }

  /**
   * The terms of a cell: those that were asked for first and marked, then a few, then how many.
   * @param {import("./facet.js").Facet} facet @param {number} model @returns {Node[]}
   */
  #terms(facet, model) {
    const own = facet.of(model);
    const { broader, id } = facet.options;
    const label = facet.brief;
    if (own[0] >= facet.unknown)
      return [missing(Math.max(0, this.engine.missing.indexOf(id[own[0]])))];
    const chosen = this.state?.facets.get(facet.key);
    /** @param {number} place */
    const asked = (place) => {
      for (let at = place; at >= 0; at = broader[at]) if (chosen?.has(at)) return true;
      return false;
    };
    const first = own.filter(asked);
    const all = [...first, ...own.filter((place) => !first.includes(place))];
    /** @type {Node[]} */
    const nodes = [];
    all.slice(0, SHOWN).forEach((place, number) => {
      if (number) nodes.push(document.createTextNode(", "));
      if (first.includes(place)) nodes.push(make("mark", {}, label[place]));
      else nodes.push(document.createTextNode(label[place]));
    });
    const rest = all.slice(SHOWN).map((place) => label[place]);
    if (rest.length) nodes.push(unseen(`, ${rest.join(", ")}`));
    if (facet.key === "category") {
      const family = id[[own[0], ...this.#above(facet, own[0])].at(-1) ?? own[0]];
      const sign = this.about.shapes.get(family) ?? "other";
      return [make("span", { class: `fm-shape fm-shape--${sign}` }, ...nodes)];
    }
    if (facet.key === "tier")
      return [make("span", { class: `fm-tier fm-tier--${id[own[0]]}` }, id[own[0]])];
    if (!rest.length) return nodes;
    const more = { class: "fm-more", "aria-hidden": "true", title: rest.join(", ") };
    return [...nodes, make("span", more, `+${rest.length}`)];
  }

  /** @param {import("./facet.js").Facet} facet @param {number} place */
  #above(facet, place) {
    /** @type {number[]} */
    const found = [];
    for (let at = facet.options.broader[place]; at >= 0; at = facet.options.broader[at])
      found.push(at);
    return found;
  }
}

// The explorer: one element that reads an index, and keeps everything it shows in the address.
// @ts-check
import { Chips } from "./chips.js";
import { button, make, menu, tell, write } from "./dom.js";
import { Engine } from "./engine.js";
import { Panel } from "./panel.js";
import { MOST, columns, everything, filters, late, read, written } from "./state.js";
import { Table } from "./table.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./files.js").Format} Format */

/** Only who takes something away needs this, and only who picks the other. */
const files = () => import("./files.js");
const trays = () => import("./tray.js");

/** Whether a state asks for titles or authors. @param {State} state */
const wordy = ({ text, sort, columns }) => text.trim() !== "" || [sort, ...columns].some(late);

class Explore extends HTMLElement {
  /** @type {HTMLInputElement[]} */
  boxes = [];
  /** @type {import("./tray.js").Tray | undefined} */
  tray;
  /** What has become of titles and authors while they are not here. */
  arrival = "are on their way";

  async connectedCallback() {
    if (this.engine) return;
    try {
      const response = await fetch(this.dataset.index ?? "");
      this.engine = new Engine(await response.json());
    } catch {
      this.classList.add("fm-explore--plain"); // The list that stands here without a script stays.
      return;
    }
    this.places = {
      csv: this.dataset.csv ?? "",
      json: this.dataset.json ?? "",
      bib: this.dataset.bib ?? "",
      record: this.dataset.record ?? "",
      entry: this.dataset.entry ?? "",
      version: this.engine.schema,
    };
    const { state, ignored } = read(location.search, this.engine);
    this.state = state;
    const atOnce = wordy(state);
    if (atOnce) await this.#texts(this.engine);
    this.#frame(this.engine);
    this.#ignored(ignored);
    this.#show();
    addEventListener("popstate", () => {
      if (!this.engine) return;
      const now = read(location.search, this.engine);
      this.state = now.state;
      this.#ignored(now.ignored);
      this.#show();
    });
    if (atOnce) return;
    await this.#texts(this.engine);
    this.table?.entitle();
    if (wordy(this.state)) this.#show();
  }

  /**
   * Fetch titles and authors; until they are here, words are looked for in names.
   * @param {Engine} engine
   */
  async #texts(engine) {
    try {
      const response = await fetch(this.dataset.texts ?? "");
      engine.texts.take(await response.json());
    } catch {
      this.arrival = "could not be fetched";
    }
    this.classList.add("fm-explore--whole");
  }

  /** @param {Engine} engine */
  #frame(engine) {
    const shapes = (this.dataset.shapes ?? "").split(" ").map((pair) => pair.split(":"));
    this.table = new Table(
      engine,
      {
        sort: (column) => this.#sort(column),
        pick: (id, on) => this.#pick(id, on),
        cite: (id, at) => tell(at, this.#copy([id])),
      },
      {
        model: this.dataset.model ?? "",
        shapes: new Map(shapes.map(([family, sign]) => [family, sign])),
      },
    );
    this.panel = new Panel(engine, {
      choose: (facet, place, on) => this.#choose(facet, place, on),
      limit: (end, key, value) =>
        this.#change((state) => {
          if (value === undefined) state[end].delete(key);
          else state[end].set(key, value);
        }, "typing"),
    });
    this.field = make("input", {
      type: "search",
      id: "explore-text",
      placeholder: "Name, title, author, id …",
      autocomplete: "off",
      input: () => this.#change((state) => (state.text = this.field?.value ?? ""), "typing"),
    });
    this.status = make("p", {
      role: "status",
      class: "fm-found-count",
      id: "explore-found",
      tabindex: "-1",
    });
    this.chips = new Chips(engine, {
      drop: (pairs) => this.#change((state) => pairs.forEach((pair) => this.#drop(state, pair))),
      clear: () => this.#everything(),
      rest: () => this.field?.focus(),
      add: (facet, place) => {
        this.#choose(facet, place, true);
        this.status?.focus();
      },
      lift: (key) => {
        this.#change(({ min, max }) => [min, max].forEach((limits) => limits.delete(key)));
        this.status?.focus();
      },
    });
    this.note = make("p", { class: "fm-note fm-ignored", hidden: true });
    this.folded = make("span", {}, "Filters");
    this.results = make("button", { type: "button", class: "fm-show" });
    const filtersFold = make(
      "details",
      { class: "fm-filters-fold" },
      make("summary", {}, this.folded),
      make("div", { class: "fm-panel" }, ...this.panel.elements),
      this.results,
    );
    this.results.addEventListener("click", () => {
      filtersFold.open = false;
      this.#toResults();
    });
    const wide = matchMedia("(min-width: 60em)");
    const fold = () => {
      filtersFold.open = wide.matches;
      this.panel?.spread(wide.matches);
    };
    wide.addEventListener("change", fold);
    fold();
    const search = make(
      "form",
      { role: "search", "aria-label": "Models", class: "fm-ask", submit: (event) => event.preventDefault() },
      make("label", { for: "explore-text" }, "Search"),
      this.field,
    );
    const side = make(
      "div",
      { class: "fm-explore__side", role: "group", "aria-label": "Filters" },
      search,
      filtersFold,
    );
    // What the marks of the table mean stands already above the list without a script.
    this.legend = /** @type {HTMLElement} */ (this.querySelector(".fm-legend") ?? make("p"));
    this.main = make(
      "div",
      { class: "fm-explore__main" },
      make("div", { class: "fm-bar" }, this.status, this.#tools(engine)),
      this.chips.more,
      this.chips.element,
      this.note,
      this.chips.help,
      this.legend,
      this.table.element,
    );
    const skip = make(
      "a",
      {
        class: "fm-skip",
        href: "#explore-found",
        click: (event) => {
          event.preventDefault(); // The address is the question, nothing else.
          this.#toResults();
        },
      },
      "Skip to results",
    );
    this.replaceChildren(skip, side, this.main);
    this.classList.add("fm-explore--ready");
  }

  /** The count first: what was found is the first thing to know there. */
  #toResults() {
    this.status?.focus({ preventScroll: true });
    this.status?.scrollIntoView();
  }

  /** @param {Engine} engine */
  #tools(engine) {
    /** @param {string} label @param {Format} format */
    const file = (label, format) => {
      const at = button(label, () => tell(at, this.#save(format)));
      return at;
    };
    const link = button("Copy link", () =>
      tell(link, navigator.clipboard.writeText(location.href).then(() => "Copied")),
    );
    const cite = button("Copy BibTeX", () => tell(cite, this.#copy(this.#shown())));
    this.boxes = columns(engine).map(({ key, label }) => {
      const box = make("input", {
        type: "checkbox",
        value: key,
        change: () =>
          this.#change((state) => {
            const chosen = this.boxes.filter((one) => one.checked);
            state.columns = chosen.map((one) => one.value);
          }),
      });
      box.setAttribute("aria-label", label);
      return box;
    });
    const list = this.boxes.map((box) =>
      make("li", {}, make("label", {}, box, " ", box.getAttribute("aria-label") ?? "")),
    );
    const usual = button("The usual ones", () =>
      this.#change((state) => (state.columns = everything().columns)),
    );
    const chooser = menu("Columns", make("ul", {}, ...list), usual);
    const download = menu(
      "Download",
      make("p", { class: "fm-note" }, "Exactly the models shown, in this order."),
      make("p", { class: "fm-row" }, file("CSV", "csv"), file("JSON", "json"), file("BibTeX", "bib")),
      make("p", { class: "fm-row" }, cite),
    );
    return make("div", { class: "fm-tools" }, chooser, download, link);
  }

  /** @param {import("./facet.js").Facet} facet @param {number} place @param {boolean} on */
  #choose(facet, place, on) {
    this.#change((state) => {
      const chosen = new Set(state.facets.get(facet.key));
      if (on) chosen.add(place);
      else chosen.delete(place);
      if (chosen.size) state.facets.set(facet.key, chosen);
      else state.facets.delete(facet.key);
    });
  }

  /**
   * Change the state, the page and the address: a choice is a step back for the browser, a
   * letter typed is not.
   * @param {(state: State) => void} change @param {"choice" | "typing"} [kind]
   */
  #change(change, kind = "choice") {
    if (!this.engine || !this.state) return;
    change(this.state);
    this.#ignored([]);
    this.#show();
    const address = location.pathname + written(this.state, this.engine);
    if (kind === "choice") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  #show() {
    const { engine, state } = this;
    if (!engine || !state) return;
    const order = engine.order(state.sort || "id", state.down);
    const answer = engine.answer(state, order);
    this.answer = answer;
    // The table first: it reads where it stands, which is known as long as nothing has changed.
    this.table?.update(state, answer);
    this.panel?.update(state);
    const pairs = filters(state, engine);
    if (this.field && this.field.value.trim() !== state.text.trim()) this.field.value = state.text;
    if (this.folded) write(this.folded, pairs.length ? `Filters (${pairs.length})` : "Filters");
    const { length } = answer.ids;
    const whole = engine.texts.whole || !state.text.trim();
    const note = whole ? "" : ` by name; titles and authors ${this.arrival}`;
    if (this.status) write(this.status, `${length} of ${engine.count} models${note}`);
    if (this.results)
      write(this.results, length ? `Show ${length} ${length === 1 ? "model" : "models"}` : "No models");
    if (this.table) this.table.element.hidden = !length;
    if (this.legend) this.legend.hidden = !length;
    for (const box of this.boxes) box.checked = state.columns.includes(box.value);
    this.chips?.update(pairs, answer);
    this.#tray();
    this.toggleAttribute("data-full", state.picks.length >= MOST);
  }

  /** @param {State} state @param {[string, string]} pair */
  #drop(state, [key, value]) {
    const facet = this.engine?.facets.find((one) => one.key === key);
    if (facet) {
      const chosen = new Set(state.facets.get(key));
      chosen.delete(facet.find(value) ?? -1);
      if (chosen.size) state.facets.set(key, chosen);
      else state.facets.delete(key);
    } else if (key === "text") state.text = "";
    else state[key.startsWith("min") ? "min" : "max"].delete(key.slice(4));
  }

  #everything() {
    this.#change((state) => {
      const { text, facets, min, max } = everything();
      Object.assign(state, { text, facets, min, max });
    });
    this.field?.focus();
  }

  /** @param {string[]} ignored */
  #ignored(ignored) {
    if (!this.note) return;
    this.note.hidden = !ignored.length;
    write(
      this.note,
      ignored.length
        ? `Left out, because the catalog does not know it: ${ignored.join(", ")}. The rest of the address is applied.`
        : "",
    );
  }

  /** @param {string} column */
  #sort(column) {
    this.#change((state) => {
      state.down = state.sort === column && !state.down;
      state.sort = column;
    });
  }

  /** @param {string} id @param {boolean} on */
  #pick(id, on) {
    this.#change((state) => {
      const picks = state.picks.filter((one) => one !== id);
      if (on && picks.length < MOST) picks.push(id);
      state.picks = picks;
    });
  }

  /** Show the picks, as soon as there are some. */
  async #tray() {
    if (!this.tray && this.state?.picks.length) {
      const { Tray } = await trays();
      if (!this.tray && this.engine) {
        this.tray = new Tray(this.engine, this.dataset.compare ?? "", MOST, {
          drop: (id) => this.#pick(id, false),
          clear: () => this.#change((state) => (state.picks = [])),
          cite: (ids) => this.#copy(ids),
          rest: () => this.field?.focus(),
        });
        this.main?.append(this.tray.element);
      }
    }
    this.tray?.update(this.state?.picks ?? []);
  }

  /** The ids of the models shown, in their order. */
  #shown() {
    return Array.from(this.answer?.ids ?? [], (model) => this.engine?.models.id[model] ?? "");
  }

  /** @param {string[]} ids */
  async #copy(ids) {
    if (!this.places) return "";
    const { content } = await files();
    await navigator.clipboard.writeText(await content("bib", ids, this.places));
    return "Copied";
  }

  /** @param {Format} format */
  async #save(format) {
    const { engine, state, places } = this;
    if (!engine || !state || !places) return "";
    const { content, named, save } = await files();
    save(named(filters(state, engine), format), await content(format, this.#shown(), places), format);
    return "Saved";
  }
}

customElements.define("fm-explore", Explore);

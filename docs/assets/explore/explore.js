// The explorer: one element that reads an index, and keeps everything it shows in the address.
// @ts-check
import { make, write } from "./dom.js";
import { Engine } from "./engine.js";
import { content, named, save } from "./files.js";
import { Panel } from "./panel.js";
import { MOST, columns, everything, filters, read, written } from "./state.js";
import { Table } from "./table.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./files.js").Format} Format */

/** @param {string} label @param {EventListener} click @param {Record<string, string>} [about] */
const button = (label, click, about = {}) =>
  make("button", { type: "button", class: "fm-button", click, ...about }, label);

/** Say on a button what came of it, for a moment. @param {HTMLElement} at @param {Promise<string>} done */
async function tell(at, done) {
  const label = at.dataset.label ?? at.textContent ?? "";
  at.dataset.label = label;
  try {
    at.textContent = await done;
  } catch {
    at.textContent = "Did not work";
  }
  setTimeout(() => (at.textContent = label), 2000);
}

class Explore extends HTMLElement {
  /** @type {HTMLInputElement[]} */
  boxes = [];
  /** @type {HTMLLIElement | undefined} */
  clear;

  async connectedCallback() {
    if (this.engine) return;
    try {
      const response = await fetch(this.dataset.index ?? "");
      if (!response.ok) return;
      this.engine = new Engine(await response.json());
    } catch {
      return; // The list that stands here without a script stays.
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
      choose: (facet, place, on) =>
        this.#change((state) => {
          const chosen = new Set(state.facets.get(facet.key));
          if (on) chosen.add(place);
          else chosen.delete(place);
          if (chosen.size) state.facets.set(facet.key, chosen);
          else state.facets.delete(facet.key);
        }),
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
    this.status = make("p", { role: "status", class: "fm-found-count" });
    this.chips = make("ul", { class: "fm-filters", "aria-label": "Filters in use" });
    this.note = make("p", { class: "fm-note fm-ignored", hidden: true });
    this.help = make("div", { class: "fm-nothing", hidden: true });
    this.tray = make("section", { class: "fm-tray", "aria-label": "Picked models", hidden: true });
    this.folded = make("span", {}, "Filters");
    const filtersFold = make(
      "details",
      { class: "fm-filters-fold" },
      make("summary", {}, this.folded),
      make("div", { class: "fm-panel" }, ...this.panel.elements),
    );
    const wide = matchMedia("(min-width: 60em)");
    const fold = () => (filtersFold.open = wide.matches);
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
    const main = make(
      "div",
      { class: "fm-explore__main" },
      make("div", { class: "fm-bar" }, this.status, this.#tools(engine)),
      this.chips,
      this.note,
      this.help,
      this.table.element,
      this.#legend(),
      this.tray,
    );
    this.replaceChildren(side, main);
    this.classList.add("fm-explore--ready");
  }

  #legend() {
    /** @param {string} kind @param {string} words */
    const sign = (kind, words) =>
      make("span", { class: `fm-missing fm-missing--${kind}` }, words);
    return make(
      "p",
      { class: "fm-note fm-legend" },
      sign("not-reported", "looked for, not reported"),
      " ",
      sign("not-applicable", "not applicable"),
      " ",
      sign("absent", "not looked up yet"),
      " What is unknown comes last in either order.",
    );
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
    const chooser = this.#menu("Columns", make("ul", {}, ...list), usual);
    const download = this.#menu(
      "Download",
      make("p", { class: "fm-note" }, "Exactly the models shown, in this order."),
      make("p", { class: "fm-row" }, file("CSV", "csv"), file("JSON", "json"), file("BibTeX", "bib")),
      make("p", { class: "fm-row" }, cite),
    );
    return make("div", { class: "fm-tools" }, chooser, download, link);
  }

  /** A fold that lies over the page. @param {string} label @param {...Node} inside */
  #menu(label, ...inside) {
    const menu = make(
      "details",
      { class: "fm-menu" },
      make("summary", { class: "fm-button" }, label),
      make("div", { class: "fm-menu__box" }, ...inside),
    );
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
    return menu;
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
    this.panel?.update(state, answer);
    this.table?.update(state, answer);
    const pairs = filters(state, engine);
    if (this.field && this.field.value.trim() !== state.text.trim()) this.field.value = state.text;
    if (this.folded) write(this.folded, pairs.length ? `Filters (${pairs.length})` : "Filters");
    if (this.status) write(this.status, `${answer.ids.length} of ${engine.count} models`);
    if (this.table) this.table.element.hidden = !answer.ids.length;
    for (const box of this.boxes) box.checked = state.columns.includes(box.value);
    this.#chips(pairs);
    this.#nothing();
    this.#picked();
  }

  /** A filter in words. @param {string} key @param {string} value */
  #words(key, value) {
    const facet = this.engine?.facets.find((one) => one.key === key);
    if (facet) return [facet.label, facet.options.label[facet.find(value) ?? 0]];
    const measure = this.engine?.measures.find((one) => key.slice(4) === one.key);
    if (!measure) return ["Text", value];
    const unit = measure.unit === "cards" ? "" : ` ${measure.unit}`;
    return [measure.label, `${key.startsWith("min") ? "at least" : "at most"} ${value}${unit}`];
  }

  /** @param {[string, string]} pair */
  #drop([key, value]) {
    this.#change((state) => {
      const facet = this.engine?.facets.find((one) => one.key === key);
      if (facet) {
        const chosen = new Set(state.facets.get(key));
        chosen.delete(facet.find(value) ?? -1);
        if (chosen.size) state.facets.set(key, chosen);
        else state.facets.delete(key);
      } else if (key === "text") state.text = "";
      else state[key.startsWith("min") ? "min" : "max"].delete(key.slice(4));
    });
  }

  /** @param {[string, string][]} pairs */
  #chips(pairs) {
    const { chips } = this;
    if (!chips) return;
    const there = [...chips.children];
    /** @type {Map<string, Element>} */
    const known = new Map(there.map((item) => [item.getAttribute("data-filter") ?? "", item]));
    const wanted = pairs.map((pair) => {
      const name = pair.join("=");
      const old = known.get(name);
      if (old) return old;
      const [label, value] = this.#words(...pair);
      const item = make("li", { "data-filter": name });
      const remove = make(
        "button",
        {
          type: "button",
          class: "fm-filter",
          "aria-label": `Remove filter ${label}: ${value}`,
          click: () => {
            const place = [...chips.children].indexOf(item);
            this.#drop(pair);
            const next = chips.querySelectorAll("button")[place];
            (next ?? this.field)?.focus();
          },
        },
        make("span", {}, `${label}: `),
        value,
        make("span", { "aria-hidden": "true" }, " ×"),
      );
      item.append(remove);
      return item;
    });
    if (wanted.length) {
      this.clear ??= make(
        "li",
        { "data-filter": "" },
        make(
          "button",
          { type: "button", class: "fm-filter fm-filter--all", click: () => this.#everything() },
          "Clear all",
        ),
      );
      wanted.push(this.clear);
    }
    chips.hidden = !wanted.length;
    if (wanted.length !== there.length || wanted.some((item, place) => item !== there[place]))
      chips.replaceChildren(...wanted);
  }

  #everything() {
    this.#change((state) => {
      const { text, facets, min, max } = everything();
      Object.assign(state, { text, facets, min, max });
    });
    this.field?.focus();
  }

  /** Where nothing is found: what to drop, and what that would give. */
  #nothing() {
    const { help, answer, engine, state } = this;
    if (!help || !answer || !engine || !state) return;
    help.hidden = answer.ids.length > 0;
    if (help.hidden) return help.replaceChildren();
    const pairs = filters(state, engine);
    const ways = [...answer.without]
      .filter(([, count]) => count > 0)
      .sort((a, b) => b[1] - a[1])
      .map(([key, count]) => {
        const own = pairs.filter((pair) => pair[0] === key);
        const words = own.map((pair) => this.#words(...pair));
        const label = `${words[0][0]}: ${words.map((word) => word[1]).join(" or ")}`;
        const act = () => {
          this.#change((now) => {
            if (key === "text") now.text = "";
            else if (now.facets.has(key)) now.facets.delete(key);
            else now[key.startsWith("min") ? "min" : "max"].delete(key.slice(4));
          });
          this.field?.focus();
        };
        return make(
          "li",
          {},
          button(`Drop ${label}`, act),
          ` leaves ${count} ${count === 1 ? "model" : "models"}`,
        );
      });
    help.replaceChildren(
      make("p", {}, make("strong", {}, "No model of this catalog has all of that.")),
      ways.length
        ? make("ul", {}, ...ways)
        : make("p", {}, "No single filter is to blame: even without any one of them nothing is left."),
      button("Clear all filters", () => this.#everything()),
    );
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

  #picked() {
    const { tray, state, engine } = this;
    if (!tray || !state || !engine) return;
    const { picks } = state;
    tray.hidden = !picks.length;
    this.toggleAttribute("data-full", picks.length >= MOST);
    if (tray.dataset.picks === picks.join()) return;
    tray.dataset.picks = picks.join();
    const few = picks.length < 2;
    const items = picks.map((id) => {
      const name = engine.models.name[engine.models.id.indexOf(id)];
      const drop = () => {
        const place = this.state?.picks.indexOf(id) ?? 0;
        this.#pick(id, false);
        const rest = tray.querySelectorAll("li button");
        const next = /** @type {HTMLElement | undefined} */ (rest[Math.min(place, rest.length - 1)]);
        (next ?? this.field)?.focus();
      };
      return make(
        "li",
        {},
        make(
          "button",
          { type: "button", class: "fm-filter", "aria-label": `Take ${name} away`, click: drop },
          name,
          make("span", { "aria-hidden": "true" }, " ×"),
        ),
      );
    });
    const compare = `${this.dataset.compare}?models=${picks.join()}`;
    const cite = button("Copy BibTeX", () => tell(cite, this.#copy(picks)));
    tray.replaceChildren(
      make(
        "p",
        { role: "status" },
        few ? "Pick one more to compare" : `${picks.length} picked`,
        picks.length >= MOST ? ", the most that fit side by side" : "",
      ),
      make("ul", {}, ...items),
      make(
        "p",
        { class: "fm-row" },
        few ? null : make("a", { class: "fm-button fm-button--main", href: compare }, "Compare"),
        cite,
        button("Clear", () => {
          this.#change((now) => (now.picks = []));
          this.field?.focus();
        }),
      ),
    );
  }

  /** The ids of the models shown, in their order. */
  #shown() {
    return Array.from(this.answer?.ids ?? [], (model) => this.engine?.models.id[model] ?? "");
  }

  /** @param {string[]} ids */
  async #copy(ids) {
    if (!this.places) return "";
    await navigator.clipboard.writeText(await content("bib", ids, this.places));
    return "Copied";
  }

  /** @param {Format} format */
  async #save(format) {
    const { engine, state, places } = this;
    if (!engine || !state || !places) return "";
    save(named(filters(state, engine), format), await content(format, this.#shown(), places), format);
    return "Saved";
  }
}

customElements.define("fm-explore", Explore);

// Models side by side: one element that keeps what it shows in the address.
// @ts-check
import { button, make, menu, remover, tell, unseen, write } from "../explore/dom.js";

/** @typedef {import("./columns.js").Column} Column */
/** @typedef {import("./columns.js").Rows} Rows */
/** @typedef {import("./files.js").Format} Format */

/** Nobody needs it before a model is picked; it comes beside the first page. */
const reader = () => import("./columns.js");

/** @param {number} count @param {string} one @param {string} many */
const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

class Compare extends HTMLElement {
  /** @type {string[]} The models shown, in the order of the address. */
  ids = [];
  /** @type {Set<string>} Groups whose equal rows are shown; `all` for every one. */
  open = new Set();
  /** @type {Map<string, Promise<Column>>} */
  fetched = new Map();
  /** @type {Column[]} */
  columns = [];
  /** @type {Rows[]} */
  groups = [];
  /** @type {Map<string, [name: string, group: string]>} */
  names = new Map();
  /** @type {Map<string, string>} Id or name in lower case → id; an id goes first. */
  words = new Map();
  turn = 0;
  most = 6;

  async connectedCallback() {
    if (this.names.size) return;
    this.most = Number(this.dataset.most);
    try {
      const response = await fetch(this.dataset.names ?? "");
      /** @type {{models: [string, string, string][]}} */
      const { models } = await response.json();
      this.names = new Map(models.map(([id, name, group]) => [id, [name, group]]));
      for (const [id, name] of models.toReversed()) this.words.set(name.toLowerCase(), id);
      for (const [id] of models) this.words.set(id, id);
    } catch {
      return; // What stands here without a script stays.
    }
    this.#frame();
    addEventListener("popstate", () => this.#read());
    await this.#read();
    this.classList.add("fm-compare--ready");
  }

  #frame() {
    const options = [...this.names].map(([id, [name, group]]) =>
      make("option", { value: this.#found(name) === id ? name : id }, group),
    );
    this.field = make("input", {
      id: "compare-add",
      list: "compare-names",
      autocomplete: "off",
      placeholder: "Name or id",
      "aria-describedby": "compare-note",
    });
    this.form = make(
      "form",
      {
        class: "fm-compare__add",
        submit: (event) => {
          event.preventDefault();
          this.#add(this.field?.value ?? "");
        },
      },
      make("label", { for: "compare-add" }, "Add a model"),
      this.field,
      make("datalist", { id: "compare-names" }, ...options),
      make("button", { class: "fm-button", type: "submit" }, "Add"),
    );
    this.note = make("p", { class: "fm-compare__note", id: "compare-note", role: "alert" });
    this.said = make("p", { role: "status", class: "fm-compare__said" });
    this.near = make("p", { class: "fm-compare__near" });
    this.all = make("input", {
      type: "checkbox",
      change: () => {
        this.open = new Set(this.all?.checked ? ["all"] : []);
        this.#unfold();
      },
    });
    this.brief = make("input", { type: "checkbox" });
    /** @param {string} label @param {Format} format */
    const file = (label, format) => {
      const at = button(label, () => tell(at, this.#save(format)));
      return at;
    };
    const copy = button("Copy Markdown", () => tell(copy, this.#copy()));
    const link = button("Copy link", () =>
      tell(link, navigator.clipboard.writeText(location.href).then(() => "Copied")),
    );
    this.tools = make(
      "div",
      { class: "fm-compare__tools" },
      make("label", {}, this.all, " Show equal rows"),
      menu(
        "Download",
        make("label", {}, this.brief, " Only what differs, without the rows about the record"),
        make(
          "p",
          { class: "fm-row" },
          file("CSV", "csv"),
          file("Markdown", "md"),
          file("LaTeX", "tex"),
          file("BibTeX", "bib"),
        ),
        make("p", { class: "fm-row" }, copy),
      ),
      link,
    );
    this.table = make("table", { class: "fm-table fm-side", id: "comparison" });
    this.region = make(
      "div",
      { class: "fm-scroll fm-compare__region", tabindex: "0", role: "region" },
      this.table,
    );
    this.region.setAttribute("aria-label", "Models side by side");
    const bar = make("div", { class: "fm-compare__bar" }, this.form, this.tools);
    this.replaceChildren(bar, this.near, this.note, this.said, this.region);
  }

  /** The model that a name or an id means. @param {string} word */
  #found(word) {
    return this.words.get(word.trim().toLowerCase());
  }

  /** Show what the address says. */
  async #read() {
    const asked = new URLSearchParams(location.search);
    const words = [...new Set((asked.get("models") ?? "").split(",").filter(Boolean))];
    const known = words.filter((id) => this.names.has(id));
    const notes = [];
    const unknown = words.filter((id) => !known.includes(id));
    if (unknown.length) notes.push(`No such model in the catalog: ${unknown.join(", ")}.`);
    const over = known.slice(this.most);
    if (over.length)
      notes.push(`Left out, because ${this.most} fit side by side: ${over.join(", ")}.`);
    this.ids = known.slice(0, this.most);
    this.open = new Set((asked.get("equal") ?? "").split(",").filter(Boolean));
    await this.#show(notes.join(" "));
  }

  /** @param {"pushState" | "replaceState"} how */
  #write(how) {
    const parts = [];
    if (this.ids.length) parts.push(`models=${this.ids.join()}`);
    if (this.open.size) parts.push(`equal=${[...this.open].map(encodeURIComponent).join()}`);
    const query = parts.length ? `?${parts.join("&")}` : "";
    history[how](null, "", location.pathname + query);
  }

  /** @param {string} word */
  async #add(word) {
    const id = this.#found(word);
    if (!word.trim()) return;
    if (!id) return this.#tell(`No such model in the catalog: ${word.trim()}.`);
    if (this.ids.includes(id)) return this.#tell(`${word.trim()} is already here.`);
    if (this.ids.length >= this.most)
      return this.#tell(`${this.most} fit side by side: take one away first.`);
    this.ids = [...this.ids, id];
    this.#write("pushState");
    await this.#show("");
    if (this.field) this.field.value = "";
    this.field?.focus();
  }

  /** @param {string} id */
  async #drop(id) {
    const place = this.ids.indexOf(id);
    this.ids = this.ids.filter((one) => one !== id);
    this.#write("pushState");
    await this.#show("");
    /** @type {HTMLElement[]} */
    const rest = Array.from(this.table?.querySelectorAll("thead button") ?? []);
    (rest[Math.min(place, rest.length - 1)] ?? this.field)?.focus();
  }

  /** @param {string} text */
  #tell(text) {
    if (this.note) write(this.note, text);
  }

  /**
   * Read the page of a model. Only ids of the catalog come here, and no script of the page runs.
   * @param {string} id @returns {Promise<Column>}
   */
  #column(id) {
    let found = this.fetched.get(id);
    if (!found) {
      const address = new URL((this.dataset.model ?? "").replace("*", id), location.href);
      found = Promise.all([reader(), fetch(address)]).then(async ([{ ModelPage }, response]) => {
        if (!response.ok) throw new Error(`${response.status}`);
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        return new ModelPage(id, address, page).column();
      });
      this.fetched.set(id, found);
    }
    return found;
  }

  /** @param {string} note */
  async #show(note) {
    const turn = ++this.turn;
    try {
      const columns = await Promise.all(this.ids.map((id) => this.#column(id)));
      const groups = columns.length ? (await reader()).sideBySide(columns) : [];
      if (turn !== this.turn) return; // Another change came first.
      this.columns = columns;
      this.groups = groups;
    } catch {
      this.fetched.clear();
      this.#tell("The data could not be fetched. Reload the page to try again.");
      return;
    }
    this.#tell(note);
    this.#suggest();
    const { region, table, tools, said } = this;
    if (!region || !table || !tools || !said) return;
    region.hidden = !this.columns.length;
    tools.hidden = this.columns.length < 2;
    table.replaceChildren(this.#head(), ...this.groups.map((rows) => this.#body(rows)));
    table.dataset.columns = String(this.columns.length);
    this.#unfold(false);
  }

  #head() {
    const heads = this.columns.map((column) =>
      make(
        "th",
        { scope: "col", "data-id": column.id },
        make("a", { href: column.path }, column.name),
        " ",
        remover(`Take ${column.name} away`, () => this.#drop(column.id)),
        column.badge.cloneNode(true),
      ),
    );
    return make("thead", {}, make("tr", {}, make("td"), ...heads));
  }

  /** @param {Rows} rows */
  #body({ key, label, rows }) {
    const alone = this.columns.length < 2;
    const lines = rows.map((row) => {
      const sign = row.differs ? "differs" : "equal";
      const mark = alone ? null : make("span", { class: `fm-${sign}` }, sign);
      return make(
        "tr",
        { "data-row": row.key, "data-equal": !alone && !row.differs },
        make("th", { scope: "row" }, row.label, " ", mark),
        ...row.cells.map(({ inside }) => inside.cloneNode(true)),
      );
    });
    const equal = alone ? 0 : rows.filter((row) => !row.differs).length;
    const differ = rows.length - equal;
    const fold = make("button", {
      type: "button",
      class: "fm-side__fold",
      click: () => {
        const shown = new Set(this.open.has("all") ? this.groups.map((one) => one.key) : this.open);
        if (!shown.delete(key)) shown.add(key);
        this.open = shown;
        this.#unfold();
      },
    });
    fold.dataset.says = counted(equal, "row is equal", "rows are equal");
    const tally = make(
      "td",
      { colspan: String(this.columns.length) },
      make(
        "div",
        { class: "fm-side__tally" },
        !alone && differ ? make("span", { class: "fm-differs" }, counted(differ, "row differs", "rows differ")) : null,
        equal ? fold : null,
      ),
    );
    return make(
      "tbody",
      { "data-group": key },
      make("tr", { class: "fm-side__group" }, make("th", { scope: "rowgroup" }, label), tally),
      ...lines,
    );
  }

  /** Show or hide the equal rows as `open` says; no table is drawn anew. */
  #unfold(writing = true) {
    let equal = 0;
    let hidden = 0;
    for (const body of this.table?.tBodies ?? []) {
      const shown = this.open.has("all") || this.open.has(body.dataset.group ?? "");
      const rows = /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll("[data-equal]"));
      for (const row of rows) row.hidden = !shown;
      equal += rows.length;
      hidden += shown ? 0 : rows.length;
      const fold = /** @type {HTMLElement | null} */ (body.querySelector(".fm-side__fold"));
      fold?.setAttribute("aria-expanded", String(shown));
      if (fold) write(fold, `${fold.dataset.says}: ${shown ? "hide" : "show"}`);
    }
    if (this.all) this.all.checked = !hidden;
    if (writing) this.#write("replaceState");
    const differ = this.groups.flatMap(({ rows }) => rows).length - equal;
    const count = this.columns.length;
    const words =
      count > 1
        ? `${count} models: ${counted(differ, "row differs", "rows differ")}, ${counted(equal, "is", "are")} equal${hidden ? ` and ${hidden === equal ? "" : `${hidden} of them `}folded` : ""}.`
        : count
          ? "Add one more to compare."
          : "Pick two to six models.";
    if (this.said) write(this.said, words);
  }

  #suggest() {
    /** @type {Map<string, [string, string]>} */
    const found = new Map();
    for (const { near } of this.columns)
      for (const [id, name, why] of near) if (!this.ids.includes(id)) found.set(id, [name, why]);
    const some = this.ids.length < this.most ? [...found].slice(0, 4) : [];
    const made = some.map(([id, [name, why]]) =>
      make(
        "button",
        { type: "button", class: "fm-filter", title: why, click: () => this.#add(id) },
        make("span", { "aria-hidden": "true" }, "+ "),
        unseen("Add "),
        name,
      ),
    );
    this.near?.replaceChildren(...(made.length ? ["Near them: ", ...made.flatMap((one) => [one, " "])] : []));
  }

  /** @param {Format} format */
  async #content(format) {
    const { content } = await import("./files.js");
    const groups = this.brief?.checked
      ? this.groups
          .filter(({ key }) => key !== "record")
          .map((group) => ({ ...group, rows: group.rows.filter(({ differs }) => differs) }))
          .filter(({ rows }) => rows.length)
      : this.groups;
    return content(format, this.columns, groups, location.href);
  }

  async #copy() {
    await navigator.clipboard.writeText(await this.#content("md"));
    return "Copied";
  }

  /** @param {Format} format */
  async #save(format) {
    const { save } = await import("./files.js");
    save(`compare-${this.ids.join("-").slice(0, 80)}`, await this.#content(format), format);
    return "Saved";
  }
}

customElements.define("fm-compare", Compare);

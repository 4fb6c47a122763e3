// A form for a new record: no server, the catalog's own rules, its own layout.
// @ts-check
import { button, make, tell, write } from "../explore/dom.js";
import { complaint, slugged } from "./checks.js";
import { bringAll, keep, keepAll, kept } from "./draft.js";
import { part } from "./fields.js";
import { written } from "./layout.js";
import { Papers, Terms } from "./words.js";

/** @typedef {import("./layout.js").Field} Field */
/** @typedef {import("./layout.js").Mapping} Mapping */
/** @typedef {import("./fields.js").Part} Part */
/** @typedef {import("./fields.js").Problem} Problem */
/**
 * @typedef {object} Index
 * @property {Field[]} fields
 * @property {Record<string, import("./words.js").Term[]>} terms
 * @property {string[]} surveys
 * @property {import("./words.js").Paper[]} papers
 */

/** @type {[string, string[]][]} */
const ROOMS = [
  ["The paper", ["name", "title", "authors", "published", "category", "identifiers", "venue"]],
  ["What is open", ["links", "licence"]],
  ["What it works on", ["modalities", "organs", "tasks", "algorithms", "parameters"]],
  ["What it comes from", ["builds_on", "datasets"]],
  ["In your own words", ["summary", "key_ideas", "use_cases", "limitations"]],
  ["What training took", ["training"]],
  ["Where you read it", ["sources"]],
];
// A second person says so, and mistakes are mended, in another pull request.
const LATER = new Set(["reviewed", "corrections"]);
/** Beyond it forges and browsers refuse an address. */
const LONGEST = 8000;

class NewRecord extends HTMLElement {
  /** @type {Map<string, Part>} */
  parts = new Map();
  /** @type {Set<string>} */
  names = new Set();
  /** @type {Field[]} */
  fields = [];
  ready = false;

  async connectedCallback() {
    if (this.ready) return;
    try {
      const response = await fetch(this.dataset.index ?? "");
      if (!response.ok) return;
      this.#frame(await response.json());
    } catch {
      return; // The steps and the template that stand here without a script stay.
    }
  }

  /** @param {Index} index */
  #frame(index) {
    this.ready = true;
    this.fields = index.fields;
    this.papers = new Papers(index.papers);
    /** @type {Map<string, Terms>} */
    const terms = new Map();
    const records = index.papers.map(([id, names]) => /** @type {import("./words.js").Term} */ ([id, names[0], names.slice(1)]));
    /** @type {import("./fields.js").Kit} */
    const kit = {
      about: { today: new Date().toISOString().slice(0, 10), surveys: index.surveys },
      terms: (facet) => {
        const known = terms.get(facet) ?? new Terms(facet, index.terms[facet] ?? []);
        terms.set(facet, known);
        return known;
      },
      parents: new Terms("model or base model", [...(index.terms["base-model"] ?? []), ...records]),
      papers: this.papers,
      held: (name) => this.names.has(name),
      model: this.dataset.model ?? "",
      changed: () => this.#show(),
    };
    this.kit = kit;
    const rooms = ROOMS.map(([title, keys]) => this.#room(title, keys));
    const named = new Set(ROOMS.flatMap(([, keys]) => keys));
    const rest = index.fields.map(({ key }) => key).filter((key) => !named.has(key) && !LATER.has(key));
    rooms.push(this.#room("Also", rest));
    const template = this.querySelector("#template")?.closest("pre");
    const fold = make("details", { class: "fm-fold" }, make("summary", {}, "A commented record, to write it by hand"));
    if (template) fold.append(template);
    const form = make("form", { class: "fm-new__form", novalidate: true, "aria-label": "New record" }, ...rooms, fold);
    form.addEventListener("submit", (event) => event.preventDefault());
    const plain = this.querySelector(".fm-new__plain");
    this.append(form, this.#side());
    plain?.remove();
    this.#follow();
    const blank = JSON.stringify(this.#typed());
    try {
      this.#bring();
    } catch {
      // A draft of another day's questions; what could be read of it stands there.
    }
    this.blank = blank;
    this.#show();
  }

  /** @returns {import("./draft.js").Draft} */
  #typed() {
    return { id: this.id_?.value ?? "", parts: keepAll(this.parts) };
  }

  /** What was typed before this page was loaded anew. */
  #bring() {
    const draft = kept();
    if (!draft || !this.id_ || !this.told) return;
    bringAll(this.parts, draft.parts);
    this.id_.value = draft.id;
    /** @param {string} path */
    const said = (path) => /** @type {HTMLInputElement | null} */ (this.querySelector(`[name="${path}"]`));
    const source = said("sources.0.source");
    const papers = ["arxiv", "doi"].map((kind) => `${kind}:${said(`identifiers.${kind}`)?.value}`);
    // What the form filled in itself, it goes on to fill in.
    this.id_.dataset.own = draft.id === slugged(said("name")?.value ?? "") ? "" : "yes";
    if (source?.value && !papers.includes(source.value)) source.dataset.own = "yes";
    write(this.told, "What you wrote here before is back.");
  }

  #startOver() {
    if (!confirm("Throw away what you wrote here?")) return;
    this.ready = false;
    keep(null);
    location.reload();
  }

  /** @param {string} title @param {string[]} keys */
  #room(title, keys) {
    const room = make("section", { class: "fm-new__room" }, make("h2", {}, title));
    for (const key of keys) {
      const field = this.fields.find((field) => field.key === key);
      if (!field || !this.kit) continue;
      const made = part(field, key, this.kit);
      this.parts.set(key, made);
      room.append(made.node);
    }
    return room;
  }

  #side() {
    this.id_ = make("input", { id: "new-id", type: "text", autocomplete: "off", "aria-describedby": "new-id-says" });
    this.id_.addEventListener("input", () => {
      if (this.id_) this.id_.dataset.own = this.id_.value ? "yes" : "";
      this.#show();
    });
    this.idSays = make("p", { class: "fm-new__says", id: "new-id-says" });
    this.count = make("p", { class: "fm-new__count", role: "status" });
    this.list = make("ol", { class: "fm-new__problems" });
    this.code = make("code", { id: "new-yaml" });
    this.told = make("p", { class: "fm-note", role: "status" });
    this.over = button("Start over", () => this.#startOver());
    const copy = button("Copy", () => tell(copy, this.#copy()), { class: "fm-button fm-button--main" });
    return make(
      "aside",
      { class: "fm-new__side", "aria-label": "The record" },
      make("h2", {}, "The record"),
      this.count,
      this.list,
      make("label", { for: "new-id" }, "File name"),
      make("div", { class: "fm-new__row" }, this.id_, make("span", {}, ".yaml")),
      this.idSays,
      make("pre", { class: "fm-code", tabindex: "0", role: "region", "aria-label": "The record as YAML" }, this.code),
      make(
        "p",
        { class: "fm-actions" },
        copy,
        button("Download", () => this.#download()),
        this.dataset.repository ? button("Open on GitHub", () => this.#open()) : "",
        this.over,
      ),
      make(
        "p",
        { class: "fm-note" },
        "What you write stays in this tab until you close it or start over. The file belongs into ",
        make("code", {}, "catalog/models/"),
        " of the repository, by a pull request.",
      ),
      this.told,
    );
  }

  /** The file is named after the model, and the first source is the paper, until somebody says otherwise. */
  #follow() {
    /** @param {string} path */
    const input = (path) => /** @type {HTMLInputElement | null} */ (this.querySelector(`[name="${path}"]`));
    input("name")?.addEventListener("input", (event) => {
      if (this.id_ && !this.id_.dataset.own && event.target instanceof HTMLInputElement) {
        this.id_.value = slugged(event.target.value);
        this.#show();
      }
    });
    const accessed = input("sources.0.accessed");
    if (accessed && this.kit) accessed.value = this.kit.about.today;
    const source = input("sources.0.source");
    source?.addEventListener("input", () => (source.dataset.own = "yes"));
    for (const [path, prefix] of [["identifiers.arxiv", "arxiv:"], ["identifiers.doi", "doi:"]]) {
      const from = input(path);
      from?.addEventListener("change", () => {
        const fits = from.value && this.kit && !complaint(prefix.slice(0, -1), from.value.trim(), this.kit.about);
        if (!source || !fits || source.dataset.own) return;
        source.value = prefix + from.value.trim();
        this.#show();
      });
    }
  }

  /** @returns {Mapping} */
  #record() {
    /** @type {Mapping} */
    const record = {};
    for (const [key, made] of this.parts) {
      const value = made.value();
      if (value !== undefined) record[key] = value;
    }
    const sources = /** @type {Mapping[]} */ (Array.isArray(record.sources) ? record.sources : []);
    if (sources[0] && !sources[0].fields) {
      const others = new Set(sources.flatMap(({ fields }) => /** @type {string[]} */ (fields ?? [])));
      const rest = this.fields
        .map(({ key }) => key)
        .filter((key) => key in record && key !== "sources" && !others.has(key));
      if (rest.length) sources[0].fields = rest;
    }
    return record;
  }

  #show() {
    if (!this.ready || !this.kit || !this.count || !this.list || !this.code || !this.over) return;
    const record = this.#record();
    this.names = named(record);
    const found = [...this.parts.values()].flatMap((made) => made.problems());
    const wrongId = this.#wrongId();
    if (wrongId) found.push(wrongId);
    const needed = found.filter((problem) => problem.needed).length;
    const wrong = found.length - needed;
    const said = [needed && `${needed} still needed`, wrong && `${wrong} to mend`].filter(Boolean);
    write(this.count, said.length ? `${said.join(", ")}.` : "In order: the check finds nothing here.");
    this.#list(found);
    this.yaml = written(record, this.fields);
    write(this.code, this.yaml);
    const draft = this.#typed();
    this.over.hidden = JSON.stringify(draft) === this.blank;
    if (this.blank) keep(this.over.hidden ? null : draft);
  }

  /**
   * Lists the problems. A line that stays is left alone: what is pressed on it while the field before
   * it is left would otherwise be lost.
   * @param {Problem[]} found
   */
  #list(found) {
    const list = this.list;
    if (!list) return;
    const shown = found.slice(0, 8);
    this.places = new Map(shown.map((problem) => [`${problem.name}: ${problem.says}`, problem.at]));
    const labels = [...this.places.keys()];
    if (found.length > 8) labels.push(`and ${found.length - 8} more`);
    for (const line of [...list.children]) if (!labels.includes(line.textContent ?? "")) line.remove();
    labels.forEach((label, place) => {
      const here = list.children[place] ?? null;
      if (here?.textContent === label) return;
      const leads = this.places?.has(label);
      const go = () => this.places?.get(label)?.focus();
      list.insertBefore(make("li", {}, leads ? button(label, go, { class: "fm-new__link" }) : label), here);
    });
    while (list.children.length > labels.length) list.lastElementChild?.remove();
  }

  /** @returns {Problem | null} */
  #wrongId() {
    const at = this.id_;
    if (!at || !this.kit || !this.idSays) return null;
    const id = at.value.trim();
    /** @param {string} says */
    const problem = (says) => ({ name: "File name", says, at, needed: !id });
    const found = complaint("slug", id, this.kit.about);
    let wrong = null;
    if (!id) wrong = problem("needed");
    else if (found) wrong = problem(`'${id}' ${found.says}`);
    else if (this.papers?.ids.has(id)) wrong = problem(`'${id}' is here already: mend that record instead`);
    write(this.idSays, wrong && id ? wrong.says : "");
    this.idSays.hidden = !wrong || !id;
    at.setAttribute("aria-invalid", String(Boolean(wrong && id)));
    return wrong;
  }

  async #copy() {
    await navigator.clipboard.writeText(this.yaml ?? "");
    return "Copied";
  }

  /** @returns {string} */
  get file() {
    return `${this.id_?.value.trim() || "my-model"}.yaml`;
  }

  #download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.yaml ?? ""], { type: "text/yaml;charset=utf-8" }));
    link.download = this.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  #open() {
    if (!this.told) return;
    const repository = this.dataset.repository ?? "";
    const place = `catalog/models/${this.file}`;
    const page = `${repository}/new/main?filename=${encodeURIComponent(place)}`;
    const whole = `${page}&value=${encodeURIComponent(this.yaml ?? "")}`;
    const long = whole.length > LONGEST;
    write(this.told, long ? "The record is too long for an address: copy it, and paste it there." : "");
    window.open(long ? page : whole, "_blank", "noopener");
  }
}

/** The names that a source can give of a record. @param {Mapping} record */
function named(record) {
  /** @type {Set<string>} */
  const names = new Set();
  for (const [key, value] of Object.entries(record)) {
    if (key === "sources") continue;
    names.add(key);
    if (typeof value === "string") continue;
    if (!Array.isArray(value)) for (const inner of Object.keys(value)) names.add(`${key}.${inner}`);
    else if (key === "training") {
      for (const stage of value) {
        if (typeof stage === "string") continue;
        names.add(`training.${stage.stage}`);
        for (const inner of Object.keys(stage)) names.add(`training.${stage.stage}.${inner}`);
      }
    }
  }
  return names;
}

customElements.define("fm-new", NewRecord);

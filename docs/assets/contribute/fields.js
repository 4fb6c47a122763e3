// The questions of the form: each knows its answer, and what is wrong with it.
// @ts-check
import { button, make } from "../explore/dom.js";
import { complaint } from "./checks.js";
import { bringAll, keepAll } from "./draft.js";
import { single, words } from "./words.js";

/** @typedef {import("./layout.js").Field} Field */
/** @typedef {import("./layout.js").Value} Value */
/** @typedef {import("./layout.js").Mapping} Mapping */
/** @typedef {import("./checks.js").Complaint} Complaint */
/** @typedef {import("./draft.js").Kept} Kept */
/** @typedef {{name: string, says: string, at: HTMLElement, needed?: boolean, use?: string, take?: () => void, record?: string}} Problem */
/**
 * @typedef {object} Part
 * @property {HTMLElement} node
 * @property {() => Value | undefined} value
 * @property {() => Problem[]} problems
 * @property {() => Kept | undefined} keep What was typed, if anything was.
 * @property {(kept: Kept) => void} bring Puts it back.
 */
/**
 * What the questions know of the rest.
 * @typedef {object} Kit
 * @property {{today: string, surveys: string[]}} about
 * @property {(facet: string) => import("./words.js").Terms} terms
 * @property {import("./words.js").Terms} parents
 * @property {import("./words.js").Papers} papers
 * @property {(field: string) => boolean} held Whether the record has a value of this name.
 * @property {string} model Address of a model's page, with a star for its id.
 * @property {() => void} changed
 */

const MISSING = ["not-reported", "not-applicable"];
const SPLIT = new Set(["authors", "aliases", "fields"]);
const PAPER = new Map(
  /** @type {[string, "name" | "title" | "number"][]} */ ([
    ["name", "name"],
    ["aliases", "name"],
    ["title", "title"],
    ["other_titles", "title"],
    ["identifiers.arxiv", "number"],
    ["identifiers.doi", "number"],
    ["identifiers.preprint_doi", "number"],
  ]),
);

/** @param {string} text */
const normal = (text) => text.normalize("NFC").trim().replace(/\s+/g, " ");

/** @param {Field} field @param {string} path @param {Kit} kit @returns {Part} */
export function part(field, path, kit) {
  if (field.kind === "group") return group(field, path, kit);
  if (field.kind === "list") return list(field, path, kit);
  return new Leaf(field, path, kit);
}

/** @param {Field[]} fields @param {string} path @param {Kit} kit */
const inner = (fields, path, kit) =>
  fields.map((field) => ({ field, part: part(field, `${path}.${field.key}`, kit) }));

/** @param {ReturnType<typeof inner>} parts @returns {Mapping | undefined} */
function answers(parts) {
  /** @type {Mapping} */
  const found = {};
  for (const { field, part } of parts) {
    const value = part.value();
    if (value !== undefined) found[field.key] = value;
  }
  return Object.keys(found).length ? found : undefined;
}

/** @param {ReturnType<typeof inner>} parts */
const keyed = (parts) => parts.map(({ field, part }) => /** @type {[string, Part]} */ ([field.key, part]));

/** @param {Field} field @param {string} path @param {Kit} kit @returns {Part} */
function group(field, path, kit) {
  const parts = inner(field.fields ?? [], path, kit);
  const node = make(
    "fieldset",
    { class: "fm-new__group" },
    make("legend", {}, words(field.key)),
    make("p", { class: "fm-note" }, field.about),
    ...parts.map(({ part }) => part.node),
  );
  const value = () => answers(parts);
  const problems = () => {
    const empty = value() === undefined;
    return parts.flatMap(({ part }) => part.problems()).filter((found) => !(empty && found.needed));
  };
  const keep = () => {
    const found = keepAll(keyed(parts));
    return Object.keys(found).length ? { parts: found } : undefined;
  };
  return { node, value, problems, keep, bring: (kept) => bringAll(keyed(parts), kept.parts ?? {}) };
}

/** @param {Field} field @param {string} path @param {Kit} kit @returns {Part} */
function list(field, path, kit) {
  /** @type {{parts: ReturnType<typeof inner>, node: HTMLElement}[]} */
  let items = [];
  let count = 0;
  const one = single(field.key);
  const place = make("div");
  const missed = () => {
    place.hidden = add.hidden = Boolean(missing?.value);
    kit.changed();
  };
  const missing = field.missing ? missingChoice(path, words(field.key), missed) : null;
  const grow = () => {
    const parts = inner(field.fields ?? [], `${path}.${count++}`, kit);
    const node = make("fieldset", { class: "fm-new__item" }, make("legend", {}, `${words(one)} ${count}`));
    node.append(...parts.map(({ part }) => part.node));
    const item = { parts, node };
    node.append(
      button(`Remove this ${one}`, () => {
        items = items.filter((other) => other !== item);
        node.remove();
        add.focus();
        kit.changed();
      }),
    );
    items.push(item);
    place.append(node);
    return node;
  };
  const add = button(`Add a ${one}`, () => {
    /** @type {HTMLElement | null} */ (grow().querySelector("input, select, textarea"))?.focus();
    kit.changed();
  });
  if (field.required) grow();
  const node = make(
    "fieldset",
    { class: "fm-new__group" },
    make("legend", {}, words(field.key)),
    make("p", { class: "fm-note" }, field.about),
    missing,
    place,
    add,
  );
  /** @returns {Value | undefined} */
  const value = () => {
    if (missing?.value) return missing.value;
    const found = items.map(({ parts }) => answers(parts)).filter((item) => item !== undefined);
    return found.length ? found : undefined;
  };
  const problems = () => {
    if (missing?.value) return [];
    const found = items.flatMap(({ parts }) => parts.flatMap(({ part }) => part.problems()));
    if (field.required && !items.length) {
      found.push({ name: words(field.key), says: "needed", at: add, needed: true });
    }
    return found;
  };
  /** @returns {Kept | undefined} */
  const keep = () => {
    if (missing?.value) return { missing: missing.value };
    return items.length ? { items: items.map(({ parts }) => keepAll(keyed(parts))) } : undefined;
  };
  /** @param {Kept} kept */
  const bring = (kept) => {
    kept.items?.forEach((item, number) => {
      if (number >= items.length) grow();
      bringAll(keyed(items[number].parts), item);
    });
    if (missing) missing.value = kept.missing ?? "";
    missed();
  };
  return { node, value, problems, keep, bring };
}

/** @param {string} path @param {string} label @param {() => void} changed */
function missingChoice(path, label, changed) {
  const options = [["", "a value, or not looked up"], ...MISSING.map((word) => [word, word.replace("-", " ")])];
  const choice = make("select", { id: `new-${path}-missing`, "aria-label": `${label}: is there a value?` });
  choice.append(...options.map(([value, text]) => make("option", { value }, text)));
  choice.addEventListener("change", changed);
  return choice;
}

/** @implements {Part} */
class Leaf {
  /** @type {string[]} */
  chosen = [];
  touched = false;

  /** @param {Field} field @param {string} path @param {Kit} kit */
  constructor(field, path, kit) {
    this.field = field;
    this.path = path;
    this.kit = kit;
    const home = path.split(".").slice(0, -1);
    this.name = words(field.key);
    this.called = [...home.map((key) => (/^[0-9]+$/.test(key) ? String(Number(key) + 1) : words(key))), this.name].join(", ");
    this.terms =
      field.kind === "term" ? kit.terms(field.facet ?? "") : path.startsWith("builds_on.") && field.kind === "slug" ? kit.parents : null;
    this.input = this.#input();
    this.says = make("p", { class: "fm-new__says", id: `new-${path}-says`, hidden: true });
    this.missing = field.missing ? missingChoice(path, this.name, () => this.#missed()) : null;
    this.chips = this.terms && field.several ? make("ul", { class: "fm-chips" }) : null;
    this.node = make(
      "div",
      { class: "fm-new__field" },
      make(
        "label",
        { for: this.input.id },
        this.name,
        field.required && path !== "sources.0.fields" ? make("span", { class: "fm-count" }, " needed") : null,
      ),
      make("p", { class: "fm-note", id: `new-${path}-about` }, this.#about()),
      this.chips,
      make("div", { class: "fm-new__row" }, this.input, this.missing),
      this.says,
    );
    this.input.addEventListener("input", () => kit.changed());
    this.input.addEventListener("change", () => this.#settle());
    this.input.addEventListener("blur", () => this.#settle());
    if (this.chips) {
      this.input.addEventListener("keydown", (event) => {
        if (!(event instanceof KeyboardEvent) || (event.key !== "Enter" && event.key !== ",")) return;
        event.preventDefault();
        this.#settle();
      });
    }
  }

  #about() {
    const { key, several, kind } = this.field;
    if (this.path === "sources.0.fields") return "Left empty: every value that no other source names.";
    if (this.chips) return `${this.field.about} Enter takes one.`;
    if (!several) return this.field.about;
    return `${this.field.about} ${kind === "prose" || !SPLIT.has(key) ? "One a line." : "One a line, or between commas."}`;
  }

  #input() {
    const { field, path } = this;
    const about = {
      id: `new-${path}`,
      name: path,
      autocomplete: "off",
      "aria-describedby": `new-${path}-about new-${path}-says`,
    };
    if (field.kind === "choice" || field.facet === "category") {
      const options =
        field.options?.map((option) => [option, option]) ??
        this.terms?.terms.map(([id, label]) => [id, label]) ??
        [];
      const choice = make("select", about, make("option", { value: "" }, ""));
      choice.append(...options.map(([value, label]) => make("option", { value }, label)));
      return choice;
    }
    if (field.kind === "prose" || (field.several && !this.terms)) {
      return make("textarea", { ...about, rows: field.kind === "prose" ? "4" : "2" });
    }
    if (!this.terms) return make("input", { ...about, type: "text" });
    const id = `new-terms-${field.kind === "slug" ? "parents" : field.facet}`;
    if (!document.getElementById(id)) {
      const offered = make("datalist", { id });
      offered.append(...this.terms.terms.map(([value, label]) => make("option", { value, label })));
      document.querySelector("fm-new")?.append(offered);
    }
    return make("input", { ...about, type: "text", list: id });
  }

  /** What stands in the box is meant now: say what is wrong with it, take a term. */
  #settle() {
    const text = normal(this.input.value);
    if (text) this.touched = true;
    if (this.chips && text && this.terms) {
      const found = this.terms.complaint(text);
      if (!found || found.says.startsWith("is another word")) this.#take(found?.use ?? text);
    }
    this.kit.changed();
  }

  /** @param {string} id */
  #take(id) {
    this.input.value = "";
    if (!this.chosen.includes(id)) this.chosen.push(id);
    this.#draw();
  }

  #draw() {
    this.chips?.replaceChildren(
      ...this.chosen.map((id) => {
        const away = () => {
          this.chosen = this.chosen.filter((other) => other !== id);
          this.#draw();
          this.input.focus();
          this.kit.changed();
        };
        const cross = make("span", { "aria-hidden": "true" }, " ×");
        const about = { type: "button", class: "fm-chip", "aria-label": `Remove ${id}`, click: away };
        return make("li", {}, make("button", about, id, cross));
      }),
    );
  }

  #missed() {
    const there = !this.missing?.value;
    this.input.disabled = !there;
    if (this.chips) this.chips.hidden = !there;
    this.kit.changed();
  }

  /** @returns {Kept | undefined} */
  keep() {
    if (this.missing?.value) return { missing: this.missing.value };
    const text = this.input.value;
    return text || this.chosen.length ? { text, chosen: this.chosen } : undefined;
  }

  /** @param {Kept} kept */
  bring(kept) {
    this.input.value = kept.text ?? "";
    this.chosen = kept.chosen ?? [];
    this.#draw();
    if (this.missing) this.missing.value = kept.missing ?? "";
    this.touched = Boolean(kept.text);
    this.#missed();
  }

  /** @returns {Value | undefined} */
  value() {
    if (this.missing?.value) return this.missing.value;
    if (this.chips) return this.chosen.length ? this.chosen : undefined;
    if (!this.field.several) return normal(this.input.value) || undefined;
    const parts = this.input.value.split(SPLIT.has(this.field.key) ? /[\n,;]+/ : /\n+/);
    const found = parts.map(normal).filter(Boolean);
    return found.length ? found : undefined;
  }

  /** @param {string} text @returns {Complaint & {record?: string} | null} */
  #wrong(text) {
    if (this.terms && this.field.kind !== "slug") return this.terms.complaint(text);
    const found = this.field.kind === "choice" ? null : complaint(this.field.kind, text, this.kit.about);
    if (found) return found;
    if (this.terms) return this.terms.complaint(text);
    if (this.field.key === "fields" && !this.kit.held(text)) {
      return { says: "is no value of the record" };
    }
    const kind = PAPER.get(this.path);
    const record = kind && this.kit.papers.here(kind, text);
    return record ? { says: `is here already: mend the record '${record}' instead`, record } : null;
  }

  /** @returns {Problem[]} */
  problems() {
    const value = this.value();
    /** @type {Problem[]} */
    const found = [];
    const add = (/** @type {string} */ text) => {
      const wrong = this.#wrong(text);
      if (!wrong) return;
      const take = wrong.use === undefined ? undefined : () => this.#use(text, wrong.use ?? "");
      found.push({ name: this.called, says: `'${text.slice(0, 60)}' ${wrong.says}`, at: this.input, use: wrong.use, take, record: wrong.record });
    };
    const written = this.chips && !this.missing?.value ? normal(this.input.value) : "";
    if (written) add(written);
    if (value === undefined && this.field.required && !written && this.path !== "sources.0.fields") {
      found.push({ name: this.called, says: "needed", at: this.input, needed: true });
    } else if (value !== undefined && !this.missing?.value) {
      for (const text of Array.isArray(value) ? value : [value]) if (typeof text === "string") add(text);
    }
    this.#show(found.filter((problem) => !problem.needed));
    return found;
  }

  /** @param {string} text @param {string} use */
  #use(text, use) {
    if (this.chips) this.#take(use);
    else this.input.value = normal(this.input.value) === text ? use : this.input.value.replace(text, use);
    this.input.focus();
    this.kit.changed();
  }

  /** @param {Problem[]} found */
  #show(found) {
    const shown = this.touched ? found : [];
    const said = shown.map((problem) => `${problem.says} ${problem.use ?? ""}`).join("\n");
    this.input.setAttribute("aria-invalid", String(shown.length > 0));
    this.says.hidden = !shown.length;
    if (this.says.dataset.said === said) return;
    this.says.dataset.said = said;
    this.says.replaceChildren(
      ...shown.flatMap((problem) => [
        make("span", {}, `${problem.says} `),
        ...(problem.take ? [button(`Use ${problem.use}`, problem.take)] : []),
        ...(problem.record
          ? [make("a", { href: this.kit.model.replace("*", problem.record) }, "See it")]
          : []),
      ]),
    );
  }
}

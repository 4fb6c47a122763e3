// Columns of a comparison: read from the pages of the models, and put beside each other.
// views/columns.py makes the same ones for the comparisons that need no script.
// @ts-check
import { make } from "../explore/dom.js";

/**
 * What is in a cell, to be copied; the same as plain text; and what makes two cells equal, for which
 * the order of terms does not count.
 * @typedef {{inside: Element, words: string, same: string}} Cell
 */
/** @typedef {{key: string, label: string, rows: {key: string, label: string, cell: Cell}[]}} Section */
/**
 * @typedef {{id: string, name: string, path: string, badge: Node, sections: Section[],
 *   empty: Cell, noStage: Cell, near: [id: string, name: string, why: string][],
 *   bibtex: string}} Column
 */
/** @typedef {{key: string, label: string, differs: boolean, cells: Cell[]}} Row */
/** @typedef {{key: string, label: string, rows: Row[]}} Rows */
/** @typedef {(Node | string)[]} Parts */
/** @typedef {[label: string, ...value: Parts]} Fact */

/** Which facts of a page a section has; the last section has all others. */
const FACTS = {
  paper: ["First version", "Venue", "arXiv", "DOI", "Preprint", "PubMed", "Also known as"],
  kind: ["Group", "Modality", "Organ", "Task", "Algorithm", "Parameters", "Tier"],
  open: ["Licence of the code", "Licence of the weights", "Public code", "Public weights"],
  data: ["Data"],
};

/** @type {Record<string, string>} */
const MISSING = {
  "not-reported": "not reported",
  "not-applicable": "not applicable",
  absent: "not looked up",
};

/** @param {ParentNode} at @param {string} selector */
const all = (at, selector) => [...at.querySelectorAll(selector)];

/** @param {Element} at @returns {HTMLAnchorElement[]} */
const links = (at) => [...at.querySelectorAll("a")];

/** @param {Element} link */
const href = (link) => link.getAttribute("href") ?? "";

/** @param {string} address */
const host = (address) => address.split(/[/?#]/)[2]?.replace(/^www\./, "");

/** @param {Node | null} at */
const words = (at) => (at?.textContent ?? "").replace(/\s+/g, " ").trim();

/** @param {string} label */
const slug = (label) => label.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** @param {string} kind */
const missing = (kind) => make("span", { class: `fm-missing fm-missing--${kind}` }, MISSING[kind]);

/** @param {string} text */
const quiet = (text) => make("span", { class: "fm-count" }, `(${text})`);

/** @param {Parts[]} parts @returns {Parts} */
const listed = (parts) => parts.flatMap((part, place) => (place ? [", ", ...part] : part));

/** @param {Element} list @returns {Fact[]} */
const facts = (list) =>
  [...list.children].map(({ children: [label, value] }) => [words(label), ...value.childNodes]);

/** Say of a total that cannot be computed what kind of factor is missing. @param {Fact[]} stage */
function withTotal(stage) {
  const labels = stage.map(([label]) => label);
  if (labels.includes("Memory together")) return stage;
  const factors = stage.filter(([label]) => label === "GPUs" || label === "Memory each").flat();
  /** @param {string} kind */
  const lacks = (kind) =>
    factors.some((part) => part instanceof Element && part.matches(`.fm-missing--${kind}`));
  const kind = ["not-reported", "not-applicable"].find(lacks) ?? "absent";
  /** @type {Fact} */
  const total = ["Memory together", missing(kind)];
  return stage.toSpliced(labels.indexOf("Memory each") + 1 || stage.length, 0, total);
}

/** The page of a model; what it says is copied as it stands there. */
export class ModelPage {
  /** @param {string} id @param {URL} address Of the page. @param {Document} page */
  constructor(id, address, page) {
    this.id = id;
    this.address = address;
    this.page = page;
    this.name = words(this.one("h1 > bdi"));
    this.sources = all(page, ".fm-sources > li").map((source) => {
      const [title] = words(source).split(". Source of: ");
      const link = make("a", { href: `#${source.id}`, title }, source.id.replace("source-", ""));
      return {
        fields: words(source.querySelector(".fm-count")).replace(/^Source of: |\.$/g, "").split(", "),
        mark: make("sup", { class: "fm-source" }, link),
      };
    });
  }

  /** @param {string} selector */
  one(selector) {
    const found = this.page.querySelector(selector);
    if (!found) throw new Error(`${this.address} has no ${selector}`);
    return found;
  }

  /** The list under a heading that stands beside another one, if there is one. @param {string} heading */
  under(heading) {
    const sections = all(this.page, ".fm-columns > section").map(({ children }) => [...children]);
    return sections.flatMap(([head, list]) => (words(head) === heading ? [list] : []));
  }

  /** Marks of the sources of a value: those that name it, or what it is part of. @param {string} field */
  marks(field) {
    /** @param {string} name */
    const named = (name) => this.sources.filter(({ fields }) => fields.includes(name));
    const exact = named(field);
    return (exact.length ? exact : named(field.split(".")[0])).map(({ mark }) => mark);
  }

  /** Why a value is not there of which the page then says nothing. @param {string} field */
  lack(field) {
    return this.one(".fm-page").getAttribute(`data-no-${slug(field)}`) ?? "absent";
  }

  /**
   * A value with its marks, or why it is not there.
   * @param {string} label @param {string} field @param {Parts} value @returns {Fact}
   */
  fact(label, field, value) {
    if (value.length) return [label, ...value, ...this.marks(field)];
    const kind = this.lack(field);
    // Nobody's source stands for what was not looked up.
    return [label, missing(kind), ...(kind === "absent" ? [] : this.marks(field))];
  }

  /** @param {string} heading @returns {Parts} */
  kin(heading) {
    return listed(this.under(heading).flatMap(facts).map(([how, ...to]) => [...to, " ", quiet(how)]));
  }

  /** @param {Parts} parts @returns {Cell} */
  cell(...parts) {
    const copies = parts.map((part) => (part instanceof Node ? part.cloneNode(true) : part));
    const inside = make("td", {}, ...copies);
    for (const chips of all(inside, ".fm-chips")) {
      for (const chip of links(chips)) chip.removeAttribute("class");
      chips.replaceWith(...listed(links(chips).map((chip) => [chip])));
    }
    const outside = links(inside).filter((link) => link.relList.contains("external"));
    for (const link of links(inside)) {
      const { pathname, search, hash } = new URL(href(link), this.address);
      if (!outside.includes(link)) link.setAttribute("href", pathname + search + hash);
      if (link.closest(".fm-source"))
        link.setAttribute("aria-label", `Source ${link.text} of ${this.name}`);
    }
    // Two models may have their code on the same host: side by side the whole address tells them.
    const hosts = outside.filter((link) => link.text === host(href(link)));
    for (const link of hosts) link.text = href(link);
    const said = make("td", {}, ...inside.cloneNode(true).childNodes);
    for (const link of hosts) link.text = href(link).replace(/^[^:]*:\/\/(www\.)?|\/+$/g, "");
    for (const more of all(said, ".fm-source, .fm-printed")) more.remove();
    const items = all(said, "li").map(words);
    const text = items.length ? items.join("; ") : words(said);
    const terms = links(said).map((link) => {
      const note = link.nextElementSibling;
      return note?.matches(".fm-count") ? `${words(link)} ${words(note)}` : words(link);
    });
    const rest = text.slice(terms.join(", ").length);
    return { inside, words: text, same: terms.length > 1 ? terms.sort().join(", ") + rest : text };
  }

  /** @param {string} key @param {string} label @param {Fact[]} rows @returns {Section} */
  section(key, label, rows) {
    return {
      key,
      label,
      rows: rows.map(([name, ...value]) => ({ key: slug(name), label: name, cell: this.cell(...value) })),
    };
  }

  /** @returns {Section[]} */
  stages() {
    const labels = all(this.page, "#training + div > h3").map(words);
    const training = labels.join(", ") || missing(this.lack("training"));
    return [
      this.section("training", "Training", [["Stages", training]]),
      ...all(this.page, "#training + div > dl").map((list, place) => {
        const nth = labels.slice(0, place + 1).filter((label) => label === labels[place]).length;
        const name = labels[place].toLowerCase() + (nth > 1 ? ` ${nth}` : "");
        return this.section(`training:${slug(name)}`, `Stage: ${name}`, withTotal(facts(list)));
      }),
    ];
  }

  /** @returns {Section[]} */
  sections() {
    const { page } = this;
    const known = all(page, ".fm-page > .fm-facts").flatMap(facts);
    const elsewhere = Object.values(FACTS).flat();
    /** @param {string[]} labels */
    const picked = (labels) => labels.flatMap((label) => known.filter(([name]) => name === label));
    const title = this.fact("Title", "title", [words(this.one(".fm-subtitle").firstChild)]);
    const names = all(page, ".fm-byline > bdi").map(words).join(", ");
    const others = all(page, ".fm-byline > .fm-count").flatMap((one) => [" ", quiet(words(one))]);
    const addresses = new Map(links(this.one(".fm-actions")).map((link) => [link.text, href(link)]));
    const further = ["Paper", "Demo", "Data", "Project"].map((label) => {
      const key = label.toLowerCase();
      const address = addresses.get(label) ?? "";
      const link = make("a", { href: address, rel: "external noopener" }, host(address) ?? "");
      return this.fact(`Link: ${key}`, `links.${key}`, address ? [link] : []);
    });
    const children = this.kin("Built on by");
    const summary = [...this.one(".fm-lede").childNodes].filter((one) => one instanceof Text);
    const errata = all(page, ".fm-erratum:not(.fm-erratum--right)").map((one) => [
      make("a", { href: `#${one.id}` }, words(one.children[0])),
    ]);
    return [
      this.section("paper", "Paper", [
        title,
        [...this.fact("Authors", "authors", [names]), ...others],
        ...picked(FACTS.paper),
      ]),
      this.section("kind", "What it is", picked(FACTS.kind)),
      ...this.stages(),
      this.section("open", "Licences and links", [...picked(FACTS.open), ...further]),
      this.section("lineage", "Lineage", [
        this.fact("Builds on", "builds on", this.kin("Builds on")),
        ["Built on by", ...(children.length ? children : ["nothing in this catalog"])],
      ]),
      this.section("data", "Data", picked(FACTS.data)),
      this.section("words", "In words", [
        this.fact("Summary", "summary", summary),
        this.fact("Key ideas", "key ideas", all(page, "#key-ideas + div > ul")),
        this.fact("Uses", "use cases", this.under("Uses")),
        this.fact("Limits", "limitations", this.under("Limits")),
      ]),
      this.section("record", "The record", [
        ...known.filter(([label]) => !elsewhere.includes(label)),
        ["What the survey has otherwise", ...(errata.length ? listed(errata) : ["nothing"])],
      ]),
    ];
  }

  /** @returns {Column} */
  column() {
    const { id, name } = this;
    const staged = this.page.querySelector("#training + div > h3");
    return {
      id,
      name,
      path: this.address.pathname,
      badge: this.cell(this.one(".fm-standing > .fm-badge")).inside.children[0],
      sections: this.sections(),
      empty: this.cell(missing("absent")),
      noStage: this.cell(staged ? "no such stage" : missing(this.lack("training"))),
      near: all(this.page, ".fm-cards > li").map((card) => {
        const [link] = links(card);
        return [href(link).split("/").at(-2) ?? "", link.text, words(card.children[1])];
      }),
      bibtex: this.one("#bibtex").textContent ?? "",
    };
  }
}

/** Join lists of keys: a new one stands behind the one it follows in its list. @param {string[][]} lists */
function merged(lists) {
  /** @type {string[]} */
  const whole = [];
  for (const keys of lists) {
    let place = 0;
    for (const key of keys) {
      const found = whole.indexOf(key);
      if (found < 0) whole.splice(place, 0, key);
      place = found < 0 ? place + 1 : found + 1;
    }
  }
  return whole;
}

/** The rows of some models beside each other. @param {Column[]} columns @returns {Rows[]} */
export function sideBySide(columns) {
  const sections = columns.map((one) => new Map(one.sections.map((part) => [part.key, part])));
  return merged(sections.map((one) => [...one.keys()])).map((key) => {
    const parts = sections.map((one) => one.get(key));
    const rows = parts.map((part) => new Map(part?.rows.map((row) => [row.key, row])));
    const stage = key.startsWith("training:");
    return {
      key,
      label: parts.find((part) => part)?.label ?? key,
      rows: merged(rows.map((one) => [...one.keys()])).map((name) => {
        const cells = columns.map(
          (column, place) =>
            rows[place].get(name)?.cell ??
            (stage && !parts[place] ? column.noStage : column.empty),
        );
        return {
          key: name,
          label: rows.find((one) => one.has(name))?.get(name)?.label ?? name,
          differs: new Set(cells.map((cell) => cell.same)).size > 1,
          cells,
        };
      }),
    };
  });
}

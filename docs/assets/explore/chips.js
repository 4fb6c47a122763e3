// The filters in use, each with a way to drop it; what to drop where nothing is found; and what
// they leave out only because a record names no single term, or nothing is known.
// @ts-check
import { button, make, remover } from "./dom.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Answer} Answer */
/** @typedef {[string, string]} Pair */

export class Chips {
  /**
   * @param {Engine} engine
   * @param {{drop: (pairs: Pair[]) => void, clear: () => void, rest: () => void,
   *   add: (facet: import("./facet.js").Facet, place: number) => void,
   *   lift: (key: string) => void}} does `rest` gives the
   *   focus a place when there is no chip left to have it.
   */
  constructor(engine, does) {
    this.engine = engine;
    this.does = does;
    this.element = make("ul", { class: "fm-filters", "aria-label": "Filters in use" });
    this.help = make("div", { class: "fm-nothing", hidden: true });
    this.more = make("p", { class: "fm-unlisted", hidden: true });
    this.clear = make(
      "li",
      { "data-filter": "" },
      make(
        "button",
        { type: "button", class: "fm-filter fm-filter--all", click: does.clear },
        "Clear all",
      ),
    );
  }

  /** A filter in words: what it is about, and what it asks for. @param {Pair} pair */
  words([key, value]) {
    const facet = this.engine.facets.find((one) => one.key === key);
    if (facet) return [facet.label, facet.options.label[facet.find(value) ?? 0]];
    const measure = this.engine.measures.find((one) => key.slice(4) === one.key);
    if (!measure) return ["Text", value];
    const unit = measure.unit === "cards" ? "" : ` ${measure.unit}`;
    return [measure.label, `${key.startsWith("min") ? "at least" : "at most"} ${value}${unit}`];
  }

  /** @param {Pair[]} pairs @param {Answer} answer */
  update(pairs, answer) {
    const there = [...this.element.children];
    const known = new Map(there.map((item) => [item.getAttribute("data-filter"), item]));
    const wanted = pairs.map((pair) => known.get(pair.join("=")) ?? this.#chip(pair));
    if (wanted.length) wanted.push(this.clear);
    this.element.hidden = !wanted.length;
    if (wanted.length !== there.length || wanted.some((item, place) => item !== there[place]))
      this.element.replaceChildren(...wanted);
    this.help.hidden = answer.ids.length > 0;
    this.help.replaceChildren(...(this.help.hidden ? [] : this.#nothing(pairs, answer)));
    this.more.hidden = !answer.unlisted.length;
    this.more.replaceChildren(...answer.unlisted.map((one) => this.#unlisted(one)));
  }

  /** @param {import("./engine.js").Unlisted} unlisted */
  #unlisted({ of, place, count }) {
    const { key, label } = of;
    const says = count === 1 ? "says" : "say";
    const unknown = `${count} more of which “${label}” is unknown: `;
    const about = { class: "fm-unlisted__add", "data-facet": key };
    if (!("options" in of)) return button(`${unknown}lift the limit`, () => this.does.lift(key), about);
    return button(
      place === of.unknown
        ? `${unknown}add`
        : `${count} more ${says} “${of.options.label[place]}”, not which: add`,
      () => this.does.add(of, place),
      about,
    );
  }

  /** @param {Pair} pair */
  #chip(pair) {
    const [label, value] = this.words(pair);
    const item = make("li", { "data-filter": pair.join("=") });
    const drop = () => {
      const place = [...this.element.children].indexOf(item);
      this.does.drop([pair]);
      const next = this.element.querySelectorAll("button")[place];
      if (next) next.focus();
      else this.does.rest();
    };
    const says = `Remove filter ${label}: ${value}`;
    item.append(remover(says, drop, make("span", {}, `${label}: `), value));
    return item;
  }

  /** @param {Pair[]} pairs @param {Answer} answer @returns {Node[]} */
  #nothing(pairs, answer) {
    const ways = [...answer.without]
      .filter(([, count]) => count > 0)
      .sort((a, b) => b[1] - a[1])
      .map(([key, count]) => {
        const own = pairs.filter((pair) => pair[0] === key);
        const words = own.map((pair) => this.words(pair));
        const label = `${words[0][0]}: ${words.map((word) => word[1]).join(" or ")}`;
        const act = () => {
          this.does.drop(own);
          this.does.rest();
        };
        const leaves = ` leaves ${count} ${count === 1 ? "model" : "models"}`;
        return make("li", {}, button(`Drop ${label}`, act), leaves);
      });
    return [
      make("p", {}, make("strong", {}, "No model of this catalog has all of that.")),
      ways.length
        ? make("ul", {}, ...ways)
        : make("p", {}, "It takes more than one filter less: dropping any single one leaves none."),
      button("Clear all filters", this.does.clear),
    ];
  }
}

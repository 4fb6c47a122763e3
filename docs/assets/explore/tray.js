// The models picked to be compared or cited.
// @ts-check
import { button, make, remover, tell } from "./dom.js";

/** @typedef {import("./engine.js").Engine} Engine */

export class Tray {
  /**
   * @param {Engine} engine @param {string} compare Address of the page that compares.
   * @param {number} most Models that it takes.
   * @param {{drop: (id: string) => void, clear: () => void, rest: () => void,
   *   cite: (ids: string[]) => Promise<string>}} does
   */
  constructor(engine, compare, most, does) {
    this.engine = engine;
    this.compare = compare;
    this.most = most;
    this.does = does;
    this.element = make("section", {
      class: "fm-tray",
      "aria-label": "Picked models",
      hidden: true,
    });
    this.said = make("p", { role: "status" });
    this.list = make("ul");
    this.row = make("p", { class: "fm-row" });
    this.element.append(this.said, this.list, this.row);
    this.shown = "";
  }

  /** @param {string[]} picks */
  update(picks) {
    this.element.hidden = !picks.length;
    if (this.shown === picks.join()) return;
    this.shown = picks.join();
    const few = picks.length < 2;
    const full = picks.length >= this.most ? ", the most that fit side by side" : "";
    this.said.textContent = few ? "Pick one more to compare" : `${picks.length} picked${full}`;
    this.list.replaceChildren(...picks.map((id) => make("li", {}, this.#pick(id, picks))));
    const address = `${this.compare}?models=${picks.join()}`;
    const cite = button("Copy BibTeX", () => tell(cite, this.does.cite(picks)));
    const clear = button("Clear", () => {
      this.does.clear();
      this.does.rest();
    });
    const go = make("a", { class: "fm-button fm-button--main", href: address }, "Compare");
    this.row.replaceChildren(...(few ? [cite, clear] : [go, cite, clear]));
  }

  /** @param {string} id @param {string[]} picks */
  #pick(id, picks) {
    const { name } = this.engine.models;
    const label = name[this.engine.models.id.indexOf(id)];
    return remover(
      `Take ${label} away`,
      () => {
        const place = picks.indexOf(id);
        this.does.drop(id);
        const rest = this.list.querySelectorAll("button");
        if (rest.length) rest[Math.min(place, rest.length - 1)].focus();
        else this.does.rest();
      },
      label,
    );
  }
}

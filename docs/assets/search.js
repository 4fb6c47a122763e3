// The theme asks for the index of its search on every page; here the question waits until somebody
// goes to the search field. What is typed before the answer is there, the theme looks up then.
// @ts-check
{
  const field = ".md-search__input";

  // On the explorer's page `?q=` is a question to the explorer, which calls it `text`; the theme
  // would lay its own search over the page.
  const here = new URL(location.href);
  const question = here.searchParams.get("q");
  if (question !== null && document.querySelector("fm-explore")) {
    here.searchParams.delete("q");
    here.searchParams.append("text", question);
    history.replaceState(history.state, "", here);
  }

  const asked = XMLHttpRequest.prototype;
  const { open, send } = asked;
  /** @type {WeakSet<XMLHttpRequest>} */
  const patient = new WeakSet();

  asked.open = function (/** @type {any[]} */ ...about) {
    if (String(about[1]).endsWith("/search/search_index.json")) patient.add(this);
    return open.apply(this, /** @type {any} */ (about));
  };

  asked.send = function (/** @type {any} */ body) {
    if (!patient.delete(this) || document.activeElement?.matches(field)) {
      send.call(this, body);
      return;
    }
    const go = (/** @type {FocusEvent} */ { target }) => {
      if (!(target instanceof Element) || !target.matches(field)) return;
      removeEventListener("focusin", go);
      send.call(this, body);
    };
    addEventListener("focusin", go);
  };

  /** @typedef {{title: string, location: string, text?: string, score: number, tags?: string[], terms: Record<string, boolean>}} Found */
  const plain = (/** @type {string} */ text) => text.replace(/<[^>]*>/g, "");

  // What is typed, in the words of the catalog: "24GB" is "24 GB", a license is a licence.
  const worded = (/** @type {string} */ typed) =>
    typed
      .replace(/--+|[-+~^:*]+(?=\s|$)/g, " ")
      .replace(/(\d)(gb)\b/gi, "$1 $2")
      .replace(/\blicens/gi, (word) => `${word.slice(0, -1)}${word.endsWith("S") ? "C" : "c"}`);

  // Pages that have every word go before the others are shown at all; what is called as was typed
  // comes first, and opens by Enter, for which the theme takes the page of the highest score.
  const first = (/** @type {Found[][]} */ items) => {
    const input = /** @type {HTMLInputElement} */ (document.querySelector(field));
    const typed = worded(input.value).trim().toLowerCase();
    const exact = (/** @type {Found[]} */ [{ title, tags = [] }]) =>
      [title, ...tags].some((name) => plain(name).toLowerCase() === typed);
    const whole = items.filter((found) =>
      Object.keys(found[0].terms).every((term) => found.some(({ terms }) => terms[term])),
    );
    if (whole.length) items.splice(0, items.length, ...whole);
    items.sort((a, b) => +exact(b) - +exact(a));
    const page = items[0]?.find(({ location }) => !location.includes("#"));
    if (page) page.score = 1 + Math.max(...items.flat().map(({ score }) => score));
    for (const found of items.flat()) {
      const said = [plain(found.title), plain(found.text ?? "")];
      const more = /^models\/[^#]+$/.test(found.location) ? (found.tags ?? []) : [];
      found.tags = more.map(plain).filter((tag) => !said.some((text) => text.includes(tag)));
      if (!found.tags.length) delete found.tags;
    }
  };

  const ask = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (/** @type {any} */ message, /** @type {any[]} */ ...rest) {
    const said = message?.data;
    const data = typeof said === "string" ? worded(said) : said;
    return ask.call(this, data === said ? message : { ...message, data }, .../** @type {any} */ (rest));
  };

  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (/** @type {any} */ type, /** @type {any} */ heard, /** @type {any} */ how) {
    const hear = (/** @type {any} */ event) => {
      const items = event.data?.data?.items;
      if (items) first(items);
      heard.call(this, event);
    };
    listen.call(this, type, hear, how);
  };
}

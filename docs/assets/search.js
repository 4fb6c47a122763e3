// The theme asks for the index of its search on every page; here the question waits until somebody
// goes to the search field. What is typed before the answer is there, the theme looks up then.
// @ts-check
{
  const field = ".md-search__input";
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

  /** @typedef {{title: string, tags?: string[]}} Found */
  /** @param {Found[][]} items */
  const first = (items) => {
    const input = /** @type {HTMLInputElement} */ (document.querySelector(field));
    const typed = input.value.trim().toLowerCase();
    const exact = (/** @type {Found[]} */ [{ title, tags = [] }]) =>
      [title, ...tags].some((name) => name.replace(/<[^>]*>/g, "").toLowerCase() === typed);
    items.sort((a, b) => +exact(b) - +exact(a));
  };

  const ask = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (/** @type {any} */ message, /** @type {any[]} */ ...rest) {
    const said = message?.data;
    const plain = typeof said === "string" && said.replace(/--+|[-+~^:*]+(?=\s|$)/g, " ");
    return ask.call(this, plain ? { ...message, data: plain } : message, .../** @type {any} */ (rest));
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

// The theme asks for the index of its search on every page; here the question waits until somebody
// goes to the search field, and so does what we do to its answers. What is typed before the answer
// is there, the theme looks up then; Enter pressed before it opens the first page when it is there.
// @ts-check
{
  const field = ".md-search__input";

  // On the explorer's page `?q=` is a question to the explorer, which calls it `text`; the theme
  // would lay its own search over the page.
  if (document.querySelector("fm-explore"))
    history.replaceState(history.state, "", location.href.replace(/([?&])q=/, "$1text="));

  const asked = XMLHttpRequest.prototype;
  const { open, send } = asked;
  /** @type {WeakSet<XMLHttpRequest>} */
  const patient = new WeakSet();
  /** @type {typeof import("./found.js") | undefined} */
  let found;

  asked.open = function (/** @type {any[]} */ ...about) {
    if (String(about[1]).endsWith("/search/search_index.json")) patient.add(this);
    return open.apply(this, /** @type {any} */ (about));
  };

  asked.send = function (/** @type {any} */ body) {
    if (!patient.delete(this)) {
      send.call(this, body);
      return;
    }
    const go = async () => {
      found = await import("./found.js").catch(() => undefined);
      send.call(this, body);
    };
    if (document.activeElement?.matches(field)) {
      go();
      return;
    }
    const wait = (/** @type {FocusEvent} */ { target }) => {
      if (!(target instanceof Element) || !target.matches(field)) return;
      removeEventListener("focusin", wait);
      go();
    };
    addEventListener("focusin", wait);
  };

  const typed = () => /** @type {HTMLInputElement} */ (document.querySelector(field)).value;
  /** What of it makes another question to the theme. */
  const gist = () => typed().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  /** Questions without an answer yet; the last one; and whether Enter waits for its answer. */
  let asking = 0;
  let last = "";
  let entered = false;
  addEventListener(
    "keydown",
    (event) => {
      const { target, key } = event;
      if (!(target instanceof Element) || !target.matches(field) || event.isComposing) return;
      entered = key === "Enter" && gist() !== "" && (asking > 0 || gist() !== last);
      if (!entered) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  const ask = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (/** @type {any} */ message, /** @type {any[]} */ ...rest) {
    const said = message?.data;
    if (typeof said === "string") {
      asking += 1;
      last = gist();
    }
    const data = found && typeof said === "string" ? found.worded(said) : said;
    return ask.call(this, data === said ? message : { ...message, data }, .../** @type {any} */ (rest));
  };

  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (/** @type {any} */ type, /** @type {any} */ heard, /** @type {any} */ how) {
    const hear = (/** @type {any} */ event) => {
      const items = event.data?.data?.items;
      if (items) found?.first(items, typed());
      heard.call(this, event);
      if (!items) return;
      asking -= 1;
      if (!entered || asking > 0 || gist() !== last) return;
      entered = false;
      /** @type {HTMLElement | null} */
      const link = document.querySelector(".md-search-result__link");
      if (document.activeElement?.matches(field)) link?.click();
    };
    listen.call(this, type, hear, how);
  };
}

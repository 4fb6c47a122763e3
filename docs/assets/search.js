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

  const list = document.querySelector(".md-search-result__list");
  const exact = () => {
    const input = /** @type {HTMLInputElement | null} */ (document.querySelector(field));
    const typed = input?.value.trim().toLowerCase();
    const said = (/** @type {Element} */ name) => name.textContent?.trim().toLowerCase() === typed;
    const item = [...(list?.children ?? [])].find((item) => [...item.querySelectorAll("h1, .md-tag")].some(said));
    if (item && item !== list?.firstElementChild) list?.prepend(item);
  };
  if (list) new MutationObserver(exact).observe(list, { childList: true });
}

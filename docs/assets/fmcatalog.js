// What the pages gain from scripts. Every page says all it has to say without them.
// @ts-check

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement[]} */
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

/**
 * The value a cell is ordered by: `data-sort` where it is set (empty means unknown), else its text.
 * @param {Element | undefined} cell @param {boolean} numeric @returns {string | number | null}
 */
function sortKey(cell, numeric) {
  const raw = (cell?.getAttribute("data-sort") ?? cell?.textContent ?? "").trim();
  if (raw === "") return null;
  if (!numeric) return raw.toLowerCase();
  const number = Number(raw);
  return Number.isNaN(number) ? null : number;
}

/** Order the rows by one column; unknown values come last both ways. @param {HTMLElement} button */
function sortBy(button) {
  const head = button.closest("th");
  const table = button.closest("table");
  const body = table?.tBodies[0];
  if (!head || !table || !body) return;
  const down = head.getAttribute("aria-sort") === "ascending";
  const column = head.cellIndex;
  const numeric = head.classList.contains("fm-num");
  const rows = Array.from(body.rows).map((row, place) => ({
    row,
    place,
    key: sortKey(row.cells[column], numeric),
  }));
  const collator = new Intl.Collator("en", { numeric: true });
  rows.sort((a, b) => {
    if (a.key === null || b.key === null) {
      if (a.key === b.key) return a.place - b.place;
      return a.key === null ? 1 : -1;
    }
    const order =
      typeof a.key === "number" && typeof b.key === "number"
        ? a.key - b.key
        : collator.compare(String(a.key), String(b.key));
    return (down ? -order : order) || a.place - b.place;
  });
  for (const other of all("th[aria-sort]", table)) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...rows.map(({ row }) => row));
}

/** Put sort buttons into the headings that ask for them. */
function makeSortable() {
  for (const head of all("th[data-fm-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fm-sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sortBy(button));
  }
}

/** Copy the text of the block a button names; where that is refused, select it and say so. */
function makeCopyable() {
  for (const button of /** @type {HTMLButtonElement[]} */ (all("button[data-fm-copy]"))) {
    const label = button.textContent ?? "";
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.fmCopy ?? "");
      if (!source) return;
      const fold = source.closest("details");
      let said = "Copied";
      try {
        await navigator.clipboard.writeText(source.textContent ?? "");
      } catch {
        if (fold) fold.open = true;
        const selection = getSelection();
        selection?.removeAllRanges();
        const range = document.createRange();
        range.selectNodeContents(source);
        selection?.addRange(range);
        said = "Selected: copy with Ctrl+C";
      }
      button.textContent = said;
      setTimeout(() => (button.textContent = label), 2500);
    });
  }
}

/** Open or close every fold of a tree at once. */
function makeFoldable() {
  for (const button of /** @type {HTMLButtonElement[]} */ (all("button[data-fm-fold]"))) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const tree = document.getElementById(button.dataset.fmTree ?? "");
      if (!tree) return;
      for (const fold of all("details", tree)) {
        /** @type {HTMLDetailsElement} */ (fold).open = button.dataset.fmFold === "open";
      }
    });
  }
}

/** Name the theme's search dialog, and let our own button open it. */
function mendSearch() {
  document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
  for (const button of all("[data-fm-search]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const own = document.querySelector(".md-search__button"); // of Zensical's theme
      if (own instanceof HTMLElement) {
        own.click();
        return;
      }
      const toggle = /** @type {HTMLInputElement | null} */ (document.getElementById("__search"));
      if (toggle && !toggle.checked) toggle.click();
      /** @type {HTMLElement | null} */ (document.querySelector(".md-search__input"))?.focus();
    });
  }
}

/** Paper has no folds: open them for printing, and leave the page as it was. */
function printWhole() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = /** @type {HTMLDetailsElement[]} */ (all("article details:not([open])"));
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}

makeSortable();
makeCopyable();
makeFoldable();
mendSearch();
printWhole();

// The theme's search reads a colon as "field:"; a pasted title such as "ELIXR: Towards …" has one.
addEventListener(
  "input",
  ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.matches(".md-search__input")) return;
    if (/:\s\S/.test(target.value)) target.value = target.value.replace(/:(?=\s)/g, "");
  },
  true,
);

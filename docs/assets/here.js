// A program that reads a file of this site names it by its whole address, where that is known now.
// @ts-check

for (const block of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-fm-here]"))) {
  const address = new URL(block.dataset.fmHere ?? "", location.href);
  const name = address.pathname.split("/").pop() ?? "";
  const code = block.querySelector("code");
  if (code) code.textContent = (code.textContent ?? "").replace(`"${name}"`, `"${address}"`);
}

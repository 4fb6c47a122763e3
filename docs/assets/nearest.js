// The page for wrong addresses: name the models nearest to the address's last part.
// @ts-check

/** Letters and digits only: "Med_SAM.html" is "medsam". @param {string} text */
const plain = (text) =>
  text
    .toLowerCase()
    .replace(/\.html?$/, "")
    .replace(/[^a-z0-9]/g, "");

/** Number of letters to change, add or take away; two that changed places count once. @param {string} a @param {string} b */
export function distance(a, b) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(change, row[j] + 1, next[j - 1] + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

/** How far a name is from what was asked; one that holds the other is near. @param {string} asked @param {string} name */
function far(asked, name) {
  const shorter = Math.min(asked.length, name.length);
  if (shorter > 2 && (name.includes(asked) || asked.includes(name))) {
    return Math.min(distance(asked, name), 1 + Math.abs(asked.length - name.length) / 20);
  }
  return distance(asked, name);
}

/** What was meant by the address. @returns {string} */
function last() {
  const part = location.pathname.split("/").filter(Boolean).at(-1) ?? "";
  try {
    return plain(decodeURIComponent(part).slice(0, 80));
  } catch {
    return plain(part.slice(0, 80));
  }
}

const place = document.getElementById("nearest");
const asked = last();
/** @type {HTMLAnchorElement[]} */
const models = Array.from(document.querySelectorAll("#every-model a"));
const found = models
  .map((link) => {
    const id = plain(link.pathname.split("/").filter(Boolean).at(-1) ?? "");
    return { link, far: Math.min(far(asked, id), far(asked, plain(link.textContent ?? ""))) };
  })
  .filter(({ far }) => far <= Math.max(1, Math.floor(asked.length / 3)))
  .sort((a, b) => a.far - b.far)
  .slice(0, 3);
if (place && asked && found.length) {
  place.append("Did you mean ");
  for (const [number, { link }] of found.entries()) {
    const copy = document.createElement("a");
    copy.href = link.href;
    copy.textContent = link.textContent;
    if (number) place.append(number === found.length - 1 ? " or " : ", ");
    place.append(copy);
  }
  place.append("?");
  place.hidden = false;
}

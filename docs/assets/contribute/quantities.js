// Quantities as papers report them: 8, 93.7M, 16-128, >1, "50, 100", 1 (3D), 4 (2D), 224x224.
// @ts-check
/** @typedef {import("./checks.js").Complaint} Complaint */

const NUMBER = "[0-9]{1,12}(?:\\.[0-9]{1,6})?[kKMBT]?";
const SIZE = "[0-9]{1,6}(?:[x×][0-9]{1,6}){1,3}";
const ATOM = `(?:${SIZE}|${NUMBER})`;
const LABEL = "[A-Za-z0-9][A-Za-z0-9 -]{0,30}";
const ITEM = new RegExp(
  `^(?:(${LABEL}):\\s*)?(>=|<=|[<>~])?\\s?(${ATOM})(?:\\s?[-–]\\s?(${ATOM}))?(?:\\s?\\((${LABEL})\\))?$`,
);
/** @type {Record<string, number>} */
const SUFFIX = { k: 1e3, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
/** @type {[RegExp, string][]} */
const SLIPS = [
  [/(?<=[0-9]),(?=[0-9]{3})/g, ""],
  [/(?<=[0-9])\s*[x×X*]\s*(?=[0-9])/g, "x"],
  [/\b(?:approximately|approx\.?|about|around|circa|ca\.?)\s*/gi, "~"],
  [/(?<=[0-9])\s*(?:to|—)\s*(?=[0-9])/gi, "-"],
  [/\s*\b(?:gi?b|gigabytes?|gpus?|hours?|h|epochs?|iterations?|steps?|px|pixels?)$/i, ""],
  [/(?<=[0-9])(?:gi?b|h|px)$/i, ""],
  [/(?<=[0-9])\s*thousands?\b/gi, "k"],
  [/(?<=[0-9])\s*millions?\b/gi, "M"],
  [/(?<=[0-9])\s*billions?\b/gi, "B"],
];
const FORMS = "write 8, 0.37, 93.7M, 16-128, >1, ~1000, 50, 100 or 224x224";

/** @param {string} text @param {string} kind count, measure or extent @returns {Complaint} */
export function quantity(text, kind) {
  const says = wrong(text, kind);
  if (!says) return null;
  for (const [slip, instead] of SLIPS) {
    const use = text.replace(slip, instead).trim();
    if (use !== text && !wrong(use, kind)) return { says, use };
  }
  return { says: `${says}: ${FORMS}` };
}

/** @param {string} text @param {string} kind */
function wrong(text, kind) {
  if (/[0-9],[0-9]{3}(?![0-9])/.test(text)) {
    return "holds a comma between digits, and a comma separates values";
  }
  const items = text.split(/,\s+/);
  if (items.length > 20) return "has more than 20 values";
  for (const item of items) {
    const match = ITEM.exec(item);
    if (!match) return "is not a quantity";
    const [, before, sign, low, high, after] = match;
    if (before && after) return "has two labels for one value";
    const ends = [low, high ?? low].map(atom);
    if (high !== undefined) {
      if (sign) return "is a range and a bound at once";
      if (ends[0].length !== ends[1].length || product(ends[0]) > product(ends[1])) {
        return "is a range that does not go from the smaller to the larger value";
      }
    }
    for (const end of ends) {
      if (end.length > 1 && kind !== "extent") return "is a size, where a number is wanted";
      if (kind !== "measure" && !Number.isInteger(product(end))) return "is not a whole number";
    }
    if (items.length === 1 && !sign && high === undefined && product(ends[0]) === 0) {
      return "is zero: choose not reported or not applicable";
    }
  }
  return "";
}

/** @param {string} text */
function atom(text) {
  const parts = text.replaceAll("×", "x").split("x");
  if (parts.length > 1) return parts.map(Number);
  const digits = text.replace(/[kKMBT]$/, "");
  const factor = SUFFIX[text.slice(digits.length)] ?? 1;
  return [Number((Number(digits) * factor).toPrecision(15))];
}

/** @param {number[]} sides */
const product = (sides) => sides.reduce((all, side) => all * side, 1);

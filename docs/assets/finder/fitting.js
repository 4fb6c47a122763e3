// What fits a rig: the rule of src/fmcatalog/selection/fitting.py, for the browser.
// @ts-check

/** @typedef {{low: number, high: number | null, above: boolean}} Span */
/** @typedef {{said: string, count: Span | null, memory: Span | null}} Need */
/** @typedef {{id: string, name: string, stages: Need[], note: string}} Needs */
/** @typedef {{memory: number, count: number}} Rig */
/** @typedef {{group: string, reason: string}} Answer */

/** Worst first: the stage that stands worst decides. */
const ORDER = ["does-not-fit", "unknown", "more-cards", "fits"];

/** Whether a number is enough: yes, no, or null for what cannot be told. @param {Span} span @param {number} have */
function within({ low, high, above }, have) {
  if (high !== null && high <= have) return true;
  return low > have || (above && low >= have) ? false : null;
}

/** @param {Need} need @param {Rig} rig @param {Record<string, string>} words @returns {Answer} */
function stands(need, rig, words) {
  const memory = need.memory && within(need.memory, rig.memory);
  const count = need.count && within(need.count, rig.count);
  let group = "unknown";
  let key = group;
  if (memory === false) key = group = "does-not-fit";
  else if (memory && count !== null) key = group = count ? "fits" : "more-cards";
  else if (need.memory && need.count) key = "open";
  const reason = words[key]
    .replace("{count}", String(rig.count))
    .replace("{memory}", String(rig.memory))
    .replace("{said}", () => need.said);
  return { group, reason };
}

/**
 * Where a model stands for a rig, and why.
 * @param {Needs} model @param {Rig} rig @param {Record<string, string>} words @returns {Answer}
 */
export function answer(model, rig, words) {
  const each = model.stages.map((need) => stands(need, rig, words));
  const group = ORDER.find((one) => each.some((stage) => stage.group === one)) ?? "unknown";
  const reasons = each.filter((stage) => stage.group === group).map(({ reason }) => reason);
  return { group, reason: [...reasons, model.note].filter(Boolean).join("; ") };
}

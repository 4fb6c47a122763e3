// Sets of models, a bit a model: 32 of them are met, joined and counted at once.
// @ts-check

/** @typedef {Uint32Array<ArrayBuffer>} Models */

/** @param {number} count Models there are. @returns {Models} */
export const nobody = (count) => new Uint32Array((count + 31) >> 5);

/** The models that pass a test. @param {number} count @param {(model: number) => boolean} test */
export function those(count, test) {
  const found = nobody(count);
  for (let model = 0; model < count; model += 1) if (test(model)) add(found, model);
  return found;
}

/** @param {Models} set @param {number} model */
export const add = (set, model) => (set[model >> 5] |= 1 << (model & 31));

/** @param {Models} set @param {number} model */
export const has = (set, model) => ((set[model >> 5] >>> (model & 31)) & 1) === 1;

/** Add all of another set. @param {Models} set @param {Models} other */
export function join(set, other) {
  for (let at = 0; at < set.length; at += 1) set[at] |= other[at];
}

/** Keep those that another set has too. @param {Models} set @param {Models} other */
export function meet(set, other) {
  for (let at = 0; at < set.length; at += 1) set[at] &= other[at];
}

/** Take out those that another set has. @param {Models} set @param {Models} other */
export function leave(set, other) {
  for (let at = 0; at < set.length; at += 1) set[at] &= ~other[at];
}

/** @param {Models} set */
export const size = (set) => shared(set, set);

/** How many models two sets share. @param {Models} one @param {Models} two */
export function shared(one, two) {
  let count = 0;
  for (let at = 0; at < one.length; at += 1) {
    // Bits are counted in pairs, the pairs in fours, the fours in bytes, and the bytes summed up.
    let bits = one[at] & two[at];
    bits -= (bits >>> 1) & 0x55555555;
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
    count += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

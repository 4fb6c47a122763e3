// A record as YAML, in the layout that every record has: the same bytes as `fmcatalog fmt` gives.
// @ts-check

/** @typedef {string | string[] | Mapping | Mapping[]} Value */
/** @typedef {{[key: string]: Value}} Mapping */
/**
 * A question of the form, and how its answer is written.
 * @typedef {object} Field
 * @property {string} key
 * @property {string} kind
 * @property {string} about
 * @property {boolean} [required]
 * @property {boolean} [missing] Whether not-reported may stand there.
 * @property {boolean} [several] Whether it is a list of texts.
 * @property {boolean} [plain] Whether a number, a date or a flag is meant.
 * @property {boolean} [flow] Whether it may stand in one line.
 * @property {string} [facet]
 * @property {string[]} [options]
 * @property {Field[]} [fields]
 */

const WIDTH = 100;
const HEAD = "# yaml-language-server: $schema=../../schemas/model.schema.json";

/** @param {Mapping} record @param {Field[]} fields */
export const written = (record, fields) =>
  `${[HEAD, ...mapping(record, fields, 0)].join("\n")}\n`;

/** @param {string} text */
const length = (text) => [...text].length;
/** @param {number} indent */
const pad = (indent) => " ".repeat(indent);

/** @param {Mapping} value @param {Field[]} fields @param {number} indent @returns {string[]} */
const mapping = (value, fields, indent) =>
  fields
    .filter((field) => field.key in value)
    .flatMap((field) => entry(`${pad(indent)}${field.key}:`, value[field.key], field, indent));

/** @param {string} head @param {Value} value @param {Field} field @param {number} indent @returns {string[]} */
function entry(head, value, field, indent) {
  const line = `${head} ${inLine(value, field, false)}`;
  if (typeof value === "string") {
    if (!mustFold(line, value)) return [line];
    return [`${head} >-`, ...folded(value, indent + 2)];
  }
  if (mayFlow(value, field) && length(line) <= WIDTH) return [line];
  const lines = Array.isArray(value)
    ? value.flatMap((item) => entry(`${pad(indent + 2)}-`, item, field, indent + 2))
    : mapping(value, field.fields ?? [], indent + 2);
  if (head.trim() !== "-") return [head, ...lines];
  lines[0] = `${head} ${lines[0].trimStart()}`;
  return lines;
}

/** @param {Value} value @returns {value is string} */
const oneLine = (value) => typeof value === "string" && !value.includes("\n");

/** @param {string[] | Mapping | Mapping[]} value @param {Field} field */
function mayFlow(value, field) {
  if (field.flow === false) return false;
  if (Array.isArray(value)) return value.every(oneLine);
  return Object.values(value).every((v) => oneLine(v) || (Array.isArray(v) && v.every(oneLine)));
}

/** @param {Value} value @param {Field} field @param {boolean} inside @returns {string} */
function inLine(value, field, inside) {
  if (typeof value === "string") return scalar(value, field.plain === true, inside);
  if (Array.isArray(value)) return `[${value.map((item) => inLine(item, field, true)).join(", ")}]`;
  const parts = (field.fields ?? [])
    .filter((part) => part.key in value)
    .map((part) => `${part.key}: ${inLine(value[part.key], part, true)}`);
  return `{${parts.join(", ")}}`;
}

// What a YAML 1.2 reader takes for something else than a text.
const GUESSED =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INDICATOR = /^(?:[,[\]{}#&*!|>'"%@\x60]|[-?:](?:[ ,[\]{}]|$)|(?:---|\.\.\.)(?: |$))/;
const BROKEN = /:(?: |$)| #|^ | $|^=$|^<<$/;
const IN_FLOW = /[,[\]{}?]|:(?:[ ,[\]{}]|$)|^[-?:]/;
// eslint-disable-next-line no-control-regex
const ODD = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/** @param {string} text @param {boolean} keep @param {boolean} flow */
function scalar(text, keep, flow) {
  const odd = ODD.test(text);
  const guessed = !keep && GUESSED.test(text);
  const broken = text === "" || INDICATOR.test(text) || BROKEN.test(text);
  if (!guessed && !broken && !odd && !(flow && IN_FLOW.test(text))) return text;
  if (odd) return JSON.stringify(text);
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** @param {string} line @param {string} text */
function mustFold(line, text) {
  if (!text || ODD.test(text.replaceAll("\n", " "))) return false;
  const lines = text.split("\n");
  if (!lines[0] || !lines[lines.length - 1] || lines.some((part) => part !== part.trim())) {
    return false;
  }
  return lines.length > 1 || (length(line) > WIDTH && text.includes(" "));
}

/** @param {string} text @param {number} indent */
function folded(text, indent) {
  /** @type {string[]} */
  const lines = [];
  text.split("\n").forEach((paragraph, number) => {
    if (number) lines.push("");
    let line = "";
    for (const word of paragraph.split(/(?<=[^ ]) (?=[^ ])/)) {
      if (line && indent + length(line) + 1 + length(word) > WIDTH) {
        lines.push(pad(indent) + line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    if (line) lines.push(pad(indent) + line);
  });
  return lines;
}

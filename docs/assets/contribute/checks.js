// What a text has to be: the forms of the catalog's own check, said with the same words.
// @ts-check
import { quantity } from "./quantities.js";

/**
 * What is wrong with a text, said behind it, and what to write instead where that is clear.
 * @typedef {{says: string, use?: string} | null} Complaint
 */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** @param {string} text @param {string} today @returns {Complaint} */
function date(text, today) {
  const says = wrongDate(text);
  if (!says) return text > today ? { says: "lies in the future" } : null;
  const use = meantDate(text);
  return use ? { says, use } : { says: `${says}: write YYYY-MM-DD, or YYYY-MM` };
}

/** @param {string} text */
function wrongDate(text) {
  const match = /^([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?$/.exec(text);
  if (!match) return "is not a date";
  const [year, month, day] = [match[1], match[2], match[3] ?? "1"].map(Number);
  if (year < 1900 || year > 2100) return `has an unlikely year: ${year}`;
  const made = new Date(Date.UTC(year, month - 1, day));
  const exists = made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return exists ? "" : "is not in the calendar";
}

/** The date a text means, where it means only one. @param {string} text */
function meantDate(text) {
  const words = text.slice(0, 40).match(/[0-9]{1,4}|[A-Za-z]{3,9}/g) ?? [];
  const month = (/** @type {string} */ word) => MONTHS.indexOf(word.slice(0, 3).toLowerCase());
  const names = words.filter((word) => month(word) >= 0);
  const numbers = words.filter((word) => /^[0-9]+$/.test(word));
  const years = numbers.filter((number) => number.length === 4);
  const rest = numbers.filter((number) => number.length < 3).map(Number);
  if (years.length !== 1 || words.length > 3) return "";
  if (words.length !== 1 + names.length + rest.length) return "";
  let parts = rest;
  if (names.length) parts = [month(names[0]) + 1, ...rest];
  else if (rest.length === 2 && numbers[0] !== years[0]) {
    // 24/4/2023 or 3.2.2023; but 3/2/2023 is another day in another country.
    if (rest[0] <= 12 && !text.includes(".")) return "";
    parts = rest.reverse();
  }
  const use = [years[0], ...parts.map((part) => String(part).padStart(2, "0"))].join("-");
  return wrongDate(use) ? "" : use;
}

/** @param {string} text @returns {Complaint} */
function arxiv(text) {
  const says = wrongArxiv(text);
  if (!says) return null;
  const found = /(?<![0-9.])[0-9]{4}\.[0-9]{4,5}(?![0-9])/.exec(text)?.[0];
  return found && !wrongArxiv(found) ? { says, use: found } : { says };
}

/** @param {string} text */
function wrongArxiv(text) {
  if (/^[a-z-]{2,20}(?:\.[A-Z]{2})?\/[0-9]{7}$/.test(text)) return "";
  const match = /^([0-9]{2})([0-9]{2})\.([0-9]{4,5})$/.exec(text);
  if (!match) {
    if (/[0-9]v[0-9]+$/.test(text)) return "names a version: leave the v… out";
    return "is not an arXiv identifier such as 2304.12306";
  }
  const [year, month] = [Number(match[1]), Number(match[2])];
  if (month < 1 || month > 12) return "has no such month in its first four digits";
  if (year < 7 || (year === 7 && month < 4)) return "is older than such identifiers: April 2007";
  const digits = year >= 15 ? 5 : 4;
  return match[3].length === digits ? "" : `needs ${digits} digits after the dot for its year`;
}

const DOI = /10\.[0-9]{4,9}\/[A-Za-z0-9._;()/:<>+[\]-]{1,180}/;

/** @param {string} text @returns {Complaint} */
function doi(text) {
  const found = DOI.exec(text)?.[0];
  if (found === text) return null;
  const says = "is not a DOI such as 10.1038/s41586-023-05881-4";
  return found ? { says, use: found.replace(/[.,;]+$/, "") } : { says };
}

const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/;
const PRIVATE =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|test|example|invalid|onion|arpa)$/;

/** @param {string} text @returns {Complaint} */
function address(text) {
  const says = wrongAddress(text);
  if (!says) return null;
  const use = `https://${text.replace(/^(?:http:)?\/\//, "")}`;
  return wrongAddress(use) ? { says } : { says, use };
}

/** @param {string} text */
function wrongAddress(text) {
  if (text.length > 500) return "is longer than 500 characters";
  if (!/^[A-Za-z0-9._~:/?#@!$&()*+,;=%[\]-]+$/.test(text) || /%(?![0-9A-Fa-f]{2})/.test(text)) {
    return "holds a character that has to be %-encoded, or a space";
  }
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/.exec(text);
  if (!match || !/^https?$/.test(match[1])) return "is not an address: begin with https://";
  if (match[1] === "http") return "is not encrypted: begin with https://";
  const host = match[2];
  if (host.includes("@")) return "holds a user name";
  if (host.includes(":")) return "names a port: leave it out";
  if (!HOST.test(host) || host.length > 253) return "has no proper host name";
  if (/(?:^|\.)xn--/.test(host)) return "has a host with encoded letters (xn--)";
  return PRIVATE.test(host) ? "has a host that is not public" : "";
}

/** @param {string} text @param {string[]} surveys @returns {Complaint} */
function reference(text, surveys) {
  if (text.startsWith("arxiv:")) return behind("arxiv:", arxiv(text.slice(6)));
  if (text.startsWith("doi:")) return behind("doi:", doi(text.slice(4)));
  if (text.includes("://")) return address(text);
  if (surveys.includes(text)) return null;
  const says = "is not a source: arxiv:…, doi:…, an https address";
  const meant = [doi(text), arxiv(text)].map((found) => (found ? found.use : text));
  if (!doi(text) || meant[0]) return { says, use: `doi:${meant[0]}` };
  return meant[1] ? { says, use: `arxiv:${meant[1]}` } : { says };
}

/** @param {string} prefix @param {Complaint} found @returns {Complaint} */
const behind = (prefix, found) => found && { ...found, ...(found.use && { use: prefix + found.use }) };

/** @param {string} text @param {number} most @returns {Complaint} */
function words(text, most) {
  if (text.length > most) return { says: `is longer than ${most} characters: shorten it` };
  const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u.exec(text.replace(/[\u200c\u200d\ufe0f]/g, ""));
  if (unseen) return { says: "holds a character that cannot be seen", use: text.replaceAll(unseen[0], "") };
  const mixed = text.match(/[\p{L}\p{N}]+/gu)?.find((word) => /[\u0400-\u052f]/.test(word) && /[A-Za-zÀ-ɏ]/.test(word));
  if (mixed) return { says: `mixes Latin and Cyrillic letters in '${mixed}': type it anew` };
  return null;
}

/** @param {string} text @returns {Complaint} */
function slug(text) {
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 60) return null;
  const use = slugged(text);
  return { says: "is not an id: lower-case letters, digits, hyphens", ...(use && { use }) };
}

/** @param {string} text */
export const slugged = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");

/**
 * What is wrong with a text of a kind; terms and papers are looked up elsewhere.
 * @param {string} kind @param {string} text @param {{today: string, surveys: string[]}} about
 * @returns {Complaint}
 */
export function complaint(kind, text, about) {
  if (kind === "date") return date(text, about.today);
  if (kind === "arxiv") return arxiv(text);
  if (kind === "doi") return doi(text);
  if (kind === "address") return address(text);
  if (kind === "slug") return slug(text);
  if (kind === "reference") return reference(text, about.surveys);
  if (kind === "count" || kind === "measure" || kind === "extent") return quantity(text, kind);
  if (kind === "year") {
    const fits = /^(?:19|20)[0-9]{2}$/.test(text) || text === "2100";
    return fits ? null : { says: "is not a year of four digits" };
  }
  if (kind === "digits") {
    return /^[1-9][0-9]{0,8}$/.test(text) ? null : { says: "is not a number of up to nine digits" };
  }
  return words(text, kind === "prose" ? 2500 : 300);
}

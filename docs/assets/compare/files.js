// A comparison as a file: CSV, Markdown, LaTeX, BibTeX. Every row, the equal ones too.
// @ts-check

/** @typedef {import("./columns.js").Column} Column */
/** @typedef {import("./columns.js").Rows} Rows */
/** @typedef {"csv" | "md" | "tex" | "bib"} Format */

const TYPES = {
  csv: "text/csv",
  md: "text/markdown",
  tex: "application/x-tex",
  bib: "application/x-bibtex",
};

/**
 * @param {Format} format @param {Column[]} columns @param {Rows[]} groups
 * @param {string} address Of the page that shows the same.
 */
export function content(format, columns, groups, address) {
  if (format === "bib") return columns.map(({ bibtex }) => bibtex).join("\n");
  return { csv: asCsv, md: asMarkdown, tex: asTex }[format](columns, groups, address);
}

/** @param {string} name @param {string} text @param {Format} format */
export function save(name, text, format) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${TYPES[format]};charset=utf-8` }));
  link.download = `${name}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A cell that no spreadsheet takes for a formula, as in the catalog's own CSV. @param {string} text */
function harmless(text) {
  const plain = text.replaceAll("\r", " ");
  const head = [...plain].slice(0, 1).join("").normalize("NFKC");
  const cell = head && "=+-@|\t\r\n".includes(head[0]) && plain !== "-" ? `'${plain}` : plain;
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** @param {Column[]} columns @param {Rows[]} groups */
function asCsv(columns, groups) {
  const lines = [["group", "row", "compared", ...columns.map(({ id }) => id)]];
  for (const { label, rows } of groups)
    for (const row of rows) {
      const sign = row.differs ? "differs" : "equal";
      lines.push([label, row.label, sign, ...row.cells.map(({ words }) => words)]);
    }
  return `${lines.map((line) => line.map(harmless).join(",")).join("\n")}\n`;
}

/** @param {string} text */
const plain = (text) => text.replace(/\s+/g, " ").trim().replace(/[\\\u0060*_{}[\]<>|~#!&$]/g, "\\$&");

/** @param {Column[]} columns @param {Rows[]} groups @param {string} address */
function asMarkdown(columns, groups, address) {
  /** @param {string[]} cells */
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const made = [
    line(["", "", ...columns.map(({ name }) => plain(name))]),
    line(["---", "---", ...columns.map(() => "---")]),
  ];
  for (const { label, rows } of groups) {
    made.push(line([`**${plain(label)}**`, "", ...columns.map(() => "")]));
    for (const row of rows) {
      const words = row.cells.map((cell) => plain(cell.words));
      made.push(line([plain(row.label), row.differs ? "≠ differs" : "= equal", ...words]));
    }
  }
  return `${made.join("\n")}\n\nFrom <${address.replace(/[<>\s]/g, encodeURIComponent)}>\n`;
}

// --- LaTeX ----------------------------------------------------------------------------------------

/** @type {Record<string, string>} */
const TEX = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_\\allowbreak{}",
  "/": "/\\allowbreak{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "`": "{`}",
  "'": "{'}",
  ",": ",{}",
  "-": "-{}",
  "[": "{[}",
  "]": "{]}",
  "*": "{*}",
  "\u00a0": "~",
  "–": "\\textendash{}",
  "—": "\\textemdash{}",
  "‘": "\\textquoteleft{}",
  "’": "\\textquoteright{}",
  "“": "\\textquotedblleft{}",
  "”": "\\textquotedblright{}",
  "…": "\\dots{}",
  "×": "\\ensuremath{\\times}",
  "°": "\\ensuremath{^\\circ}",
  "±": "\\ensuremath{\\pm}",
  "·": "\\ensuremath{\\cdot}",
  "≤": "\\ensuremath{\\le}",
  "≥": "\\ensuremath{\\ge}",
  "≈": "\\ensuremath{\\approx}",
  "≠": "\\ensuremath{\\neq}",
  "→": "\\ensuremath{\\rightarrow}",
  "−": "\\ensuremath{-}",
  "∼": "\\ensuremath{\\sim}",
  "α": "\\ensuremath{\\alpha}",
  "β": "\\ensuremath{\\beta}",
  "γ": "\\ensuremath{\\gamma}",
  "µ": "\\ensuremath{\\mu}",
  "μ": "\\ensuremath{\\mu}",
};

/** Letters that pdfLaTeX knows with T1 fonts. */
const KNOWN =
  /[À-ÖØ-öø-ÿĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŖŗŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŸŹźŻżŽž]/u;

/** @param {string} text */
const tex = (text) =>
  text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, (gap) => (gap === "\u00a0" ? gap : " "))
    .trim()
    .replace(/[^A-Za-z0-9 ]/gu, (sign) => TEX[sign] ?? sign);

/** What pdfLaTeX is told about further letters: the bare one, or else its number. @param {string} text */
function letters(text) {
  const further = new Set([...text].filter((sign) => sign > "\u007f" && !KNOWN.test(sign)));
  return [...further].sort().map((sign) => {
    const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    const bare = sign.normalize("NFKD").replace(/\p{M}/gu, "");
    return `  \\DeclareUnicodeCharacter{${code}}{${/^[A-Za-z0-9 ]*$/.test(bare) ? bare : `[U+${code}]`}}`;
  });
}

/** @param {Column[]} columns @param {Rows[]} groups @param {string} address */
function asTex(columns, groups, address) {
  const width = (0.8 / columns.length).toFixed(3);
  const body = [];
  for (const { label, rows } of groups) {
    body.push(`\\multicolumn{${columns.length + 1}}{@{}l}{\\textbf{${tex(label)}}} \\\\*`);
    for (const row of rows) {
      const sign = row.differs ? "\\ensuremath{\\neq} differs" : "= equal";
      const head = `${tex(row.label)} \\emph{(${sign})}`;
      body.push(`${[head, ...row.cells.map(({ words }) => tex(words))].join("\n  & ")} \\\\`);
    }
    body.push("\\hline");
  }
  const names = columns.map(({ name }) => `\\textbf{${tex(name)}}`);
  const told = letters(`${names.join()}${body.join()}`);
  return [
    `% From ${address.replace(/\s/g, "")}`,
    "\\documentclass{article}",
    "\\ifdefined\\DeclareUnicodeCharacter",
    "  \\usepackage[T1]{fontenc}",
    "  \\usepackage[utf8]{inputenc}",
    ...told,
    "\\else",
    "  \\usepackage{fontspec}",
    "\\fi",
    "\\usepackage[a4paper,landscape,margin=12mm]{geometry}",
    "\\usepackage{array,longtable}",
    "\\begin{document}",
    "\\scriptsize\\sloppy",
    "\\setlength\\tabcolsep{3pt}",
    `\\begin{longtable}{@{}>{\\raggedright\\arraybackslash}p{0.14\\linewidth}*{${columns.length}}{>{\\raggedright\\arraybackslash}p{${width}\\linewidth}}@{}}`,
    "\\hline",
    ` & ${names.join(" & ")} \\\\`,
    "\\hline",
    "\\endhead",
    ...body,
    "\\end{longtable}",
    "\\end{document}",
    "",
  ].join("\n");
}

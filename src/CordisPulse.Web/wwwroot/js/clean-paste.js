// Turns what a word processor or a web page puts on the clipboard into clean Markdown: paragraphs, lists, tables, quotations, links, bold
// and italic; headings become bold lines, what is struck out is left out, everything else becomes plain text. The page that it is read
// from is never shown, and runs nothing.
import { inertPage } from "./inert-page.js";

const dropped = new Set([
  "SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "HEAD", "TITLE", "META", "LINK", "IFRAME", "OBJECT", "EMBED", "SVG", "MATH", "CANVAS",
  "AUDIO", "VIDEO", "BUTTON", "SELECT", "TEXTAREA", "INPUT", "DEL", "S", "STRIKE",
]);
const blocks = new Set([
  "P", "DIV", "SECTION", "ARTICLE", "ASIDE", "HEADER", "FOOTER", "MAIN", "NAV", "BLOCKQUOTE", "PRE", "TABLE", "TBODY", "THEAD", "TFOOT",
  "TR", "CAPTION", "UL", "OL", "LI", "DL", "DT", "DD", "FIGURE", "FIGCAPTION", "ADDRESS", "HR", "H1", "H2", "H3", "H4", "H5", "H6",
]);

// What a table holds that is there to lay a page out, and no table of words and numbers.
const laidOut = "table, ul, ol, dl, pre, blockquote, h1, h2, h3, h4, h5, h6, hr, [rowspan]:not([rowspan='1'])";
const mostColumns = 30;

// A quotation within more than these is no more than text.
const mostQuotes = 10;
const longestNumber = 999_999_999;

export function markdownOf(html) {
  return joined(blocksOf(inertPage(html).body));
}

function joined(written) {
  return written.map((block, i) => separator(written[i - 1], block) + block.text).join("");
}

function blocksOf(root, quotes = 0) {
  const written = [];
  const entries = new Map();
  let runs = [];
  let entry = null;
  walk(root, { bold: false, italic: false, href: null }, -1);
  flush();
  return written;

  function walk(node, format, depth) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        add(child.data, format);
      } else if (child.nodeType === Node.ELEMENT_NODE && !dropped.has(child.tagName.toUpperCase())) {
        enter(child, format, depth);
      }
    }
  }

  function enter(element, format, depth) {
    const style = (element.getAttribute("style") ?? "").toLowerCase().replace(/\s/g, "");
    if (style.includes("mso-list:ignore") || /(^|;)(display:none|text-decoration(-line)?:[^;]*line-through)/.test(style)) {
      return;
    }
    const name = element.tagName;
    if (name === "BR") {
      runs.push({ text: "\n", ...format });
    } else if (name === "LI") {
      begin({ depth: Math.max(depth, 0), mark: markOf(element.parentElement) });
      walk(element, format, depth);
      flush();
      entry = null;
    } else if (name === "UL" || name === "OL") {
      flush();
      walk(element, format, depth + 1);
      flush();
    } else if (style.includes("mso-list:l")) {
      begin({ depth: Number(/level(\d)/.exec(style)?.[1] ?? 1) - 1, mark: wordMarkOf(element) });
      walk(element, format, depth);
      flush();
      entry = null;
    } else if (name === "TABLE" && !entry && isGrid(element)) {
      flush();
      if (element.caption) {
        walk(element.caption, format, depth);
        flush();
      }
      written.push({ inList: false, text: tableOf(element) });
    } else if (name === "BLOCKQUOTE" && quotes < mostQuotes && !isIndent(style)) {
      flush();
      const text = joined(blocksOf(element, quotes + 1));
      if (text) {
        put(text.split("\n").map(line => line ? `> ${line}` : ">"));
      }
    } else if (blocks.has(name)) {
      flush();
      walk(element, /^H\d$/.test(name) ? { ...format, bold: true } : format, depth);
      flush();
    } else {
      walk(element, formatOf(element, style, format), depth);
      if (name === "TD" || name === "TH") {
        add(" ", format);
      }
    }
  }

  function markOf(list) {
    if (list?.tagName !== "OL") {
      return "- ";
    }
    const number = Math.min(entries.has(list) ? entries.get(list) + 1 : firstOf(list), longestNumber);
    entries.set(list, number);
    return `${number}. `;
  }

  function add(text, format) {
    runs.push({ text: text.replace(/[\s\u00a0\u200b\ufeff]+/g, " "), ...format });
  }

  function begin(next) {
    flush();
    entry = next;
  }

  function flush() {
    const text = write(runs);
    runs = [];
    if (text) {
      put(text.split("\n").map(escapeStart));
    }
  }

  function put(lines) {
    const indent = "    ".repeat(entry?.depth ?? 0);
    if (entry?.mark) {
      written.push({ inList: true, text: indent + entry.mark + lines.join(`\n${indent}    `) });
      entry = { ...entry, mark: null };
    } else if (entry) {
      written.push({ inList: true, goesOn: true, text: lines.map(line => `${indent}    ${line}`).join("\n") });
    } else {
      written.push({ inList: false, text: lines.join("\n") });
    }
  }
}

function separator(before, block) {
  return !before ? "" : before.inList && block.inList && !block.goesOn ? "\n" : "\n\n";
}

function firstOf(list) {
  const first = Number(list.getAttribute("start") ?? 1);
  return Number.isInteger(first) && first >= 0 ? first : 1;
}

// Mail programs indent a text so.
function isIndent(style) {
  return /(^|;)border:none/.test(style);
}

// Rows and columns, and not one that lays a page out.
function isGrid(table) {
  const columns = mostColumnsOf(table);
  return table.rows.length > 1 && columns > 1 && columns <= mostColumns && !table.querySelector(laidOut);
}

function mostColumnsOf(table) {
  return [...table.rows].reduce((most, row) => Math.max(most, [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0)), 0);
}

// Markdown has no table without a head: it is the first row.
function tableOf(table) {
  const columns = mostColumnsOf(table);
  const rows = [...table.rows].map(row => {
    const cells = [...row.cells].flatMap(cell => [textOf(cell), ...Array(cell.colSpan - 1).fill("")]);
    return `| ${[...cells, ...Array(columns - cells.length).fill("")].join(" | ")} |`;
  });
  return [rows[0], `| ${Array(columns).fill("---").join(" | ")} |`, ...rows.slice(1)].join("\n");
}

// In one line, as a cell has to be.
function textOf(cell) {
  return blocksOf(cell).map(block => block.text).join(" ").replace(/\n/g, " ").replace(/\|/g, "\\|");
}

// Word writes what stands before the point of a list into the paragraph.
function wordMarkOf(element) {
  const ignored = [...element.querySelectorAll("[style]")].find(part => /mso-list:\s*ignore/i.test(part.getAttribute("style")));
  const number = /^\s*(\d+)[.)]/.exec(ignored?.textContent ?? "");
  return number ? `${number[1]}. ` : "- ";
}

function formatOf(element, style, format) {
  const weight = /(?:^|;)font-weight:(\w+)/.exec(style)?.[1];
  const slant = /(?:^|;)font-style:(\w+)/.exec(style)?.[1];
  const name = element.tagName;
  return {
    bold: weight ? weight === "bold" || weight === "bolder" || Number(weight) >= 600 : format.bold || name === "B" || name === "STRONG",
    italic: slant ? slant !== "normal" : format.italic || name === "I" || name === "EM",
    href: name === "A" ? addressOf(element) ?? format.href : format.href,
  };
}

function addressOf(link) {
  const address = link.getAttribute("href")?.trim() ?? "";
  return /^(https?:\/\/|mailto:)/i.test(address) ? address.replace(/[\s()<>]/g, encodeURIComponent).replace(/\(/g, "%28").replace(/\)/g, "%29") : null;
}

function write(runs) {
  const merged = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (last && (sameFormat(last, run) || (!run.text.trim() && !run.text.includes("\n") && last.href === run.href))) {
      last.text += run.text;
    } else {
      merged.push({ ...run });
    }
  }
  // A link goes on for as long as its address does, whatever its words look like.
  const links = [];
  for (const run of merged) {
    if (run.href && links.at(-1)?.href === run.href) {
      links.at(-1).text += writeRun(run);
    } else {
      links.push({ href: run.href, text: writeRun(run) });
    }
  }
  return links.map(writeLink).join("").replace(/ {2,}/g, " ").replace(/ *\n */g, "\n").replace(/\n{2,}/g, "\n").trim();
}

function writeRun(run) {
  const mark = (run.bold ? "**" : "") + (run.italic ? "*" : "");
  return around(run.text, words => mark + escape(words) + [...mark].reverse().join(""));
}

function writeLink(link) {
  return link.href ? around(link.text, words => `[${words}](${link.href})`) : link.text;
}

// Marks the words, and leaves the blanks at their ends outside.
function around(text, marked) {
  const words = text.trim();
  if (!words) {
    return text;
  }
  const start = text.length - text.trimStart().length;
  return text.slice(0, start) + marked(words) + text.slice(start + words.length);
}

function sameFormat(one, other) {
  return one.bold === other.bold && one.italic === other.italic && one.href === other.href;
}

// What would be a mark and is meant as a sign.
function escape(text) {
  return text.replace(/[\\`*]/g, "\\$&").replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_").replace(/\[(?=[^\]]{0,200}\]\()/g, "\\[");
}

function escapeStart(line) {
  return line.replace(/^(?:[#>]|[-+](?= ))/, "\\$&").replace(/^(\d+)([.)])(?= )/, "$1\\$2");
}

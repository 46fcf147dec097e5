// Puts buttons above a Markdown field and what its readers will see beside it, rendered by the server. Without script the field stays
// a plain one.
import { markdownOf } from "./clean-paste.js";
import { inertPage } from "./inert-page.js";

const pause = 300;
// As the server takes it.
const longestText = 200_000;
// What a browser turns into Markdown without a halt that is felt.
const longestPage = 2_000_000;
// Of more lines, a browser that takes them as typed thinks for seconds.
const mostLinesTyped = 200;

const acts = [
  { name: "Bold", key: "b", run: field => wrap(field, "**") },
  { name: "Italic", key: "i", run: field => wrap(field, "*") },
  { name: "List", run: field => beginLines(field, "- ") },
  { name: "Link", key: "k", run: link },
  { name: "Quote", run: field => beginLines(field, "> ") },
];

for (const field of document.querySelectorAll("textarea[data-markdown]")) {
  equip(field);
}

function equip(field) {
  const label = field.labels[0].textContent;
  const pair = made("div", "markdown-pair");
  const preview = made("section", "summary markdown-preview");
  preview.setAttribute("aria-label", `${label} as readers will see it`);
  preview.tabIndex = 0;
  const count = made("p", "hint");
  const said = made("p", "hint");
  said.setAttribute("role", "status");
  let pasted = null;
  field.closest(".field").classList.add("with-preview");
  field.before(toolbar(field, label), pair);
  pair.append(field, preview);
  pair.after(said, count);

  field.addEventListener("keydown", event => {
    // No browser takes back what was not typed.
    if (pasted && field.value === pasted.after && (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      put(field, pasted.before, 0, field.value.length);
      field.setSelectionRange(pasted.at, pasted.at);
      pasted = null;
      said.textContent = "What was pasted is taken back.";
      return;
    }
    const act = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      ? acts.find(one => one.key === event.key.toLowerCase())
      : null;
    if (act) {
      event.preventDefault();
      act.run(field);
    }
  });
  field.addEventListener("paste", event => {
    said.textContent = "";
    const html = event.clipboardData.getData("text/html");
    const isTooMuch = html.length > longestPage;
    const plain = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    const text = (html && !isTooMuch ? markdownOf(html) : "") || plain;
    if (!text || (text === plain && text.length <= longestText && !hasManyLines(text))) {
      return;
    }
    event.preventDefault();
    const taken = text.slice(0, longestText);
    if (hasManyLines(taken)) {
      const { value: before, selectionStart: at, selectionEnd: end } = field;
      put(field, taken, at, end);
      pasted = { before, at, after: field.value };
    } else {
      insert(field, taken);
    }
    said.textContent = [
      isTooMuch ? "This page is too long to be turned into Markdown: its plain text is pasted." : "",
      taken.length < text.length ? `Of the ${inWords(text.length)} characters that were pasted the first ${inWords(longestText)} are here: a text can have no more.` : "",
    ].join(" ").trim();
  });
  showPreview(field, preview, count);
}

function toolbar(field, label) {
  const bar = made("div", "toolbar");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", `Format the ${label.toLowerCase()}`);
  for (const act of acts) {
    const button = made("button", "btn small");
    button.type = "button";
    button.textContent = act.name;
    if (act.key) {
      button.title = `Ctrl or Cmd and ${act.key.toUpperCase()}`;
      button.setAttribute("aria-keyshortcuts", `Control+${act.key.toUpperCase()} Meta+${act.key.toUpperCase()}`);
    }
    button.addEventListener("click", () => {
      field.focus();
      act.run(field);
    });
    bar.append(button);
  }
  return bar;
}

// Around the selection, or away from it where the marks are there already.
function wrap(field, mark) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const words = value.slice(start, end);
  if (hasMark(value.slice(0, start), value.slice(end), mark)) {
    field.setSelectionRange(start - mark.length, end + mark.length);
    insert(field, words);
    field.setSelectionRange(start - mark.length, end - mark.length);
    return;
  }
  const [, before, core, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words);
  insert(field, before + mark + core + mark + after);
  field.setSelectionRange(start + before.length + mark.length, start + before.length + mark.length + core.length);
}

// One star at either side is italic, two are bold, three are both.
function hasMark(before, after, mark) {
  const stars = Math.min(/\**$/.exec(before)[0].length, /^\**/.exec(after)[0].length);
  return mark === "*" ? stars % 2 === 1 : stars >= 2;
}

function beginLines(field, mark) {
  const { value } = field;
  const start = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const ending = value.indexOf("\n", field.selectionEnd);
  const end = ending < 0 ? value.length : ending;
  const lines = value.slice(start, end).split("\n");
  const marked = lines.every(line => line.startsWith(mark));
  const changed = lines.map(line => (marked ? line.slice(mark.length) : mark + line)).join("\n");
  field.setSelectionRange(start, end);
  insert(field, changed);
  if (lines.length > 1) {
    field.setSelectionRange(start, start + changed.length);
  }
}

function link(field) {
  const { selectionStart: start, selectionEnd: end } = field;
  const words = field.value.slice(start, end).trim();
  const isAddress = /^https?:\/\/\S+$/i.test(words);
  const address = isAddress ? words : "https://";
  const text = isAddress ? "" : words;
  insert(field, `[${text}](${address})`);
  if (text) {
    field.setSelectionRange(start + text.length + 3, start + text.length + 3 + address.length);
  } else {
    field.setSelectionRange(start + 1, start + 1);
  }
}

// As if typed, so that the browser can undo it and others hear of it.
function insert(field, text) {
  field.focus();
  if (hasManyLines(text) || !document.execCommand(text ? "insertText" : "delete", false, text)) {
    put(field, text, field.selectionStart, field.selectionEnd);
  }
}

function put(field, text, start, end) {
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function hasManyLines(text) {
  let at = -1;
  for (let lines = 0; lines < mostLinesTyped; lines++) {
    at = text.indexOf("\n", at + 1);
    if (at < 0) {
      return false;
    }
  }
  return true;
}

function inWords(number) {
  return number.toLocaleString("en-GB");
}

function showPreview(field, preview, count) {
  const token = field.form.elements.namedItem("__RequestVerificationToken").value;
  let timer = 0;
  let asking = null;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  });
  ask();

  async function ask() {
    asking?.abort();
    const request = asking = new AbortController();
    try {
      const answer = await fetch(field.dataset.markdown, {
        method: "POST", body: new URLSearchParams({ text: field.value }), redirect: "manual", cache: "no-store", signal: request.signal,
        headers: { "RequestVerificationToken": token, "X-Requested-With": "fetch" },
      });
      if (answer.ok) {
        show(await answer.text());
        return;
      }
      count.textContent = answer.status === 413 ? `This is too long to be saved: a text can have ${inWords(longestText)} characters.` : "The preview waits for the server.";
    } catch (error) {
      if (error.name !== "AbortError") {
        count.textContent = "The preview waits for the server.";
      }
    }
  }

  function show(html) {
    const rendered = inertPage(html).getElementById("rendered");
    // Whoever follows a link keeps the form.
    for (const anchor of rendered.querySelectorAll("a")) {
      anchor.target = "_blank";
      anchor.rel = "noopener";
    }
    preview.replaceChildren(...rendered.childNodes);
    const words = Number(rendered.dataset.words);
    const habit = Number(field.dataset.habit ?? 0);
    count.textContent = `${words} ${words === 1 ? "word" : "words"}${habit ? `; half of the other summaries have ${habit} or fewer` : ""}`;
  }
}

function made(name, classes) {
  const element = document.createElement(name);
  element.className = classes;
  return element;
}

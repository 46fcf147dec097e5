// Saves one field of the list of findings after the other without leaving the page: Enter saves, the next field has the focus at once, and
// what stands in the others stays. Without script the one form around all fields does the same with a page between.
import { inertPage } from "./inert-page.js";

const said = document.getElementById("mend-said");
let queue = Promise.resolve();

// Rows that are to be saved and have not been sent yet, in their order.
const waiting = new Set();

document.addEventListener("keydown", event => {
  if (event.key === "Enter" && !event.isComposing && event.target.matches(".mend input:not([type=hidden])")) {
    event.preventDefault();
    saveRow(event.target.closest(".mend"));
  }
});

document.addEventListener("submit", event => {
  const form = event.target;
  if (form.id === "mends") {
    event.preventDefault();
    if (event.submitter?.name === "only") {
      saveRow(document.getElementById(event.submitter.value));
    } else {
      enqueue(() => save(null));
    }
  } else if (form.matches(".undo, #undo, .leave, .take-back")) {
    event.preventDefault();
    enqueue(() => act(form));
  }
});

// Whoever leaves with something typed is asked; what was to be saved and waits for its turn is sent in one go.
addEventListener("beforeunload", event => {
  const standing = standingOf();
  if (waiting.size > 0 || [...valuesOf()].some(([id, value]) => standing.get(id) !== value)) {
    event.preventDefault();
  }
});
addEventListener("pagehide", () => {
  const form = document.getElementById("mends");
  const keys = [...waiting].filter(key => document.getElementById(key));
  if (form && keys.length > 0) {
    fetch(form.getAttribute("action"), { method: "POST", body: bodyOf(form, keys), keepalive: true, headers: { "X-Requested-With": "fetch" } }).catch(() => {});
  }
});

// Nobody waits for the answer: the next field is ready while this one is saved.
function saveRow(row) {
  const key = row.id;
  const rows = [...document.querySelectorAll("#checks .mend")];
  const below = rows.slice(rows.indexOf(row) + 1).filter(isShown);
  const next = below.find(one => isLike(one, row)) ?? below[0];
  if (next) {
    focusToReplace(controlOf(next));
  }
  waiting.add(key);
  if (waiting.size > 1) {
    say(`Saving ${waiting.size} …`);
  }
  enqueue(() => save(key));
}

function enqueue(work) {
  queue = queue.then(work).catch(() => {
    say("The server can't be reached. Nothing more was saved; what you typed still stands here.");
  });
}

async function save(key) {
  const form = document.getElementById("mends");
  waiting.delete(key);
  if (!form || (key && !document.getElementById(key))) {
    return;
  }
  const body = key ? bodyOf(form, [key]) : new URLSearchParams(new FormData(form));
  // Of one row alone, all that stands in the others counts as typed since.
  const sent = key ? standingOf() : valuesOf();
  if (key) {
    body.set("only", key);
    sent.set(key, valuesOf().get(key));
  }
  const page = await post(form.getAttribute("action"), body, key !== null);
  if (page) {
    replace(page, key, sent);
  }
}

async function act(form) {
  const row = form.closest("li.saved");
  const key = row?.dataset.key;
  const at = [...document.querySelectorAll("#checks li")].indexOf(form.closest("#checks li"));
  const sent = standingOf();
  const page = await post(form.getAttribute("action"), new URLSearchParams(new FormData(form)));
  if (page) {
    row?.remove();
    replace(page, null, sent);
    if (key && document.getElementById(key)) {
      controlOf(document.getElementById(key)).focus();
    } else if (at >= 0 && document.activeElement === document.body) {
      // What stood there is gone, and whoever goes on by keyboard goes on with what has taken its place.
      const rows = document.querySelectorAll("#checks li");
      (rows[at] ?? rows[rows.length - 1])?.querySelector("a, button")?.focus();
    }
  }
}

// These rows alone, as a form of theirs would send them: small enough to be sent while the page is left.
function bodyOf(form, keys) {
  const body = new URLSearchParams({ __RequestVerificationToken: form.elements.namedItem("__RequestVerificationToken").value });
  keys.forEach((key, at) => {
    for (const field of document.getElementById(key).querySelectorAll("[name^='Mends[']")) {
      body.append(field.name.replace(/^Mends\[\d+\]/, `Mends[${at}]`), field.value);
    }
  });
  return body;
}

// A browser sends up to 64 KB while its page is left.
async function post(address, body, outlives = false) {
  const keepalive = outlives && body.toString().length < 60000;
  const answer = await fetch(address, { method: "POST", body, keepalive, cache: "no-store", headers: { "X-Requested-With": "fetch" } });
  const page = inertPage(await answer.text());
  if (page.getElementById("checks")) {
    return page;
  }
  say(page.querySelector("[name=Password]")
    ? "You have been signed out: sign in again in another window, then save again. What you typed still stands here."
    : "The server did not take it. What you typed still stands here.");
  return null;
}

// Puts the fresh list in the place of the old one, with what was typed since it was asked for, and a row that says what was saved.
function replace(page, key, sent) {
  const checks = document.getElementById("checks");
  const fresh = document.adoptNode(page.getElementById("checks"));
  const order = [...checks.querySelectorAll(".mend")].map(row => row.id);
  const typed = [...valuesOf()].filter(([id, value]) => sent.has(id) && sent.get(id) !== value);
  const here = document.activeElement?.closest?.(".mend")?.id;
  const selection = here ? [document.activeElement.selectionStart, document.activeElement.selectionEnd] : null;
  const rows = [...checks.querySelectorAll("li.saved")].map(row => ({ row, after: row.dataset.after.split(" ") }));
  const message = page.querySelector("#saved p, .flash p")?.textContent ?? "";
  if (key && page.getElementById("saved")) {
    rows.push({ row: savedRow(key, message, page.querySelector("#saved .undo")), after: order.slice(order.indexOf(key) + 1) });
  }
  const standing = new Map(standsOf(checks));
  checks.replaceWith(fresh);
  for (const [id, value] of typed) {
    fill(document.getElementById(id), value, standing.get(id));
  }
  for (const { row, after } of rows) {
    place(row, after);
  }
  document.getElementById("saved")?.remove();
  document.querySelector(".flash")?.remove();
  // Of several fields at once no single row can say it.
  const notice = key ? null : page.getElementById("saved");
  if (notice) {
    fresh.before(document.adoptNode(notice));
  }
  // Whoever is at work elsewhere needs no text opened, and finds those open that were.
  const offered = fresh.querySelector(".mend [autofocus]")?.closest(".mend");
  if (offered && offered.id !== here && document.getElementById(here)) {
    offered.closest("details:not(:has(.error))")?.removeAttribute("open");
  }
  for (const row of checks.querySelectorAll("details[open] .mend")) {
    document.getElementById(row.id)?.closest("details")?.setAttribute("open", "");
  }
  const problem = fresh.querySelector("#lost, #conflict, .leave [aria-invalid=true]");
  const wrong = fresh.querySelector(".mend .error");
  say([message, wrong?.textContent].filter(Boolean).join(" "));
  const stands = document.getElementById(here);
  const next = fresh.querySelector("[autofocus]");
  if (problem || wrong || stands) {
    focusOn(problem ?? controlOf(wrong?.closest(".mend") ?? stands), problem || wrong ? null : selection);
  } else if (next) {
    next.closest("details")?.setAttribute("open", "");
    focusToReplace(next);
  }
}

// A colleague's words are not overwritten: where the text is another than the one typed on, the field keeps what it began with.
function fill(row, value, stand) {
  if (!row) {
    return;
  }
  controlOf(row).value = value;
  const hidden = row.querySelector("[name$='.Stand']");
  if (stand && JSON.parse(stand).Was !== JSON.parse(hidden.value).Was) {
    hidden.value = stand;
  }
}

function savedRow(key, message, undo) {
  const row = document.createElement("li");
  row.className = "saved";
  row.dataset.key = key;
  const words = document.createElement("p");
  words.textContent = message;
  row.append(words);
  if (undo) {
    row.append(document.adoptNode(undo));
  }
  return row;
}

// Where it stood: before the row that came next.
function place(row, after) {
  row.dataset.after = after.join(" ");
  const next = after.map(id => document.getElementById(id)).find(Boolean)?.closest("li");
  if (next) {
    next.before(row);
    return;
  }
  const lists = document.querySelectorAll("#checks .findings:not(.left-alone)");
  if (lists.length > 0) {
    lists[lists.length - 1].append(row);
    return;
  }
  const list = document.createElement("ul");
  list.className = "findings";
  list.append(row);
  document.getElementById("checks").append(list);
}

// What is pasted next takes the place of what the line holds; a text of several lines is not to be lost by one paste.
function focusToReplace(control) {
  control.focus();
  if (control instanceof HTMLInputElement) {
    control.select();
  }
}

function focusOn(element, selection) {
  element.closest("details")?.setAttribute("open", "");
  element.focus();
  if (selection && typeof selection[0] === "number" && element.setSelectionRange && document.activeElement === element) {
    element.setSelectionRange(...selection);
  }
}

function valuesOf() {
  return new Map([...document.querySelectorAll("#checks .mend")].map(row => [row.id, controlOf(row).value]));
}

// As the page was made: all that was typed since counts as typed.
function standingOf() {
  return new Map([...document.querySelectorAll("#checks .mend")].map(row => {
    const control = controlOf(row);
    return [row.id, control.options ? [...control.options].find(option => option.defaultSelected)?.value ?? "" : control.defaultValue];
  }));
}

function standsOf(within) {
  return [...within.querySelectorAll(".mend")].map(row => [row.id, row.querySelector("[name$='.Stand']").value]);
}

function controlOf(row) {
  return row.querySelector("[name$='.Value']");
}

// Whoever pastes one link after the other is led to the next link that is missing, and not to a title that stands between.
function isLike(row, other) {
  const [one, two] = [controlOf(row), controlOf(other)];
  return one.inputMode === two.inputMode && isBegunEmpty(one) === isBegunEmpty(two);
}

function isBegunEmpty(control) {
  return !control.options && control.defaultValue === "";
}

function isShown(row) {
  return row.closest("details:not([open])") === null;
}

function say(text) {
  said.textContent = text;
}

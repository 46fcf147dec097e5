// Puts the cards of the board in order: dragged with a mouse or a finger by their handles, or moved with the arrow keys. Each drop is
// sent as the form that the buttons without script would send, and the board is shown as the server answers it.
import { inertPage } from "./inert-page.js";

const board = document.getElementById("board-script");
const announcement = document.getElementById("announcement");
const parts = ["standing", "news", "board", "texts"];
const beginsAfter = 5;
const edge = 72;
const fastest = 18;
const presencePause = 10000;

let held = null;
let sending = false;
let clicks = false;

equip();
document.addEventListener("pointerdown", press);
document.addEventListener("keydown", key, true);
document.addEventListener("click", pick);
document.addEventListener("focusout", leave);
document.addEventListener("dragstart", event => event.target.closest?.("[data-card]") && event.preventDefault());
// The click that ends a drag opens nothing.
document.addEventListener("click", event => {
  if (clicks) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);
document.addEventListener("change", count);
document.addEventListener("click", selectRange);
setInterval(look, presencePause);

function equip() {
  for (const handle of document.querySelectorAll(".handle")) {
    handle.hidden = false;
  }
  count();
}

// Dragging. The card stays where it is until it is dropped; a line shows where it would stand.

function press(event) {
  const card = event.target.closest("[data-card]");
  const onHandle = event.target.closest(".handle") !== null;
  const isMouse = event.pointerType === "mouse";
  if (!card || held || sending || event.button !== 0 || !(onHandle || (isMouse && !event.target.closest("button, input, label, select, summary")))) {
    return;
  }
  const drag = { card, x: event.clientX, y: event.clientY, startX: event.clientX, startY: event.clientY, pointer: event.pointerId, ghost: null, line: null, frame: 0 };
  const moved = one => one.pointerId === drag.pointer && follow(drag, one);
  const ended = one => one.pointerId === drag.pointer && end(one.type === "pointerup");
  const escaped = one => one.key === "Escape" && end(false);
  const end = drop => {
    document.removeEventListener("pointermove", moved);
    document.removeEventListener("pointerup", ended);
    document.removeEventListener("pointercancel", ended);
    document.removeEventListener("keydown", escaped);
    finish(drag, drop);
  };
  document.addEventListener("pointermove", moved);
  document.addEventListener("pointerup", ended);
  document.addEventListener("pointercancel", ended);
  document.addEventListener("keydown", escaped);
}

function follow(drag, event) {
  drag.x = event.clientX;
  drag.y = event.clientY;
  if (!drag.ghost) {
    if (Math.hypot(drag.x - drag.startX, drag.y - drag.startY) < beginsAfter) {
      return;
    }
    begin(drag);
  }
  event.preventDefault();
  show(drag);
}

function begin(drag) {
  drag.ghost = made("div", "ghost", drag.card.dataset.title);
  drag.line = made(drag.card.localName === "li" ? "li" : "div", "drop-line", "");
  document.body.append(drag.ghost);
  document.body.classList.add("dragging");
  // Outside the window, too.
  document.documentElement.setPointerCapture(drag.pointer);
  drag.card.classList.add("held");
  getSelection().removeAllRanges();
  say(`Picked up “${drag.card.dataset.title}”.`);
  drag.frame = requestAnimationFrame(() => scroll(drag));
}

function show(drag) {
  drag.ghost.style.translate = `${drag.x + 12}px ${drag.y + 12}px`;
  const list = document.elementFromPoint(drag.x, drag.y)?.closest("#board td, .not-placed, #news")?.querySelector("[data-takes]");
  if (list?.dataset.takes !== drag.card.dataset.card) {
    drag.line.remove();
    return;
  }
  const cards = cardsOf(list).filter(card => card !== drag.card);
  const next = cards.find(card => isBefore(drag, card.getBoundingClientRect(), cards)) ?? null;
  if (drag.line.parentNode !== list || nextCard(drag.line) !== next) {
    list.insertBefore(drag.line, next);
  }
}

// Cards stand below one another, or in rows.
function isBefore({ x, y }, box, cards) {
  const inRows = cards.length > 1 && new Set(cards.map(card => Math.round(card.getBoundingClientRect().left))).size > 1;
  return y < box.top || (y < box.bottom && (inRows ? x < box.left + box.width / 2 : y < box.top + box.height / 2));
}

function scroll(drag) {
  const past = drag.y < edge ? drag.y - edge : Math.max(0, drag.y - (innerHeight - edge));
  if (past !== 0) {
    scrollBy(0, Math.max(-fastest, Math.min(fastest, past / 4)));
    show(drag);
  }
  drag.frame = requestAnimationFrame(() => scroll(drag));
}

function finish(drag, drop) {
  if (!drag.ghost) {
    return;
  }
  cancelAnimationFrame(drag.frame);
  const list = drag.line.parentNode;
  const next = nextCard(drag.line);
  drag.ghost.remove();
  drag.line.remove();
  document.body.classList.remove("dragging");
  drag.card.classList.remove("held");
  clicks = true;
  setTimeout(() => { clicks = false; });
  if (!drop || !list) {
    say(`Put back “${drag.card.dataset.title}”.`);
    return;
  }
  const home = placeOf(drag.card);
  if (next !== drag.card) {
    list.insertBefore(drag.card, next);
  }
  save(drag.card, home);
}

// By keyboard the card itself moves, and the focus with it.

// A click that no pointer made: Space, Enter, or what a screen reader does for them.
function pick(event) {
  const handle = event.target.closest(".handle");
  if (!handle || event.detail > 0) {
    return;
  }
  if (held) {
    drop();
  } else if (!sending) {
    const card = handle.closest("[data-card]");
    held = { card, home: placeOf(card) };
    card.classList.add("held");
    handle.setAttribute("aria-pressed", "true");
    say(`Picked up “${card.dataset.title}”, position ${where(card)}.`);
  }
}

function key(event) {
  const handle = event.target.closest?.(".handle");
  if (!held || !handle || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const steps = { ArrowUp: up, ArrowDown: down, ArrowLeft: card => aside(card, -1), ArrowRight: card => aside(card, 1) };
  if (event.key === "Escape") {
    take(event);
    putBack();
  } else if (steps[event.key]) {
    take(event);
    const moving = held;
    const { card } = held;
    held = null;
    const moved = steps[event.key](card);
    handle.focus();
    held = moving;
    card.scrollIntoView({ block: "nearest" });
    say(moved ? `Moved to position ${where(card)}` : `Nowhere further that way: position ${where(card)}`);
  }
}

function take(event) {
  event.preventDefault();
  event.stopPropagation();
}

function leave() {
  if (held) {
    putBack();
  }
}

function letGo() {
  const { card, home } = held;
  held = null;
  card.classList.remove("held");
  card.querySelector(".handle").removeAttribute("aria-pressed");
  return { card, home };
}

function drop() {
  const { card, home } = letGo();
  if (isAt(card, home)) {
    say(`Dropped “${card.dataset.title}” where it stood.`);
    return;
  }
  save(card, home);
}

function putBack() {
  const { card, home } = letGo();
  const hadFocus = card.contains(document.activeElement);
  restore(card, home);
  if (hadFocus) {
    card.querySelector(".handle").focus();
  }
  say(`Put back “${card.dataset.title}”.`);
}

function up(card) {
  const before = cardBefore(card);
  if (before) {
    before.before(card);
    return true;
  }
  return into(card, listAbove(card.parentNode, -1), null);
}

function down(card) {
  const next = nextCard(card);
  if (next) {
    next.after(card);
    return true;
  }
  const list = listAbove(card.parentNode, 1);
  return into(card, list, list && cardsOf(list)[0]);
}

// The section beside, in the same sector, as near to the same height as it has cards.
function aside(card, step) {
  const cells = [...card.closest("tr")?.querySelectorAll("[data-takes]") ?? []];
  const list = cells[cells.indexOf(card.parentNode) + step];
  return into(card, list, list && cardsOf(list)[cardsOf(card.parentNode).indexOf(card)]);
}

function into(card, list, next) {
  if (!list) {
    return false;
  }
  list.insertBefore(card, next ?? null);
  return true;
}

// The same section in the sector above or below; above the first stand those that are not placed.
function listAbove(list, step) {
  const rows = [...document.querySelectorAll("#board tbody tr")];
  const row = list.closest("#board tbody tr");
  const loose = document.querySelector("#board .not-placed [data-takes]");
  if (!row) {
    return list === loose && step > 0 ? rows[0]?.querySelector("[data-takes]") : null;
  }
  const column = [...row.querySelectorAll("[data-takes]")].indexOf(list);
  const to = rows[rows.indexOf(row) + step];
  return to ? to.querySelectorAll("[data-takes]")[column] : step < 0 ? loose : null;
}

// Saving

async function save(card, home) {
  const title = card.dataset.title;
  const focus = document.activeElement?.id;
  const body = new URLSearchParams({
    card: card.dataset.card, id: card.dataset.id, version: board.dataset.version,
    place: card.dataset.card === "item" ? card.parentNode.dataset.place : "", before: nextCard(card)?.dataset.id ?? "",
    __RequestVerificationToken: document.querySelector("main [name=__RequestVerificationToken]").value,
  });
  sending = true;
  try {
    const answer = await fetch(board.dataset.order, { method: "POST", body, cache: "no-store" });
    const fresh = inertPage(await answer.text());
    if (!fresh.getElementById("board-script")) {
      failed(card, home, answer.redirected ? "You have been signed out: sign in again in another window." : "The server could not save this.");
      return;
    }
    const refusal = fresh.getElementById("refusal");
    const said = refusal ? `Put back “${title}”. ${refusal.textContent.trim()}` : `Dropped. ${fresh.querySelector(".flash p")?.textContent ?? ""}`;
    // The line for screen readers says it; the notice would say it again.
    fresh.querySelector(".flash p")?.removeAttribute("role");
    replace(fresh);
    focusOn(focus);
    say(said);
  } catch {
    failed(card, home, "The server can't be reached.");
  } finally {
    sending = false;
  }
}

function failed(card, home, why) {
  const focused = card.contains(document.activeElement);
  restore(card, home);
  if (focused) {
    card.querySelector(".handle").focus();
  }
  for (const old of document.querySelectorAll(".flash, #refusal")) {
    old.remove();
  }
  const text = `${why} “${card.dataset.title}” is put back where it stood.`;
  const notice = made("div", "notice wrong", "");
  notice.id = "refusal";
  notice.append(made("p", "", text));
  board.before(notice);
  say(text);
}

// Boxes that are ticked stay ticked.
function replace(fresh) {
  const ticked = new Set(boxes().filter(box => box.checked).map(keyOf));
  for (const id of parts) {
    const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && now) {
      old.replaceWith(now);
    }
  }
  for (const old of document.querySelectorAll(".flash, #refusal, #order-changed")) {
    old.remove();
  }
  for (const notice of fresh.querySelectorAll(".flash, #refusal")) {
    board.before(notice);
  }
  board.dataset.version = fresh.getElementById("board-script").dataset.version;
  for (const box of boxes()) {
    box.checked = ticked.has(keyOf(box));
  }
  equip();
}

function focusOn(id) {
  const place = id && document.getElementById(id);
  if (place) {
    place.focus();
    place.closest("[data-card]")?.scrollIntoView({ block: "nearest" });
  }
}

// Several at once: the boxes of items name one form, those of news another.

function boxes() {
  return [...document.querySelectorAll("input[form^=several]")];
}

function boxesOf(form) {
  return boxes().filter(box => box.getAttribute("form") === form);
}

function keyOf(box) {
  return `${box.getAttribute("form")} ${box.value}`;
}

let last = null;

function selectRange(event) {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !boxes().includes(box)) {
    return;
  }
  const all = boxesOf(box.getAttribute("form"));
  if (event.shiftKey && last && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const one of all.slice(from, to + 1)) {
      one.checked = box.checked;
    }
    count();
  }
  last = box;
}

function count() {
  for (const form of document.querySelectorAll(".several")) {
    const selected = form.querySelector(".selected");
    selected.dataset.none ??= selected.textContent;
    const number = boxesOf(form.id).filter(box => box.checked).length;
    const text = number === 0 ? selected.dataset.none : `${number} selected`;
    form.classList.add("scripted");
    form.classList.toggle("some", number > 0);
    if (selected.textContent !== text) {
      selected.textContent = text;
    }
  }
}

// Who else has what open, and whether the order is another by now.
async function look() {
  if (document.hidden || held || sending) {
    return;
  }
  try {
    const answer = await fetch(board.dataset.presence, { cache: "no-store", redirect: "error", headers: { "X-Requested-With": "fetch" } });
    const { orderId, editedBy } = await answer.json();
    for (const card of document.querySelectorAll("[data-card]")) {
      const line = card.querySelector("[data-editing]");
      line.textContent = editedBy[card.id] ?? "";
      line.hidden = !editedBy[card.id];
    }
    if (orderId > Number(board.dataset.version) && !document.getElementById("order-changed")) {
      const notice = made("div", "notice", "");
      notice.id = "order-changed";
      const text = made("p", "", "A colleague has changed the order. ");
      const show = made("a", "", "Show it");
      show.href = location.pathname;
      text.append(show);
      notice.append(text);
      board.before(notice);
      say("A colleague has changed the order.");
    }
  } catch {
    // It is asked again.
  }
}

// Cards and places

function cardsOf(list) {
  return [...list.querySelectorAll(":scope > [data-card]")];
}

function nextCard(element) {
  let next = element.nextElementSibling;
  while (next && !next.matches("[data-card]")) {
    next = next.nextElementSibling;
  }
  return next;
}

function cardBefore(card) {
  const cards = cardsOf(card.parentNode);
  return cards[cards.indexOf(card) - 1] ?? null;
}

function placeOf(card) {
  return { list: card.parentNode, next: nextCard(card) };
}

function isAt(card, { list, next }) {
  return card.parentNode === list && nextCard(card) === next;
}

function restore(card, { list, next }) {
  list.insertBefore(card, next);
}

function where(card) {
  const cards = cardsOf(card.parentNode);
  return `${cards.indexOf(card) + 1} of ${cards.length} in ${card.parentNode.dataset.name}`;
}

function say(text) {
  announcement.textContent = text;
}

function made(name, className, text) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

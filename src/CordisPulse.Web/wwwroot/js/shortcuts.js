// Keyboard shortcuts of the desk. Links and buttons declare theirs: data-key is one key, or several to be pressed one after the other;
// data-key-within says within what the focus must be. What data-key-among selects is walked through with data-key-next and
// data-key-previous. Nothing happens while somebody types, and one box in the list switches all of them off.
const pause = 1500;
const setting = "desk-keys";
const typing = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

document.body.append(document.getElementById("keys-template").content);

const list = document.getElementById("keys");
let pressed = "";
let timer = 0;
let at = [0, 0];

for (const label of document.querySelectorAll("[data-keys-switch]")) {
  const box = label.querySelector("input");
  label.hidden = false;
  box.checked = areOn();
  box.addEventListener("change", () => remember(box.checked));
}
document.getElementById("keys-link").addEventListener("click", event => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    at = [scrollX, scrollY];
    list.showModal();
  }
});
// Whoever closes the list is where they were when they opened it.
list.addEventListener("close", () => scrollTo(...at));
document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key.length !== 1
    || document.querySelector("dialog[open]") || event.target.closest?.(typing) || !areOn()) {
    return;
  }
  const keys = pressed ? `${pressed} ${event.key}` : event.key;
  clearTimeout(timer);
  if (run(keys)) {
    event.preventDefault();
    pressed = "";
  } else if (document.querySelector(`[data-key^="${CSS.escape(keys)} "]`)) {
    pressed = keys;
    timer = setTimeout(() => { pressed = ""; }, pause);
  } else {
    pressed = "";
  }
});

function run(keys) {
  const among = document.querySelector(`[data-key-next="${CSS.escape(keys)}"], [data-key-previous="${CSS.escape(keys)}"]`);
  if (among) {
    return walk(document.querySelectorAll(among.dataset.keyAmong), among.dataset.keyNext === keys ? 1 : -1);
  }
  const found = nearest([...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].filter(isAtHand));
  if (!found) {
    return false;
  }
  // The dialog gives the focus back to what had it.
  if (found.id !== "keys-link") {
    found.focus();
  }
  found.click();
  found.closest("details[open]")?.querySelector("select, input:not([type=hidden])")?.focus();
  return true;
}

function walk(elements, step) {
  const all = [...elements];
  const scope = all.findIndex(one => one.parentElement.contains(document.activeElement));
  const to = scope < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, scope + step));
  all[to]?.focus();
  return all.length > 0;
}

function isAtHand(element) {
  const { keyWithin } = element.dataset;
  return !element.closest("[hidden]") && (!keyWithin || element.closest(keyWithin).contains(document.activeElement));
}

// Of several with the same key, the one that stands nearest to the focus.
function nearest(elements) {
  for (let around = document.activeElement; around; around = around.parentElement) {
    const found = elements.find(one => around.contains(one));
    if (found) {
      return found;
    }
  }
  return elements[0];
}

function areOn() {
  try {
    return localStorage.getItem(setting) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  for (const box of document.querySelectorAll("[data-keys-switch] input")) {
    box.checked = on;
  }
  try {
    localStorage.setItem(setting, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing forgets the choice with the page.
  }
}

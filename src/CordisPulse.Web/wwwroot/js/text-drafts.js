// Keeps what is typed into the form of a text: in this browser at once, and on the server as a draft within two seconds of a pause.
// Once the server has it, or it is saved, the browser forgets it. Each window has a copy of its own here, and writes over no draft that
// another has kept unseen. Without script a form is kept by saving it.
import { compare, differing } from "./kept-copy.js";
import { inertPage } from "./inert-page.js";

const pause = 1500;
const pauseBeforeRetrying = 5000;
const heartbeat = 20000;

// What tells which text, draft and window a form is about is none of its words.
const notWords = ["Form.Version", "Form.Window", "Form.TakenUp"];

const draft = document.getElementById("draft");

forgetSaved();
if (draft) {
  watch(draft, document.querySelector("form:has([name='Form.Version'])"));
}

// What the page before this one has saved.
function forgetSaved() {
  for (const notice of document.querySelectorAll("[data-saved]")) {
    forget(nameOf(notice.dataset.saved));
  }
}

function watch(place, form) {
  const { key, address } = place.dataset;
  const status = document.getElementById("kept");
  const editedBy = document.getElementById("edited-by");
  const token = form.elements.namedItem("__RequestVerificationToken").value;
  const takenUp = form.elements.namedItem("Form.TakenUp");
  const ownWindow = form.elements.namedItem("Form.Window").value;
  const own = nameOf(`${key}:${ownWindow}`);
  let typed = place.dataset.typed === "true";
  let undecided = document.getElementById("offered") !== null;
  // What another window has kept, while nobody has said which to go on with.
  let other = null;
  // What the server has; a draft that is taken up stays the other window's until something is typed.
  let kept = place.dataset.kept ? fieldsOf(form) : null;
  let timer = 0;
  let sending = null;
  let closing = false;
  // Whether the last contact failed, and what was pressed since: it is sent once the server answers.
  let away = false;
  let held = null;
  let timerOfHeld = 0;

  if (kept) {
    say(`Kept at ${place.dataset.kept}`);
  }
  if (!typed || kept) {
    tell("Open");
  }
  offerCopy();
  setInterval(() => (typed && fieldsOf(form) !== kept ? keep() : tell("Open")), heartbeat);

  form.addEventListener("input", () => {
    typed = true;
    closing = false;
    keepHere();
    schedule(pause);
  });
  const save = form.querySelector("[aria-keyshortcuts~='Control+Enter']");
  form.addEventListener("keydown", event => {
    if (save && event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && !event.repeat && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit(save);
    }
  });
  form.addEventListener("submit", event => {
    keepHere();
    if (!away) {
      close();
      return;
    }
    event.preventDefault();
    clearTimeout(timer);
    clearTimeout(timerOfHeld);
    sending?.abort();
    held = { button: event.submitter };
    sendHeld();
  });
  document.getElementById("cancel").addEventListener("click", event => {
    if (!typed || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    close();
    forget(own);
    letGo();
  });
  document.getElementById("let-draft-go")?.addEventListener("submit", close);
  addEventListener("pagehide", () => {
    if (closing) {
      return;
    }
    if (!typed) {
      post("Left", true);
    } else if (fieldsOf(form) !== kept) {
      keepHere();
      if (!undecided && !other) {
        post("Typed", true);
      }
    }
  });
  // A page that the browser brings back as it was goes on where it stopped.
  addEventListener("pageshow", event => {
    if (event.persisted) {
      closing = false;
      schedule(0);
    }
  });

  function schedule(after) {
    clearTimeout(timer);
    timer = setTimeout(keep, after);
  }

  // No draft may reach the server after the form has been saved or let go.
  function close() {
    closing = true;
    clearTimeout(timer);
    sending?.abort();
  }

  async function sendHeld() {
    say("The server can't be reached. This is sent as soon as it answers; what you typed is kept in this browser.");
    const own = held;
    await post("Open", false);
    if (held !== own) {
      return;
    }
    if (away) {
      timerOfHeld = setTimeout(sendHeld, pauseBeforeRetrying);
      return;
    }
    const { button } = held;
    held = null;
    form.requestSubmit(button);
  }

  async function keep() {
    if (closing || !typed || held) {
      return;
    }
    if (undecided) {
      say("Kept in this browser. Say above what becomes of what you typed before.");
      return;
    }
    if (other) {
      say("Kept in this browser. Say above whether to go on with this window or the other.");
      return;
    }
    clearTimeout(timer);
    sending?.abort();
    sending = new AbortController();
    const fields = fieldsOf(form);
    const answer = await post("Typed", false, sending.signal);
    if (answer === "aborted" || closing) {
      return;
    }
    if (answer.kept) {
      kept = fields;
      if (fieldsOf(form) === fields) {
        forget(own);
      }
      say(`Kept at ${answer.kept}`);
      showOthers(answer);
      return;
    }
    if (answer.other) {
      keepHere();
      showOther(answer.other);
      return;
    }
    say(`${answer.problem} ${keepHere() ? "What you type is kept in this browser." : "What you type is kept nowhere: copy it before you leave."}`);
    if (answer.again) {
      timer = setTimeout(keep, pauseBeforeRetrying);
    }
  }

  async function tell(state) {
    const answer = await post(state, false);
    if (answer.kept) {
      showOthers(answer);
    }
  }

  async function post(state, keepalive, signal) {
    const body = new URLSearchParams(fieldsOf(form));
    body.set("state", state);
    try {
      const answer = await fetch(address, {
        method: "POST", body, keepalive, signal, redirect: "manual", cache: "no-store",
        headers: { "RequestVerificationToken": token, "X-Requested-With": "fetch" },
      });
      away = false;
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        return { problem: "You have been signed out: sign in again in another window.", again: true };
      }
      if (answer.status === 409) {
        return { other: await answer.text() };
      }
      if (answer.status === 413) {
        return { problem: "This is too long to be kept on the server." };
      }
      if (answer.status === 404) {
        return { problem: "Somebody has removed this from the edition. Saving adds it anew." };
      }
      if (!answer.ok) {
        return { problem: "The server could not keep this.", again: true };
      }
      return answer.status === 204 ? {} : await answer.json();
    } catch (error) {
      if (error.name === "AbortError") {
        return "aborted";
      }
      away = true;
      return { problem: "The server can't be reached.", again: true };
    }
  }

  function letGo() {
    fetch(`${address}/let-go`, {
      method: "POST", body: new URLSearchParams({ "Form.Window": ownWindow, "Form.TakenUp": takenUp.value }), keepalive: true, redirect: "manual",
      headers: { "RequestVerificationToken": token },
    }).catch(() => {});
  }

  // Both texts beside each other; the form goes on holding this window's.
  function showOther(html) {
    other = inertPage(html).getElementById("other-window");
    place.append(other);
    other.querySelector("#keep-this").addEventListener("click", () => {
      takenUp.value = other.dataset.name;
      other.remove();
      other = null;
      form.querySelector("input:not([type=hidden]), textarea").focus();
      keep();
    });
    other.querySelector("#take-other").addEventListener("submit", () => {
      close();
      forget(own);
    });
    say("Not kept on the server: another window of yours has kept something else. What you type here is kept in this browser.");
  }

  function keepHere() {
    try {
      localStorage.setItem(own, JSON.stringify({ at: Date.now(), fields: fieldsOf(form) }));
      return true;
    } catch {
      return false;
    }
  }

  // What this browser kept and the server may lack, unless the form or the server's draft says the same.
  async function offerCopy() {
    const copy = newestCopy(`${key}:`);
    const takeDraft = document.getElementById("take-draft");
    if (!copy) {
      goOn();
      return;
    }
    if (saysTheSame(copy.fields, fieldsOf(form)) || (takeDraft && saysTheSame(copy.fields, await fieldsOfDraft(takeDraft)))) {
      forget(copy.name);
      await offerCopy();
      return;
    }
    undecided = true;
    // Typing on would replace the copy.
    form.inert = true;
    const serverOffer = document.getElementById("offered");
    if (serverOffer) {
      serverOffer.hidden = true;
    }
    const offer = document.createElement("div");
    offer.className = "notice";
    offer.id = "offered-copy";
    offer.append(
      element("h2", "You typed this and did not save it"),
      element("p", `This browser kept it on ${new Date(copy.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })}. It has not been saved.`));
    const acts = element("p", "");
    acts.className = "actions tight";
    acts.append(button("Take it", () => {
      const taken = new URLSearchParams(copy.fields);
      // What the same window had kept on the server before is part of it.
      takenUp.value = taken.get("Form.Window") === place.dataset.offeredWindow ? place.dataset.offered : taken.get("Form.TakenUp") || takenUp.value;
      forget(copy.name);
      const [first] = differing(form, copy.fields);
      fill(copy.fields);
      done(false);
      first?.focus();
    }), " ", button("Let it go", () => {
      forget(copy.name);
      done(serverOffer !== null);
      offerCopy();
    }));
    offer.append(acts, ...compare(form, copy.fields));
    place.append(offer);

    function done(isOffered) {
      offer.remove();
      form.inert = false;
      undecided = isOffered;
      if (serverOffer) {
        serverOffer.hidden = !isOffered;
      }
      form.querySelector("input:not([type=hidden]), textarea").focus();
      goOn();
    }
  }

  function goOn() {
    if (typed && fieldsOf(form) !== kept) {
      keepHere();
      schedule(0);
    }
  }

  function fill(fields) {
    const typed = new URLSearchParams(fields);
    for (const tick of form.querySelectorAll("input[type=checkbox][name^='Form.']")) {
      tick.checked = typed.getAll(tick.name).includes(tick.value);
    }
    for (const [name, value] of typed) {
      const field = form.elements.namedItem(name);
      if (field && field.type !== "checkbox" && (name === "Form.Version" || !notWords.includes(name))) {
        field.value = value;
      }
    }
    form.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function fieldsOfDraft(takeDraft) {
    try {
      const draft = new URL(takeDraft.action);
      draft.search = "typed=true";
      const answer = await fetch(draft, { cache: "no-store", redirect: "error" });
      return fieldsOf(inertPage(await answer.text()).getElementById(form.id));
    } catch {
      return "";
    }
  }

  // The same words are not said again.
  function say(text) {
    if (status.textContent !== text) {
      status.textContent = text;
    }
  }

  function showOthers({ editedBy: names, savedSince }) {
    showSavedSince(savedSince);
    const text = names.length === 0 ? "" : `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} editing this.`;
    if (editedBy.textContent !== text) {
      editedBy.textContent = text;
      editedBy.hidden = names.length === 0;
    }
  }

  // That somebody has saved the text since it was opened here, at once and not only when this is saved.
  function showSavedSince(saved) {
    const place = document.getElementById("saved-since");
    if ((place.firstElementChild?.dataset.said ?? "") === (saved?.words ?? "")) {
      return;
    }
    place.replaceChildren();
    if (!saved) {
      return;
    }
    const notice = element("p", saved.words);
    notice.className = "notice";
    notice.dataset.said = saved.words;
    if (saved.address) {
      const way = element("a", "See what it changed, in a new tab");
      way.href = saved.address;
      way.target = "_blank";
      notice.append(" ", way);
    }
    place.append(notice);
  }
}

function fieldsOf(form) {
  return new URLSearchParams([...new FormData(form)]
    .filter(([name]) => name.startsWith("Form."))
    .map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")])).toString();
}

function saysTheSame(one, other) {
  const [a, b] = [one, other].map(fields => new URLSearchParams([...new URLSearchParams(fields)].filter(([name]) => !notWords.includes(name))));
  return a.toString() === b.toString();
}

function nameOf(copy) {
  return `typed:${copy}`;
}

// Of whatever windows of this browser.
function newestCopy(start) {
  try {
    return Object.keys(localStorage)
      .filter(name => name.startsWith(nameOf(start)))
      .map(name => ({ name, ...JSON.parse(localStorage.getItem(name)) }))
      .sort((one, other) => other.at - one.at)[0] ?? null;
  } catch {
    return null;
  }
}

function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function button(text, act) {
  const made = element("button", text);
  made.type = "button";
  made.className = "btn small";
  made.addEventListener("click", act);
  return made;
}

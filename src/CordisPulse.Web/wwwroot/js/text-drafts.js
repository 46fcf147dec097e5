// Keeps what is typed into the form of a text: in this browser at once, and on the server as a draft within two seconds of a pause.
// Once the server has it, or it is saved, the browser forgets it. Without script a form is kept by saving it.
const pause = 1500;
const pauseBeforeRetrying = 5000;
const heartbeat = 20000;

const draft = document.getElementById("draft");

forgetSaved();
if (draft) {
  watch(draft, document.querySelector("form:has([name='Form.Version'])"));
}

// What the page before this one has saved.
function forgetSaved() {
  for (const notice of document.querySelectorAll("[data-saved]")) {
    forget(notice.dataset.saved);
  }
}

function watch(place, form) {
  const { key, address } = place.dataset;
  const status = document.getElementById("kept");
  const editedBy = document.getElementById("edited-by");
  const token = form.elements.namedItem("__RequestVerificationToken").value;
  let typed = place.dataset.typed === "true";
  let undecided = document.getElementById("offered") !== null;
  let kept = null;
  let timer = 0;
  let sending = null;
  let closing = false;

  if (!typed) {
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
  form.addEventListener("submit", () => {
    keepHere();
    close();
  });
  document.getElementById("cancel").addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    close();
    forget(key);
    letGo();
  });
  document.getElementById("let-draft-go")?.addEventListener("submit", close);
  addEventListener("pagehide", () => {
    if (closing) {
      return;
    }
    if (!typed) {
      post("Left", true);
    } else if (!undecided && fieldsOf(form) !== kept) {
      post("Typed", true);
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

  async function keep() {
    if (closing || !typed) {
      return;
    }
    if (undecided) {
      say("Kept in this browser. Say above what becomes of what you typed before.");
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
        forget(key);
      }
      say(`Kept at ${answer.kept}`);
      showEditedBy(answer.editedBy);
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
      showEditedBy(answer.editedBy);
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
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        return { problem: "You have been signed out: sign in again in another window.", again: true };
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
      return error.name === "AbortError" ? "aborted" : { problem: "The server can't be reached.", again: true };
    }
  }

  function letGo() {
    fetch(`${address}/let-go`, { method: "POST", keepalive: true, redirect: "manual", headers: { "RequestVerificationToken": token } }).catch(() => {});
  }

  function keepHere() {
    try {
      localStorage.setItem(nameOf(key), JSON.stringify({ at: Date.now(), fields: fieldsOf(form) }));
      return true;
    } catch {
      return false;
    }
  }

  // What this browser kept and the server may lack, unless the form or the server's draft says the same.
  async function offerCopy() {
    const copy = read(key);
    const takeDraft = document.getElementById("take-draft");
    if (!copy || saysTheSame(copy.fields, fieldsOf(form)) || (takeDraft && saysTheSame(copy.fields, await fieldsOfDraft(takeDraft)))) {
      forget(key);
      if (typed) {
        keepHere();
        schedule(0);
      }
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
      fill(copy.fields);
      done(false);
    }), " ", button("Let it go", () => {
      forget(key);
      done(serverOffer !== null);
    }));
    offer.append(acts);
    place.append(offer);

    function done(isOffered) {
      offer.remove();
      form.inert = false;
      undecided = isOffered;
      if (serverOffer) {
        serverOffer.hidden = !isOffered;
      }
      form.querySelector("input:not([type=hidden]), textarea").focus();
      if (typed) {
        keepHere();
        schedule(0);
      }
    }
  }

  function fill(fields) {
    for (const [name, value] of new URLSearchParams(fields)) {
      const field = form.elements.namedItem(name);
      if (field) {
        field.value = value;
      }
    }
    form.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function fieldsOfDraft(takeDraft) {
    try {
      const answer = await fetch(`${takeDraft.action}?typed=true`, { cache: "no-store", redirect: "error" });
      return fieldsOf(new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.id));
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

  function showEditedBy(names) {
    const text = names.length === 0 ? "" : `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} editing this.`;
    if (editedBy.textContent !== text) {
      editedBy.textContent = text;
      editedBy.hidden = names.length === 0;
    }
  }
}

function fieldsOf(form) {
  return new URLSearchParams([...new FormData(form)]
    .filter(([name]) => name.startsWith("Form."))
    .map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")])).toString();
}

// The version that the typing began with is none of its words.
function saysTheSame(one, other) {
  const [a, b] = [one, other].map(fields => new URLSearchParams(fields));
  a.delete("Form.Version");
  b.delete("Form.Version");
  return a.toString() === b.toString();
}

function nameOf(key) {
  return `typed:${key}`;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(key)));
  } catch {
    return null;
  }
}

function forget(key) {
  try {
    localStorage.removeItem(nameOf(key));
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

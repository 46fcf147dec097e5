// Shows below each field of a text what the checks say of it while it is typed. Without script they speak when it is saved.
import { inertPage } from "./inert-page.js";

const pause = 700;

const findings = document.getElementById("findings");

if (findings) {
  watch(findings, document.querySelector("form:has([name='Form.Version'])"));
}

function watch(section, form) {
  const said = document.getElementById("findings-said");
  // What no words can mend, such as a link that leads nowhere, stays as it was when the page was opened, or until its line is changed.
  const kept = entriesOf(section).filter(entry => !entry.isOfWords);
  let told = entriesOf(section);
  let timer = 0;
  let asking = null;

  // The fields themselves say it; what belongs to none of them stays at the top.
  for (const entry of section.querySelectorAll("li[data-field]")) {
    entry.remove();
  }
  section.hidden = section.querySelector("li") === null;

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    asking?.abort();
  });

  async function ask() {
    asking?.abort();
    const request = asking = new AbortController();
    try {
      const answer = await fetch(section.dataset.address, {
        method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", cache: "no-store", signal: request.signal,
        headers: { "X-Requested-With": "fetch" },
      });
      if (answer.ok) {
        show(entriesOf(inertPage(await answer.text())));
      }
    } catch {
      // The server can't be reached, or more was typed: the next pause asks again.
    }
  }

  function show(fresh) {
    const entries = [...kept.filter(entry => !isChanged(document.getElementById(entry.field))), ...fresh];
    for (const control of form.querySelectorAll(".field [id^='Form_']")) {
      showAt(control, entries.filter(entry => entry.field === control.id).map(entry => entry.message));
    }
    const before = new Set(told.map(entry => entry.message));
    const news = fresh.filter(entry => !before.has(entry.message));
    if (news.length > 0) {
      said.textContent = news.map(entry => `${labelOf(entry.field)}: ${entry.message}`).join(" ");
    } else if (entries.length < told.length) {
      said.textContent = entries.length === 0 ? "The checks say nothing more." : "";
    }
    told = entries;
  }
}

function entriesOf(within) {
  return [...within.querySelectorAll("li")].map(entry => ({
    field: entry.dataset.field ?? "", message: entry.textContent.trim(), isOfWords: entry.dataset.words === "true",
  }));
}

function showAt(control, messages) {
  const id = `${control.id}-finding`;
  const field = control.closest(".field");
  let list = document.getElementById(id);
  if (messages.length === 0) {
    list?.remove();
  } else {
    if (!list) {
      list = document.createElement("ul");
      list.className = "finding";
      list.id = id;
      field.append(list);
    }
    list.replaceChildren(...messages.map(message => {
      const entry = document.createElement("li");
      entry.textContent = message;
      return entry;
    }));
  }
  field.classList.toggle("found", messages.length > 0);
  const others = (control.getAttribute("aria-describedby") ?? "").split(" ").filter(one => one && one !== id);
  control.setAttribute("aria-describedby", [...others, ...(messages.length > 0 ? [id] : [])].join(" "));
}

function isChanged(control) {
  return control instanceof HTMLInputElement && control.value !== control.defaultValue;
}

function labelOf(field) {
  return document.getElementById(field)?.labels[0]?.textContent ?? "";
}

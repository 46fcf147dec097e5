// Tells, while the title, the link or the DOI of an item is typed, where the same report was covered before. Without script the page says
// so when it is opened, and the notice once the item is saved.
import { inertPage } from "./inert-page.js";

const pause = 700;
const names = ["Form.Title", "Form.Url", "Form.Doi"];

const place = document.getElementById("covered");

if (place) {
  watch(place, document.querySelector("form:has([name='Form.Version'])"));
}

function watch(place, form) {
  const said = document.getElementById("covered-said");
  const token = form.elements.namedItem("__RequestVerificationToken").value;
  let asked = question();
  let told = wordsOf(place);
  let timer = 0;
  let asking = null;

  form.addEventListener("input", () => {
    if (question() !== asked) {
      clearTimeout(timer);
      timer = setTimeout(ask, pause);
    }
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    asking?.abort();
  });

  async function ask() {
    asking?.abort();
    const request = asking = new AbortController();
    const body = question();
    try {
      const answer = await fetch(place.dataset.address, {
        method: "POST", body: new URLSearchParams(body), redirect: "manual", cache: "no-store", signal: request.signal,
        headers: { "RequestVerificationToken": token, "X-Requested-With": "fetch" },
      });
      if (answer.ok) {
        show(inertPage(await answer.text()).body);
        asked = body;
      }
    } catch {
      // The server can't be reached, or more was typed: the next pause asks again.
    }
  }

  function show(answer) {
    const words = wordsOf(answer);
    place.replaceChildren(...answer.childNodes);
    // Whoever follows a link keeps the form.
    for (const anchor of place.querySelectorAll("a")) {
      anchor.target = "_blank";
      anchor.rel = "noopener";
    }
    if (words !== told) {
      said.textContent = words || "Nothing like it was covered before.";
      told = words;
    }
  }

  function question() {
    return new URLSearchParams(names.map(name => [name, form.elements.namedItem(name).value])).toString();
  }
}

function wordsOf(within) {
  return [...within.querySelectorAll("p, li")].map(part => part.textContent.replace(/\s+/g, " ").trim()).join(". ");
}

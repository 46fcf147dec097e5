// Says who works on an item, how far it is and what colleagues note, without leaving the page: what is being typed above stays. Without
// script each of these forms is a page between.
import { inertPage } from "./inert-page.js";

document.addEventListener("submit", event => {
  const form = event.target;
  if (form.closest("#work")) {
    event.preventDefault();
    send(form, event.submitter);
  }
});

async function send(form, submitter) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)), cache: "no-store" });
    const page = inertPage(await answer.text());
    if (!page.getElementById("work")) {
      say("This was not done: you may have been signed out. Sign in again in another window, then press the button again.");
      return;
    }
    const { id } = form;
    document.getElementById("work").replaceWith(document.adoptNode(page.getElementById("work")));
    say(page.querySelector(".flash p")?.textContent ?? "");
    const wrong = document.querySelector("#work [aria-invalid=true]");
    (wrong ?? document.getElementById(id)?.querySelector("button") ?? document.getElementById("work")).focus();
  } catch {
    say("The server can't be reached, so nothing was done.");
  }
}

function say(text) {
  document.getElementById("work-said").textContent = text;
}

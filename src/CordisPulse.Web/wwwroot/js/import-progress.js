// Keeps the figures of an import up to date while it runs. Without script the page is loaded again instead.
import { inertPage } from "./inert-page.js";

const pause = 1000;
const live = document.getElementById("live");
const announcement = document.getElementById("announcement");

if (live && live.dataset.moving === "true") {
  setTimeout(look, pause);
}

async function look() {
  const fresh = await ask();
  if (fresh === "signed out") {
    announcement.textContent = "You have been signed out. The import goes on; sign in again to watch it.";
    announcement.className = "notice wrong";
    return;
  }
  if (fresh && fresh.dataset.moving !== "true") {
    location.reload();
    return;
  }
  if (fresh) {
    live.replaceChildren(...fresh.childNodes);
  }
  setTimeout(look, pause);
}

// Null when the server can't be reached, which may be back in a moment.
async function ask() {
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
    if (answer.redirected || answer.status === 401) {
      return "signed out";
    }
    return answer.ok ? inertPage(await answer.text()).getElementById("live") : null;
  } catch {
    return null;
  }
}

// Keeps the figures of a running mailing up to date: told by the server as they change, or asked for where that does not work.
// Without script the page is loaded again instead.
import { inertPage } from "./inert-page.js";

const pause = 1000;
const live = document.getElementById("live");
const announcement = document.getElementById("announcement");

if (live && !hasEnded(live)) {
  if (window.EventSource) {
    listen();
  } else {
    setTimeout(look, pause);
  }
}

function listen() {
  const events = new EventSource(live.dataset.events);
  events.onmessage = async (event) => {
    const news = JSON.parse(event.data);
    if (news.hasEnded) {
      events.close();
    }
    showProgress(part("progress", inertPage(news.progress)));
    if (part("acts", live).dataset.version !== news.acts) {
      await refresh();
    }
  };
  events.onerror = () => {
    // The browser tries again by itself, unless the server has said that there is nothing to hear.
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(look, pause);
    }
  };
}

async function look() {
  if (await refresh()) {
    setTimeout(look, pause);
  }
}

// False when nothing follows.
async function refresh() {
  const answer = await ask(live.dataset.address);
  if (answer === "signed out") {
    say("You have been signed out. The mailing goes on; sign in again to watch it.", true);
    return false;
  }
  const fresh = answer && inertPage(answer).getElementById("live");
  if (answer && !fresh) {
    location.reload();
    return false;
  }
  if (fresh) {
    if (part("acts", live).dataset.version !== part("acts", fresh).dataset.version) {
      replaceActs(part("acts", fresh));
    }
    showProgress(part("progress", fresh));
  }
  return !hasEnded(live);
}

function showProgress(fresh) {
  const before = part("progress", live).dataset.state;
  part("progress", live).replaceWith(fresh);
  const now = fresh.dataset.state;
  if (now !== before) {
    say(`${now}. ${part("sent", live).textContent} sent.`);
  }
}

// Null when the server can't be reached, which may be back in a moment; what is no mailing any more is for the whole page to say.
async function ask(address) {
  try {
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
    if (answer.redirected || answer.status === 401) {
      return "signed out";
    }
    return answer.ok || answer.status === 404 ? await answer.text() : null;
  } catch {
    return null;
  }
}

// Whoever stands on a button finds it as it was.
function replaceActs(fresh) {
  const old = part("acts", live);
  const focused = old.contains(document.activeElement) ? document.activeElement.closest("form")?.id : null;
  old.replaceWith(fresh);
  if (focused) {
    const place = document.getElementById(focused) ?? fresh;
    (place.querySelector("button") ?? document.getElementById("main")).focus();
  }
}

function say(text, visibly = false) {
  announcement.textContent = text;
  if (visibly) {
    announcement.className = "notice wrong";
  }
}

function part(id, within) {
  return within.querySelector(`#${id}`);
}

function hasEnded(within) {
  return part("progress", within).dataset.ended === "true";
}

// Keeps the figures of a running mailing up to date. Without script the page is loaded again instead.
const pause = 1000;
const live = document.getElementById("live");
const announcement = document.getElementById("announcement");

if (live && !hasEnded(live)) {
  setTimeout(look, pause);
}

async function look() {
  const answer = await ask(live.dataset.address);
  if (answer === "signed out") {
    say("You have been signed out. The mailing goes on; sign in again to watch it.", true);
    return;
  }
  const fresh = answer && new DOMParser().parseFromString(answer, "text/html").getElementById("live");
  if (answer && !fresh) {
    location.reload();
    return;
  }
  if (fresh) {
    const before = part("progress", live).dataset.state;
    part("progress", live).replaceWith(part("progress", fresh));
    if (part("acts", live).dataset.version !== part("acts", fresh).dataset.version) {
      replaceActs(part("acts", fresh));
    }
    const now = part("progress", live).dataset.state;
    if (now !== before) {
      say(`${now}. ${part("sent", live).textContent} sent.`);
    }
    if (hasEnded(live)) {
      return;
    }
  }
  setTimeout(look, pause);
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

// Shows what was read of the links in the intake as soon as it is read. Without script the page is loaded again instead.
import { inertPage } from "./inert-page.js";

const pause = 1500;
const reading = "being-read";
// None while the intake is empty.
const status = document.getElementById("readings");
let tag = "";

// As the page was opened, and with what was read since the same paste before it was.
const begun = waiting().length;
const together = Number(status?.dataset.together);

if (waiting().length > 0) {
  setTimeout(look, pause);
}

async function look() {
  const asked = waiting();
  const answer = await ask(`${status.dataset.address}?${asked.map(id => `item=${id}`).join("&")}`, { "If-None-Match": tag });
  if (answer === "signed out") {
    status.className = "notice wrong";
    status.textContent = "You have been signed out. The links are still being read; sign in again to see them.";
    return;
  }
  if (answer?.ok) {
    tag = answer.headers.get("ETag") ?? "";
    const left = (await answer.json()).map(String);
    const read = asked.filter(id => !left.includes(id));
    if (read.length > 0) {
      await bring(read);
    }
  }
  if (waiting().length > 0) {
    setTimeout(look, pause);
  }
}

// The cards as a fresh page has them; one that stands there no more, or on another page by now, stays as it was.
async function bring(ids) {
  const answer = await ask(location.href, {});
  if (!answer?.ok) {
    return;
  }
  const page = inertPage(await answer.text());
  const names = [];
  for (const id of ids) {
    const old = document.getElementById(`item-${id}`);
    const fresh = page.getElementById(`item-${id}`);
    if (!fresh) {
      old.classList.remove(reading);
      continue;
    }
    const isIn = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (isIn) {
      fresh.focus();
    }
    names.push(`“${fresh.querySelector("a").textContent}”`);
  }
  tag = "";
  const left = waiting().length;
  if (names.length > 0) {
    status.textContent = begun === 1 ? `${names[0]} has been read.`
      : left > 0 ? `${together - left} of ${together} links have been read.`
      : `All ${together} links have been read.`;
  }
}

// Null when the server can't be reached, which may be back in a moment.
async function ask(address, headers) {
  try {
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch", ...headers }, cache: "no-store" });
    return answer.redirected || answer.status === 401 ? "signed out" : answer;
  } catch {
    return null;
  }
}

function waiting() {
  return [...document.getElementsByClassName(reading)].map(card => card.id.replace("item-", ""));
}

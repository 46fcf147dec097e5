// Links that are dragged onto the intake, or pasted while no field is open, are added as if its form had been filled in.
import { inertPage } from "./inert-page.js";

const form = document.getElementById("links-form");
const field = form.querySelector("textarea");
const said = document.getElementById("dropped");
let isOwn = false;

said.textContent = "Links can also be dragged onto this page, or pasted anywhere on it: they are added at once.";
// What is dragged from the page itself is there already.
document.addEventListener("dragstart", () => { isOwn = true; });
document.addEventListener("dragend", () => { isOwn = false; });
document.addEventListener("dragover", event => {
  if (takes(event)) {
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  }
});
document.addEventListener("drop", event => {
  if (!takes(event)) {
    return;
  }
  event.preventDefault();
  add(linksOf(event.dataTransfer), "dropped");
});
document.addEventListener("paste", event => {
  if (!event.target.closest?.("input, textarea, select, [contenteditable]")) {
    event.preventDefault();
    add(linksOf(event.clipboardData), "pasted");
  }
});

function add(links, done) {
  if (links.length === 0) {
    said.textContent = `There was no link in what was ${done}.`;
    return;
  }
  field.value = [field.value.trimEnd(), ...links].filter(line => line !== "").join("\n");
  form.requestSubmit();
}

// A text field takes what is dropped into it by itself.
function takes(event) {
  return !isOwn && !event.target.closest?.("input, textarea") && [...event.dataTransfer.types].some(type => type.startsWith("text/"));
}

function linksOf(data) {
  const page = inertPage(data.getData("text/html"));
  const links = [
    ...data.getData("text/uri-list").split(/\r?\n/).filter(line => !line.startsWith("#")),
    ...[...page.querySelectorAll("a[href]")].map(link => link.getAttribute("href")),
  ].filter(link => /^https?:\/\//i.test(link));
  return links.length > 0 ? [...new Set(links)] : data.getData("text/plain").match(/https?:\/\/[^\s<>"]+/gi) ?? [];
}

// The behaviour of every page: shows errors, updates times and counters.
"use strict";

// The page holds the texts of this script in the reader's language.
const spoken = JSON.parse(document.body.dataset.words);
const say = (words) => spoken[words] || words;

function toast(words, bad) {
  const line = document.createElement("div");
  line.className = bad ? "toast bad" : "toast";
  line.textContent = words;
  if (!bad) line.dataset.fades = "";
  document.getElementById("toast").replaceChildren(line);
  fade();
}

let fading;
function fade() {
  clearTimeout(fading);
  fading = setTimeout(() => document.getElementById("toast").replaceChildren(), 7000);
}

document.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr;
  if (answer.status !== 401) toast(answer.responseText.length < 300 ? answer.responseText : say("Something went wrong."), true);
});
document.addEventListener("htmx:sendError", () => toast(say("No connection to the shop’s server."), true));
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.target.id === "toast") fade();
});

// A page that opens at one of its parts says there what was done, since its top is not seen.
document.addEventListener("DOMContentLoaded", () => {
  const notice = document.getElementById("notice"), part = location.hash && document.getElementById(location.hash.slice(1));
  if (notice && part && part.id !== "main") part.querySelector(":scope > h2, :scope > summary")?.after(notice);
});

// Typing in <... data-ticks="always no"> selects that radio button of the form.
document.addEventListener("input", (event) => {
  const part = event.target.closest("[data-ticks]");
  if (!part) return;
  const [name, value] = part.dataset.ticks.split(" ");
  part.closest("form").querySelector(`[name="${name}"][value="${value}"]`).checked = true;
});
// Copies the hours of one day to all days of the week.
for (const part of document.querySelectorAll("[data-copies-hours]")) {
  part.hidden = false;
  part.querySelector("button").addEventListener("click", () => {
    const form = part.closest("form"), day = part.querySelector("select").value;
    for (const field of form.querySelectorAll('[name^="opens."], [name^="closes."]')) {
      const [what, , one] = field.name.split(".");
      field.value = form.elements[`${what}.${day}.${one}`]?.value ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}
// Enter in <input data-only-text> sends no form: its buttons each do something else, at once.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-only-text]")) event.preventDefault();
});

// <time data-until="..."> counts down by the minute.
function countDown() {
  for (const clock of document.querySelectorAll("time[data-until]")) {
    const minutes = Math.floor((new Date(clock.dataset.until) - Date.now()) / 60000);
    clock.textContent = minutes < 0 ? say("closed") : `${Math.floor(minutes / 60)} ${say("h")} ${minutes % 60} ${say("min")}`;
    clock.classList.toggle("closing", minutes < 120);
  }
}
// <b data-left="..."> in an order's card shows the time until its promise (console/wording.py:
// format_left); the card turns amber five minutes before, and red after it.
function countPromises() {
  for (const clock of document.querySelectorAll("[data-left]")) {
    const minutes = Math.floor((new Date(clock.dataset.left) - Date.now()) / 60000), far = Math.abs(minutes);
    clock.textContent = `${far < 120 ? `${far} ${say("min")}` : `${Math.floor(far / 60)} ${say("h")}`} ${say(minutes < 0 ? "late" : "left")}`;
    const card = clock.closest(".order");
    if (!card) continue;
    card.classList.toggle("is-late", minutes < 0);
    card.classList.toggle("is-soon", minutes >= 0 && minutes < 5);
  }
}
// <time data-since datetime="..."> shows the time since then (console/wording.py: format_ago).
function countAges() {
  for (const clock of document.querySelectorAll("time[data-since]")) {
    const minutes = Math.floor((Date.now() - new Date(clock.dateTime)) / 60000), days = Math.floor(minutes / 1440);
    if (minutes < 60) clock.textContent = minutes < 1 ? say("now") : `${minutes} ${say("min")}`;
    else clock.textContent = days < 1 ? `${Math.floor(minutes / 60)} ${say("h")}` : `${days} ${say(days === 1 ? "day" : "days")}`;
  }
}
function countAllClocks() {
  countDown();
  countPromises();
  countAges();
}
document.addEventListener("DOMContentLoaded", countAllClocks);
document.addEventListener("htmx:afterSettle", countAllClocks);
setInterval(countAllClocks, 20000);

// <input data-limit="24"> shows a counter while one types, in UTF-16 units, never fewer than
// WhatsApp's. The counter describes the field and is not part of its name.
let counters = 0;
function count(field) {
  let counter = field.nextElementSibling;
  if (!counter || !counter.classList.contains("counter")) {
    counter = document.createElement("span");
    counter.className = "counter";
    counter.setAttribute("aria-hidden", "true");
    counter.id = `counter-${++counters}`;
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${counter.id}`.trim());
    field.after(counter);
  }
  const limit = Number(field.dataset.limit), length = field.value.trim().length;
  counter.textContent = `${length} / ${limit}`;
  counter.classList.toggle("over", length > limit);
}
function countAll() {
  document.querySelectorAll("[data-limit]").forEach(count);
}
document.addEventListener("input", (event) => {
  if (event.target.dataset && event.target.dataset.limit) count(event.target);
});
document.addEventListener("DOMContentLoaded", countAll);
document.addEventListener("htmx:afterSettle", countAll);

// <select data-submit> submits its form when it changes.
document.addEventListener("change", (event) => {
  if (event.target.dataset && "submit" in event.target.dataset) event.target.form.requestSubmit();
});
// <button data-copy="id" value="..."> copies its value, which the element with this id shows.
document.addEventListener("click", async (event) => {
  const button = event.target.closest && event.target.closest("[data-copy]");
  if (!button) return;
  getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
  try {
    await navigator.clipboard.writeText(button.value);
  } catch {
    // Browsers have no clipboard on plain http, so the text is selected for copying by hand.
    if (!document.execCommand("copy")) return toast(say("Copy what is selected."), true);
  }
  toast(say("Copied."));
});

// <button data-print> opens the browser's print dialog.
document.addEventListener("click", (event) => {
  if (event.target.closest && event.target.closest("[data-print]")) print();
});

// <details class="dropdown"> closes as a menu does: at Escape, and at a click elsewhere.
document.addEventListener("click", (event) => {
  for (const list of document.querySelectorAll("details.dropdown[open]")) if (!list.contains(event.target)) list.open = false;
});
document.addEventListener("keydown", (event) => {
  const list = event.key === "Escape" && document.querySelector("details.dropdown[open]");
  if (list) { list.open = false; list.querySelector("summary").focus(); }
});
document.documentElement.classList.add("scripted");

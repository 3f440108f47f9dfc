// The menu editor: keeps what is typed a moment after typing, and says beside each field what is wrong.
"use strict";
(() => {
  const PAUSE = 300;
  let pause, busy = false, publish = null, typed = {};
  const editor = () => document.getElementById("editor");

  document.addEventListener("input", (event) => {
    if (event.target.form !== editor() || "do" in event.target.dataset) return;
    clearTimeout(pause);
    if (busy) typed[event.target.name] = event.target.value;
    if (event.target.name === "header_kind") return act("header");
    pause = setTimeout(() => htmx.trigger(editor(), "typed"), PAUSE);
  });

  // A choice that changes the form itself.
  document.addEventListener("change", (event) => {
    if (event.target.form === editor() && event.target.dataset.do) act(event.target.dataset.do);
  });

  function act(what) {
    clearTimeout(pause);
    const values = new FormData(editor());
    values.set("do", what);
    htmx.ajax("POST", editor().action, { source: editor(), target: "#workbench", values: Object.fromEntries(values) });
  }

  document.addEventListener("htmx:beforeRequest", () => { clearTimeout(pause); busy = true; });
  document.addEventListener("htmx:afterRequest", () => {
    busy = false;
    mark();
    if (publish) { const button = publish; publish = null; editor().requestSubmit(document.getElementById(button)); }
  });

  // The form may come back changed while somebody types on: what was typed meanwhile stays.
  document.addEventListener("htmx:afterSettle", (event) => {
    const fields = Object.entries(typed);
    typed = {};
    if (event.target.id !== "workbench" || !fields.length) return;
    for (const [name, value] of fields) if (editor().elements[name]) editor().elements[name].value = value;
    htmx.trigger(editor(), "typed");
  });

  // Publishing waits for what is on its way.
  document.addEventListener("submit", (event) => {
    if (event.target !== editor()) return;
    clearTimeout(pause);
    if (busy) { event.preventDefault(); publish = event.submitter && event.submitter.id; }
  });

  function mark() {
    const said = {};
    for (const finding of document.querySelectorAll("#outcome .finding")) said[finding.dataset.path] ??= finding;
    for (const place of document.querySelectorAll("[data-wrong]")) {
      const finding = said[place.dataset.wrong];
      place.textContent = finding ? finding.textContent.trim() : "";
      place.className = finding ? `wrong ${finding.classList[1]}` : "wrong";
    }
  }

  // A click on what is wrong leads to its field.
  document.addEventListener("click", (event) => {
    const finding = event.target.closest && event.target.closest("#outcome .finding");
    const field = finding && editor().elements[finding.dataset.path];
    if (field && field.focus) { field.focus(); field.scrollIntoView({ block: "center" }); }
  });
  document.addEventListener("DOMContentLoaded", mark);
})();

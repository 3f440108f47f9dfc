// The menu editor: saves what is typed a moment after typing, and shows each field's problems.
"use strict";
(() => {
  const PAUSE = 300;
  let pause, busy = false, publish = null, typed = {};
  const touched = new Set();
  const editor = () => document.getElementById("editor");

  document.addEventListener("input", (event) => {
    if (event.target.form === editor()) touched.add(event.target.id);
    if (event.target.form !== editor() || "do" in event.target.dataset) return;
    clearTimeout(pause);
    if (busy) typed[event.target.name] = event.target.value;
    if (event.target.name === "header_kind") return act("header");
    pause = setTimeout(() => htmx.trigger(editor(), "typed"), PAUSE);
  });

  // A select that changes the form itself.
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
    if (publish) { const button = publish; publish = null; editor().requestSubmit(document.getElementById(button)); }
  });

  // The form may be replaced while somebody types: keep what was typed meanwhile.
  document.addEventListener("htmx:afterSettle", (event) => {
    mark();
    const fields = Object.entries(typed);
    typed = {};
    if (event.target.id !== "workbench" || !fields.length) return;
    for (const [name, value] of fields) if (editor().elements[name]) editor().elements[name].value = value;
    htmx.trigger(editor(), "typed");
  });

  // Publishing waits until pending saves are done.
  document.addEventListener("submit", (event) => {
    if (event.target !== editor()) return;
    clearTimeout(pause);
    if (busy) { event.preventDefault(); publish = event.submitter && event.submitter.id; }
  });

  // In a new menu, problems are shown only up to the last edited field; see .fresh in menus.css.
  function comeBy(name) {
    const fields = [...editor().elements];
    const field = fields.findIndex((one) => one.name === name);
    return field <= fields.findLastIndex((one) => touched.has(one.id));
  }

  function mark() {
    const said = {};
    for (const finding of document.querySelectorAll("#outcome .finding")) {
      said[finding.dataset.path] ??= finding;
      finding.classList.toggle("said", comeBy(finding.dataset.path));
    }
    for (const place of document.querySelectorAll("[data-wrong]")) {
      const finding = said[place.dataset.wrong];
      place.textContent = finding ? finding.textContent.trim() : "";
      place.className = finding ? `wrong ${finding.classList.value.replace("finding ", "")}` : "wrong";
    }
  }

  // A click on a problem focuses its field.
  document.addEventListener("click", (event) => {
    const finding = event.target.closest && event.target.closest("#outcome .finding");
    const field = finding && editor().elements[finding.dataset.path];
    if (field && field.focus) { field.focus(); field.scrollIntoView({ block: "center" }); }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("#editor [name=do]");
    if (button) touched.add(button.id);
  }, true);
  document.addEventListener("DOMContentLoaded", mark);
})();

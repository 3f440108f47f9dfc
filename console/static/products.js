// The room Products: dragging rows, and a warning before unsaved input is lost.
"use strict";
(() => {
  // <form data-guard>: the browser asks before leaving a page with unsaved input.
  let typed = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) typed = true;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-guard]")) typed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });

  // A row is dragged by its handle within its category; keyboard users have the buttons beside it.
  let dragged = null;
  function addHandles() {
    for (const row of document.querySelectorAll(".ware:not([draggable])")) {
      if (row.querySelector("[data-place]")) row.draggable = true;
    }
  }
  const rowAt = (event) => dragged && event.target.closest && event.target.closest(".ware");
  const isAfter = (event, row) => event.clientY > row.getBoundingClientRect().top + row.offsetHeight / 2;
  function unmark() {
    for (const row of document.querySelectorAll(".drop-before, .drop-after")) row.classList.remove("drop-before", "drop-after");
  }
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest ? event.target.closest(".ware[draggable]") : null;
    if (dragged) dragged.classList.add("is-dragged");
  });
  document.addEventListener("dragover", (event) => {
    const row = rowAt(event);
    unmark();
    if (!row || row === dragged || row.dataset.family !== dragged.dataset.family) return;
    event.preventDefault();
    row.classList.add(isAfter(event, row) ? "drop-after" : "drop-before");
  });
  document.addEventListener("drop", (event) => {
    const row = rowAt(event);
    if (!row || row === dragged) return;
    event.preventDefault();
    const form = dragged.querySelector("[data-place]");
    htmx.ajax("POST", form.dataset.place, {
      target: "#goods",
      values: { csrf: form.elements.csrf.value, beside: row.dataset.sku, after: isAfter(event, row) ? "yes" : "no" },
    });
  });
  document.addEventListener("dragend", () => {
    if (dragged) dragged.classList.remove("is-dragged");
    unmark();
    dragged = null;
  });
  document.addEventListener("DOMContentLoaded", addHandles);
  document.addEventListener("htmx:afterSettle", addHandles);
})();

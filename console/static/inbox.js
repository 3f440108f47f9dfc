// A transcript stays at its end while one is there, as a chat does.
"use strict";
(() => {
  let box, atEnd = true;
  const end = () => { if (box && atEnd) box.scrollTop = box.scrollHeight; };

  document.addEventListener("DOMContentLoaded", () => {
    box = document.getElementById("transcript");
    if (!box) return;
    box.addEventListener("scroll", () => { atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60; });
    new ResizeObserver(end).observe(box);
    end();
  });
  // Who reads what was said before is left in peace, until they say something themselves.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target !== box) return;
    if (event.detail.requestConfig.verb === "post") atEnd = true;
    if (!atEnd) event.detail.shouldSwap = false;
  });
  // The words stay where they are until they were taken.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = document.getElementById("answer");
    if (event.detail.elt !== form || !event.detail.successful) return;
    form.elements.words.value = "";
    form.elements.words.focus();
  });
  // Enter sends where there is a keyboard; on a phone it begins a new line.
  document.addEventListener("keydown", (event) => {
    if (event.target.name !== "words" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  document.addEventListener("htmx:afterSettle", end);
})();

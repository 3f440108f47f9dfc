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
  // Who reads what was said before is left in peace.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target === box && !atEnd) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSettle", end);
})();

// Keeps the keyboard focus after a form has reloaded the page, and after htmx has replaced a part of
// it: describes the focused element, and finds the matching one in the new content.
"use strict";
(() => {
  const KEY = "counter-focus", FRESH = 20000, USED = "button, input:not([type=hidden]), select, textarea, summary, a[href]";
  const main = () => document.getElementById("main"), room = () => main().parentElement;
  const lookOf = (one) => `${one.localName} ${one.className.replace(/ ?htmx-\S+/g, "")} ${one.id.replace(/\d+/g, "")}`;
  const wordsOf = (one) => one.getAttribute("aria-label") || one.textContent.trim();
  const pathOf = (one) => (one.form ? one.form.getAttribute("action") || "" : "");
  const alike = (mark) => [...room().querySelectorAll(USED)].filter((one) => one.name === mark.name && lookOf(one) === mark.look);

  function describe(one) {
    const mark = {
      id: one.id, name: one.name, look: lookOf(one), words: wordsOf(one), form: pathOf(one),
      // If a row moves, the values of its buttons change: data-then is this button's value after it.
      value: one.dataset.then || (one.localName === "button" ? one.value : ""),
      isSeen: one.matches(":focus-visible"), page: location.pathname, at: Date.now(),
    };
    return { ...mark, place: alike(mark).indexOf(one) };
  }

  // The same element, or if it was removed, the one that is now in its place.
  function find(mark) {
    const all = alike(mark), own = all.filter((one) => pathOf(one) === mark.form);
    return (mark.id && document.getElementById(mark.id))
      || own.find((one) => mark.value !== "" && one.value === mark.value)
      || (mark.value === "" && (own.find((one) => wordsOf(one) === mark.words) || own[0]))
      || all[Math.min(mark.place, all.length - 1)];
  }

  // A disabled element, such as the arrow of the last row, is replaced by the one beside it.
  function usable(one) {
    for (let around = one; around && around !== room(); around = around.parentElement) {
      if (around === one && !one.disabled && one.checkVisibility()) return one;
      const near = around !== one && [...around.querySelectorAll(USED)].find((each) => !each.disabled && each.tabIndex >= 0 && each.checkVisibility());
      if (near) return near;
    }
    return main();
  }

  function focusOn(mark) {
    const isHere = mark.page === location.pathname, found = isHere && find(mark);
    const goal = found ? usable(found) : main();
    const notice = document.getElementById("notice");
    if (notice && goal !== main()) goal.setAttribute("aria-describedby", `${goal.getAttribute("aria-describedby") || ""} notice`.trim());
    // Keep the notice at the top of the page in view.
    goal.focus({ preventScroll: true, focusVisible: mark.isSeen });
  }

  document.addEventListener("submit", (event) => {
    const by = event.submitter || document.activeElement;
    if (event.defaultPrevented || !room().contains(by)) return;
    try { sessionStorage.setItem(KEY, JSON.stringify(describe(by))); } catch { /* Full, or forbidden. */ }
  });
  document.addEventListener("DOMContentLoaded", () => {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (!kept || document.activeElement !== document.body) return;
    const mark = JSON.parse(kept);
    if (Date.now() - mark.at > FRESH) return;
    focusOn(mark);
    // Where a page opens at one of its parts, the browser takes the focus away once it has loaded.
    if (location.hash) addEventListener("load", () => setTimeout(() => document.activeElement === document.body && focusOn(mark)));
  });

  let before = null;
  document.addEventListener("htmx:beforeSwap", () => {
    before = room().contains(document.activeElement) && document.activeElement !== main() ? describe(document.activeElement) : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (before && document.activeElement === document.body) focusOn(before);
    before = null;
  });
})();

// Whoever works by keyboard goes on where they were: after a form has loaded the page anew, and
// after htmx has exchanged a part of it. What is described here is looked for in what came instead.
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
      // A row that moves takes its buttons along: data-then is the value that this one has afterwards.
      value: one.dataset.then || (one.localName === "button" ? one.value : ""),
      isSeen: one.matches(":focus-visible"), page: location.pathname, at: Date.now(),
    };
    return { ...mark, place: alike(mark).indexOf(one) };
  }

  // The same thing; else what stands in its place now, where something was taken away.
  function find(mark) {
    const all = alike(mark), own = all.filter((one) => pathOf(one) === mark.form);
    return (mark.id && document.getElementById(mark.id))
      || own.find((one) => mark.value !== "" && one.value === mark.value)
      || (mark.value === "" && (own.find((one) => wordsOf(one) === mark.words) || own[0]))
      || all[Math.min(mark.place, all.length - 1)];
  }

  // What cannot be used any more, such as the arrow of the last row, gives way to what is beside it.
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
    // What was said stays in view: it stands at the top of the page.
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
    if (Date.now() - mark.at < FRESH) focusOn(mark);
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

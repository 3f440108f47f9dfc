// The board and the kitchen: moves orders, and updates only the cards that have changed.
"use strict";
(() => {
  const LONGEST = 20000, TRY_AGAIN = 3000, SOON = 300;
  const board = document.getElementById("board"), form = document.getElementById("move");
  const mark = document.getElementById("orders-mark");
  const byNumber = (number) => board.querySelector(`[data-order="${CSS.escape(number)}"]`);
  const shown = () => [...board.querySelectorAll("[data-order]")];
  const view = () => board.dataset.view || (board.querySelector(".columns") ? "board" : "found");
  // The step (a counter) at which each order was moved from here; earlier requests are outdated.
  const movedAt = new Map();
  let step = 0;

  async function post(path, values, headers = {}) {
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, view: view(), ...values });
    const answer = await fetch(path, { method: "POST", body, headers: { "HX-Request": "true", ...headers }, signal: AbortSignal.timeout(LONGEST) });
    if (answer.status === 401) location.reload();
    return [answer.ok, await answer.text()];
  }

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target !== form) return;
    event.preventDefault();
    move(event.submitter);
  });

  async function move(button) {
    const order = button.closest("[data-order]"), values = { reason: form.elements.reason.value };
    form.elements.reason.value = "";
    if (button.name) values[button.name] = button.value;
    if (order) order.dataset.busy = "";
    button.classList.add("is-pressed");
    try {
      const [done, text] = await post(button.formAction, values);
      if (done) holding.whenFree(() => apply(text, Infinity));
      else toast(text.length < 300 ? text : say("Something went wrong."), true);
      if (!done) refresh();
    } catch {
      toast(say("No connection to the shop’s server: nothing was changed. Tap again."), true);
    }
    holding.whenFree(() => {
      button.classList.remove("is-pressed");
      if (order) delete order.dataset.busy;
    });
  }

  let asking = false, again = false;
  async function refresh() {
    again = asking;
    if (asking || !mark) return;
    asking = true;
    const begun = ++step, have = shown().map((one) => `${one.dataset.order} ${one.dataset.version}`).join("\n");
    try {
      const [done, text] = await post("/orders/changes", { have }, { "X-By-Itself": "1" });
      if (done) await new Promise((free) => holding.whenFree(() => { apply(text, begun); free(); }));
    } catch {
      setTimeout(refresh, TRY_AGAIN);
    }
    asking = false;
    if (again) setTimeout(refresh, SOON);
  }
  document.body.addEventListener("board-changed", refresh);

  // `begun`: the step at which the request was sent; the response to a move is never outdated.
  function apply(text, begun) {
    const changes = new DOMParser().parseFromString(text, "text/html").getElementById("changes");
    const isOld = (number) => {
      const here = byNumber(number);
      const old = begun !== Infinity && ((movedAt.get(number) || 0) > begun || Boolean(here && "busy" in here.dataset));
      again = again || old;
      return old;
    };
    for (const number of JSON.parse(changes.dataset.gone)) {
      const order = byNumber(number);
      if (order && !isOld(number)) takeOut(order, "");
    }
    for (const order of [...changes.querySelectorAll("[data-order]")]) {
      if (!isOld(order.dataset.order)) put(document.adoptNode(order));
      if (begun === Infinity) movedAt.set(order.dataset.order, ++step);
    }
    for (const count of changes.querySelectorAll("[data-count-of]")) {
      for (const place of document.querySelectorAll(`main [data-count-of="${count.dataset.countOf}"]`)) place.textContent = count.textContent;
    }
    for (const id of ["day", "later", "all-day"]) {
      const fresh = changes.querySelector(`#${id}`), old = document.getElementById(id);
      if (fresh && old && fresh.innerHTML !== old.innerHTML) old.replaceChildren(...fresh.childNodes);
    }
    const said = changes.querySelector("#said");
    if (said) { said.removeAttribute("id"); document.getElementById("toast").replaceChildren(said); fade(); }
    if (changes.dataset.mark && !again) mark.dataset.mark = changes.dataset.mark;
    countAllClocks();
  }

  function put(fresh) {
    const old = byNumber(fresh.dataset.order);
    const list = board.querySelector(`[data-list="${fresh.dataset.column}"]`);
    if (old && old.parentElement === list && old.dataset.key === fresh.dataset.key) return void exchange(old, fresh);
    // Null if a search was begun or ended meanwhile.
    if (!list) return;
    if (old) takeOut(old, fresh.getAttribute("aria-label").split(", ").slice(0, 2).join(": "));
    holding.insert(list, fresh);
  }

  function exchange(old, fresh) {
    const focused = old.contains(document.activeElement) && document.activeElement;
    const name = focused && focused.name, value = focused && focused.value;
    old.replaceWith(fresh);
    if (old.dataset.status !== fresh.dataset.status) holding.settle(fresh);
    if (!focused) return;
    const same = [...fresh.querySelectorAll("button")].find((one) => one.name === name && one.value === value);
    refocus(focused === old ? fresh : same || fresh);
  }

  // Then focuses the next order of the list, so that keyboard users continue there.
  function takeOut(order, words) {
    const isFocused = order.contains(document.activeElement);
    const near = (way) => { let one = order[way]; while (one && !one.dataset.order) one = one[way]; return one; };
    const next = near("nextElementSibling") || near("previousElementSibling");
    const title = order.closest("section") && order.closest("section").querySelector("h2");
    holding.leave(order, words);
    if (isFocused) refocus(next || title || document.getElementById("main"));
  }

  function refocus(element) {
    if (element.tabIndex < 0 && element.dataset.order) element.tabIndex = 0;
    element.focus({ preventScroll: true });
  }
})();

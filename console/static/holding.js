// Keeps lists of orders still while somebody uses them. Nothing moves during a press. An order that
// leaves a list leaves a gap, which closes when the pointer rests. A click counts for the order that
// was aimed at.
"use strict";
const holding = (() => {
  const REST = 1500, AIM = 450, SETTLE = 600, LONGEST_PRESS = 3000, AT_WORK = 4000, CLICK_AFTER = 80;
  const now = () => performance.now();
  const stood = new WeakMap();   // list -> the positions of its orders before it last moved, and when that was
  let pressedAt = 0, touchedAt = -REST, worked = null, releasing, waiting = [], aimed;

  // Runs `act` now, or once the press has ended and no dialog is open: the order that a dialog asks
  // about must still be there when it is answered.
  function whenFree(act) {
    const isPressed = pressedAt && now() - pressedAt < LONGEST_PRESS;
    if (isPressed || document.querySelector("dialog[open]")) waiting.push(act);
    else act();
  }
  // The click event follows this one.
  function release() {
    touchedAt = now();
    clearTimeout(releasing);
    releasing = setTimeout(() => {
      pressedAt = 0;
      const acts = waiting;
      waiting = [];
      acts.forEach((act) => whenFree(act));
    }, CLICK_AFTER);
  }

  // Changes a list; its visible part does not move if the list is scrolled or the pointer is over it.
  function rearrange(list, act) {
    const before = [...list.children].map((one) => [one, one.getBoundingClientRect()]);
    const top = list.getBoundingClientRect().top;
    const anchor = before.find(([one, place]) => one.dataset.order && place.bottom > top + 1);
    act();
    const isWorked = list === worked && now() - touchedAt < AT_WORK;
    if (anchor && anchor[0].isConnected && (list.scrollTop > 0 || isWorked || list.matches(":hover"))) {
      list.scrollTop += anchor[0].getBoundingClientRect().top - anchor[1].top;
    }
    stood.set(list, { at: now(), before });
  }

  function insert(list, order) {
    const key = Number(order.dataset.key), own = [...list.children].find((one) => one.dataset.gapOf === order.dataset.order);
    // An order that comes back fills its own gap.
    if (own) return void own.replaceWith(order);
    const next = [...list.children].find((one) => Number(one.dataset.key) > key);
    rearrange(list, () => list.insertBefore(order, next || null));
  }

  function leave(order, words) {
    const gap = document.createElement("div");
    gap.className = "gap";
    gap.dataset.key = order.dataset.key;
    gap.dataset.gapOf = order.dataset.order;
    gap.style.height = `${order.offsetHeight}px`;
    gap.style.width = `${order.offsetWidth}px`;
    gap.textContent = words;
    gap.setAttribute("aria-hidden", "true");
    order.replaceWith(gap);
  }

  function closeGaps() {
    // A touch for which no end event came.
    if (pressedAt && now() - pressedAt > LONGEST_PRESS) release();
    if (pressedAt || now() - touchedAt < REST) return;
    for (const list of new Set([...document.querySelectorAll(".gap")].map((gap) => gap.parentElement))) {
      rearrange(list, () => list.querySelectorAll(".gap").forEach((gap) => gap.remove()));
    }
  }
  setInterval(closeGaps, 200);

  // The button that was at this point until just now; null for a gap, undefined if nothing has moved.
  function aimedAt(list, x, y) {
    const was = stood.get(list);
    if (!was || now() - was.at > AIM) return undefined;
    const hit = was.before.find(([, place]) => place.left <= x && x <= place.right && place.top <= y && y <= place.bottom);
    if (!hit) return undefined;
    if (!hit[0].isConnected) return null;
    const place = hit[0].getBoundingClientRect(), by = place.top - hit[1].top, aside = place.left - hit[1].left;
    if (Math.abs(by) < 2 && Math.abs(aside) < 2) return undefined;
    const isThere = ({ left, right, top, bottom }) => left <= x + aside && x + aside <= right && top <= y + by && y + by <= bottom;
    return [...hit[0].querySelectorAll("button, a")].find((one) => isThere(one.getBoundingClientRect())) || null;
  }

  document.addEventListener("pointerdown", (event) => {
    clearTimeout(releasing);
    pressedAt = touchedAt = now();
    const list = event.target.closest("[data-list]");
    worked = list || worked;
    aimed = list ? aimedAt(list, event.clientX, event.clientY) : undefined;
  }, true);
  document.addEventListener("pointerup", release, true);
  document.addEventListener("pointercancel", release, true);
  document.addEventListener("close", release, true);
  document.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && event.target.closest("[data-list]")) touchedAt = now();
  }, { capture: true, passive: true });

  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  document.addEventListener("click", (event) => {
    const meant = aimed, button = event.target.closest("button");
    aimed = undefined;
    if (meant !== undefined && meant !== event.target.closest("button, a")) {
      stop(event);
      if (meant) meant.click();
      return;
    }
    const order = button && button.closest("[data-order]");
    // A double click is not meant for a button that has moved under the pointer.
    if (order && ("busy" in order.dataset || now() - (order.settledAt || -SETTLE) < SETTLE)) stop(event);
  }, true);

  return { whenFree, insert, leave, settle: (order) => { order.settledAt = now(); } };
})();

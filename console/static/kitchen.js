// The kitchen's tablet: keeps the screen on, shows tickets in full screen, and prints single tickets.
"use strict";
(() => {
  const said = document.querySelector("[data-awake]"), full = document.querySelector("[data-full-screen]");

  // The browser releases the lock when the page is hidden; request it again when it is visible.
  // A tap requests it, too: some browsers refuse before the first one.
  let lock;
  async function stayAwake() {
    if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
    if (lock && !lock.released) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      said.hidden = false;
      lock.addEventListener("release", () => { said.hidden = true; });
    } catch { /* Low battery, or plain http: the tablet's own settings keep it on. */ }
  }
  document.addEventListener("visibilitychange", stayAwake);
  document.addEventListener("click", stayAwake);
  stayAwake();

  if (document.fullscreenEnabled) {
    full.hidden = false;
    full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
    document.addEventListener("fullscreenchange", () => {
      full.querySelector("span").textContent = say(document.fullscreenElement ? "Leave full screen" : "Full screen");
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-print-this]");
    if (!button) return;
    const ticket = button.closest("[data-order]");
    ticket.classList.add("is-printed");
    document.body.classList.add("prints-one");
    addEventListener("afterprint", () => {
      ticket.classList.remove("is-printed");
      document.body.classList.remove("prints-one");
    }, { once: true });
    print();
  });
})();

// Alerts on this device: switched on on the page Alerts, and renewed on every page.
"use strict";
(() => {
  const KEY = "push-key", TOLD = "push-told";
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const panel = () => document.querySelector("[data-push]");
  const login = () => document.querySelector("meta[name=login]").content;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const same = (a, b) => a && new Uint8Array(a).toString() === b.toString();

  function send(path, values) {
    const csrf = document.querySelector("input[name=csrf]").value;
    return fetch(path, { method: "POST", headers: { "X-By-Itself": "1" }, body: new URLSearchParams({ csrf, ...values }) });
  }

  async function subscription() {
    const registration = await navigator.serviceWorker.ready;
    return registration.pushManager.getSubscription();
  }

  // Subscribes, and sends the subscription to the shop's server.
  async function agree(key) {
    const { pushManager } = await navigator.serviceWorker.ready;
    let found = await pushManager.getSubscription();
    if (found && found.options && !same(found.options.applicationServerKey, bytes(key))) {
      await found.unsubscribe();
      found = null;
    }
    found = found || await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
    const { endpoint, keys } = found.toJSON();
    const answer = await send("/alerts/devices", { endpoint, p256dh: keys.p256dh, auth: keys.auth });
    if (!answer.ok) throw new Error(await answer.text());
    localStorage.setItem(KEY, key);
    sessionStorage.setItem(TOLD, login());
  }

  async function show() {
    const here = panel();
    if (!here) return;
    let state = "off";
    if (!window.isSecureContext) state = "insecure";
    else if (!can) state = "never";
    else if (Notification.permission === "denied") state = "denied";
    else if (localStorage.getItem(KEY) && await isListed(here)) state = "on";
    else localStorage.removeItem(KEY);
    here.dataset.push = state;
    for (const part of here.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
  }

  // Whether the shop's server has this browser's subscription: it may have been removed elsewhere.
  async function isListed(here) {
    const found = await subscription();
    return Boolean(found) && [...here.querySelectorAll("button[name=endpoint]")].some((each) => each.value === found.endpoint);
  }

  async function turnOn(button) {
    button.disabled = true;
    try {
      if (await Notification.requestPermission() === "granted") {
        await agree(panel().dataset.key);
        location.reload();
        return;
      }
    } catch {
      toast(say("This browser could not be reached."), true);
    }
    button.disabled = false;
    await show();
  }

  async function turnOff() {
    const found = await subscription();
    localStorage.removeItem(KEY);
    if (found) {
      await send("/alerts/devices/remove", { endpoint: found.endpoint });
      await found.unsubscribe();
    }
    location.reload();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-push-on], [data-push-off]");
    if (button) ("pushOn" in button.dataset ? turnOn(button) : turnOff());
  });

  document.addEventListener("DOMContentLoaded", async () => {
    if (can) {
      await navigator.serviceWorker.register("/service-worker.js");
      // After a new login, or if the push service has changed the subscription's address.
      const key = localStorage.getItem(KEY);
      if (key && Notification.permission === "granted" && sessionStorage.getItem(TOLD) !== login()) {
        const isAgreed = await agree(key).then(() => true, () => false);
        if (isAgreed && panel()) return location.reload();
      }
    }
    await show();
  });
})();

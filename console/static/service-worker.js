// Shows the notifications that the shop's server pushes (shop/alerts/telling.py), even if no page of
// the console is open.
"use strict";
const NOTHING_READABLE = { title: "Something needs you", body: "Tap to look.", path: "/alerts", tag: "alerts", is_urgent: false };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let told = NOTHING_READABLE;
  try { told = event.data.json(); } catch { /* Browsers want every push to be shown. */ }
  event.waitUntil(self.registration.showNotification(told.title, {
    body: told.body,
    tag: told.tag,
    renotify: true,
    requireInteraction: told.is_urgent,
    vibrate: told.is_urgent ? [300, 120, 300, 120, 300] : [200, 100, 200],
    icon: "/static/icon-192.png",
    badge: "/static/badge.png",
    data: { path: told.path },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.path));
});

// Opens a page in an existing window, or else in a new one; only pages of the console.
async function open(path) {
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin) return;
  const [window] = await self.clients.matchAll({ type: "window" });
  try {
    // Both fail for a window that is closing, or that another worker controls.
    await window.focus();
    await window.navigate(url.href);
  } catch {
    await self.clients.openWindow(url.href);
  }
}

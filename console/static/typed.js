// Keeps unsent input with its form in this tab: when another form of the page is sent, when the page
// is left, and when the session has ended. A form of a page with several says that it is not saved yet.
"use strict";
(() => {
  const KEY = "counter-typed", KEPT_FOR = 12 * 3600 * 1000;
  let sent = null;

  const forms = () => [...document.querySelectorAll('form[method="post"]:not([data-guard]):not([data-unkept])')];
  const nameOf = (form) => form.getAttribute("action") || location.pathname;
  const isKept = (field) => field.name && !field.disabled && !["hidden", "password", "file", "submit", "button"].includes(field.type) && field.type !== "select-one";

  function isTyped(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  }
  const typedIn = (form) => [...form.elements].filter((field) => isKept(field) && isTyped(field));
  const isOnPage = () => forms().some((form) => typedIn(form).length > 0);

  function read() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) || "{}");
      return Object.fromEntries(Object.entries(kept).filter(([, one]) => Date.now() - one.at < KEPT_FOR));
    } catch {
      return {};
    }
  }
  const write = (kept) => { try { sessionStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* Full, or forbidden: as before. */ } };

  // The heading of the part of the page that a form is: "" for a form that is no part with a name.
  function titleOf(form) {
    const part = form.closest("details.zone, section, .card");
    const heading = part?.querySelector(":scope > summary b, :scope > h2");
    return [...(heading?.childNodes || [])].filter((one) => one.nodeType === Node.TEXT_NODE).map((one) => one.textContent.trim()).find(Boolean) || "";
  }
  const canBeMissed = (form) => form.classList.contains("fields") && titleOf(form) && forms().length > 1;
  function markUnsaved(form) {
    const isUnsaved = typedIn(form).length > 0;
    let mark = form.querySelector(".unsaved-mark");
    if (!isUnsaved) return mark?.remove();
    if (mark || !canBeMissed(form)) return;
    mark = document.createElement("p");
    mark.className = "unsaved-mark";
    mark.textContent = document.body.dataset.unsaved;
    const send = [...form.querySelectorAll("button:not([type=button])")].at(-1);
    (send?.closest(".buttons") || send || form.lastElementChild).before(mark);
  }
  document.addEventListener("input", (event) => { if (event.target.form && forms().includes(event.target.form)) markUnsaved(event.target.form); });

  // Above the page: which parts are typed but not saved, each a link to its part.
  function listUnsaved(unsaved) {
    const line = document.createElement("p");
    line.className = "advice unsaved";
    line.setAttribute("role", "status");
    line.append(`${document.body.dataset.unsaved}: `);
    for (const [place, form] of unsaved.entries()) {
      const link = document.createElement("a");
      const part = form.closest("details.zone, section, .card");
      part.id ||= `unsaved-${place}`;
      link.href = `#${part.id}`;
      link.textContent = titleOf(form);
      line.append(place ? ", " : "", link);
    }
    document.getElementById("notice")?.after(line);
    if (!line.isConnected) document.getElementById("main").prepend(line);
  }

  addEventListener("pagehide", () => {
    const kept = read();
    for (const form of forms()) {
      delete kept[nameOf(form)];
      const fields = form === sent ? [] : typedIn(form).map((field) => [field.name, field.value, field.checked === true]);
      if (fields.length) kept[nameOf(form)] = { at: Date.now(), fields };
    }
    write(kept);
  });
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) sent = event.target; });

  document.addEventListener("DOMContentLoaded", () => {
    const kept = read();
    let back = false;
    for (const form of forms()) {
      for (const [name, value, checked] of (kept[nameOf(form)] || { fields: [] }).fields) {
        for (const field of form.elements) {
          if (field.name !== name || !isKept(field)) continue;
          const isBox = field.type === "checkbox" || field.type === "radio";
          if (isBox && field.value === value) field.checked = checked;
          else if (!isBox) field.value = value;
          back = back || isTyped(field);
        }
      }
      delete kept[nameOf(form)];
    }
    write(kept);
    if (!back) return;
    const unsaved = forms().filter((form) => typedIn(form).length && canBeMissed(form));
    for (const form of unsaved) {
      markUnsaved(form);
      form.closest("details")?.setAttribute("open", "");
    }
    if (unsaved.length) listUnsaved(unsaved);
    toast(document.body.dataset.typedBack);
  });

  // A page with typed input does not redirect to the login until its form is sent; then the form goes
  // along (console/entrance/kept.py).
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status !== 401) return;
    event.preventDefault();
    if (requestConfig.headers["X-By-Itself"] || "preview" in requestConfig.elt.dataset) return endLogin();
    if (requestConfig.verb !== "post") return location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
    sendAlong(requestConfig);
  });

  window.endLogin = () => {
    if (isOnPage()) toast(document.body.dataset.loggedOut, true);
    else location.reload();
  };

  function sendAlong({ path, parameters, elt }) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = path;
    form.hidden = true;
    for (const [name, value] of parameters.entries ? parameters.entries() : Object.entries(parameters)) {
      if (typeof value !== "string") continue;
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      form.append(field);
    }
    sent = elt.closest ? elt.closest("form") : null;
    document.body.append(form);
    form.submit();
  }
})();

// Keeps a transcript scrolled to its end while the reader is there, as a chat does.
"use strict";
(() => {
  let box, atEnd = true;
  const end = () => { if (box && atEnd) box.scrollTop = box.scrollHeight; };

  document.addEventListener("DOMContentLoaded", () => {
    box = document.getElementById("transcript");
    if (!box) return;
    box.addEventListener("scroll", () => { atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60; });
    // After a search, show the message that was found.
    const found = location.hash.startsWith("#m-") && document.getElementById(location.hash.slice(1));
    if (found) {
      atEnd = false;
      found.scrollIntoView({ block: "center" });
    }
    new ResizeObserver(end).observe(box);
    end();
  });
  // Do not scroll while somebody reads older messages, until they send one themselves.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target !== box) return;
    if (event.detail.requestConfig.verb === "post") atEnd = true;
    if (!atEnd) event.detail.shouldSwap = false;
  });
  // The text stays in the field until the server has accepted it. "Take over" is no answer: its
  // event comes from the form, too, since the button is replaced.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = document.getElementById("answer");
    if (event.detail.requestConfig.elt !== form || !event.detail.successful) return;
    form.elements.words.value = "";
    form.elements.words.focus();
    if (form.elements.picture) detach(form);
  });
  // Enter sends on devices with a keyboard; on a phone it begins a new line.
  document.addEventListener("keydown", (event) => {
    if (event.target.name !== "words" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  document.addEventListener("htmx:afterSettle", end);

  // A canned reply is put into the answer's field, where it can be changed.
  document.addEventListener("click", (event) => {
    const reply = event.target.closest && event.target.closest("[data-reply]");
    if (!reply) return;
    event.preventDefault();
    event.stopPropagation();
    const field = reply.form.elements.words, before = field.value.trimEnd();
    field.value = before ? `${before}\n${reply.dataset.reply}` : reply.dataset.reply;
    reply.closest("details").open = false;
    field.focus();
  }, true);

  // The name of the attached picture is shown beside the answer, with a way to remove it.
  function detach(form) {
    form.elements.picture.value = "";
    form.querySelector("[data-attached]").hidden = true;
  }
  document.addEventListener("change", (event) => {
    if (event.target.name !== "picture") return;
    const form = event.target.form, [file] = event.target.files, line = form.querySelector("[data-attached]");
    line.hidden = !file;
    if (file) line.querySelector("span").textContent = file.name;
    form.elements.words.focus();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("[data-detach]")) detach(document.getElementById("answer"));
  });
})();

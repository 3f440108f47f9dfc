// Asks for confirmation in a dialog before actions that cannot be undone: data-confirm on a button
// of a form, hx-confirm for htmx. data-yes and data-no are the labels of the answers. data-field also
// asks for a reason, for the form's field of this name; data-needed makes the reason required.
"use strict";
(() => {
  let open = null;

  function ask(words, named, act) {
    if (open) return;
    const dialog = open = document.createElement("dialog");
    const question = document.createElement("p"), buttons = document.createElement("div");
    dialog.className = "sure";
    question.id = "sure-question";
    question.textContent = words;
    dialog.setAttribute("aria-labelledby", question.id);
    buttons.className = "buttons";
    buttons.append(answer("yes", named.yes || say("Yes"), "danger"), answer("no", named.no || say("Not now"), "quiet"));
    const reason = named.field ? reasonField(named) : null;
    dialog.append(question, ...(reason ? [reason.parentNode] : []), buttons);
    document.body.append(dialog);
    buttons.addEventListener("click", ({ target }) => {
      if (!target.value || (target.value === "yes" && reason && !reason.reportValidity())) return;
      dialog.close(target.value);
    });
    dialog.addEventListener("close", () => {
      open = null;
      dialog.remove();
      if (dialog.returnValue === "yes") act(reason ? reason.value : "");
    });
    dialog.showModal();
    (reason && reason.required ? reason : buttons.lastChild).focus();
    if (reason) reason.addEventListener("keydown", (event) => event.key === "Enter" && buttons.firstChild.click());
  }

  function reasonField(named) {
    const label = document.createElement("label"), field = document.createElement("input");
    Object.assign(field, { maxLength: 200, required: "needed" in named, autocomplete: "off" });
    field.setAttribute("list", "reasons");
    label.append(named.field, field);
    return field;
  }

  function answer(value, words, look) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", value, className: look, textContent: words });
    return button;
  }

  let agreed = null;
  document.addEventListener("submit", (event) => {
    const button = event.submitter, words = button && button.dataset.confirm;
    if (!words || agreed === button) return;
    event.preventDefault();
    ask(words, { yes: button.textContent.trim(), ...button.dataset }, (reason) => {
      if (button.dataset.field) event.target.elements.reason.value = reason;
      agreed = button;
      event.target.requestSubmit(button);
      agreed = null;
    });
  });
  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, event.target.dataset, () => event.detail.issueRequest(true));
  });
  // What is asked about must still be there when the answer comes.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (open && event.detail.requestConfig.headers["X-By-Itself"]) event.preventDefault();
  });
})();

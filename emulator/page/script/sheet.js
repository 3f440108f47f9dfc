// The sheet that slides up from below: the rows of a list, or the form of a flow.

import { el, icon } from "./dom.js";

/** Opens a list; `chosen` is called with the option that was chosen. */
export function openList(screen, opener, message, chosen) {
  const send = el("button", { type: "submit", class: "sheet-send", disabled: true }, "Send");
  const form = el("form", { class: "sheet-form" });
  const sections = new Map();
  message.options.forEach((option, index) => {
    const title = option.section ?? "";
    if (!sections.has(title)) sections.set(title, section(title));
    sections.get(title).append(row(option, index));
  });
  form.onchange = () => (send.disabled = false);
  const close = open(screen, opener, message.button, form, [el("div", { class: "sheet-body" }, ...sections.values()), foot(send)]);
  form.onsubmit = (event) => {
    event.preventDefault();
    const index = new FormData(form).get("row");
    close();
    chosen(message.options[Number(index)]);
  };
}

/** Asks for the answers of a flow, as JSON. */
export function openFlow(screen, opener, message, answered) {
  const parameters = message.content.action.parameters;
  const sample = { flow_token: parameters.flow_token ?? "unused" };
  const text = el("textarea", { "aria-label": "The answers as JSON", spellcheck: "false" });
  text.value = JSON.stringify(sample, null, 2);
  const send = el("button", { type: "submit", class: "sheet-send" }, "Send");
  const note = el("p", { class: "sheet-note" }, "Forms are not drawn here. What the customer filled in, as JSON:");
  const form = el("form", { class: "sheet-form" });
  const close = open(screen, opener, message.button, form, [note, text, foot(send)]);
  form.onsubmit = (event) => {
    event.preventDefault();
    close();
    answered(text.value);
  };
}

const foot = (send) => el("div", { class: "sheet-foot" }, send);

function section(title) {
  return el("fieldset", {}, el("legend", {}, title || "Choose"));
}

function row(option, index) {
  const radio = el("input", { type: "radio", name: "row", value: String(index) });
  const more = option.description ? el("small", {}, option.description) : null;
  return el("label", { class: "row" }, el("span", { class: "row-text" }, el("span", {}, option.title), more), radio);
}

function open(screen, opener, title, form, children) {
  const back = screen.querySelector(".sheet-back");
  const shut = el("button", { type: "button", class: "plain", "aria-label": "Close" }, icon("close"));
  const head = el("header", { class: "sheet-head" }, shut, el("h3", {}, title));
  const sheet = el("section", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title });
  form.append(...children);
  sheet.append(head, form);
  back.replaceChildren(sheet);
  // Elements under the sheet can neither be clicked nor reached by keyboard.
  const others = [...screen.children].filter((child) => child !== back);
  others.forEach((child) => (child.inert = true));
  back.hidden = false;
  const close = () => {
    others.forEach((child) => (child.inert = false));
    back.hidden = true;
    back.replaceChildren();
    opener.focus({ preventScroll: true });
  };
  shut.onclick = close;
  // With braces, since a handler that returns false would cancel the click.
  back.onclick = (event) => {
    if (event.target === back) close();
  };
  back.onkeydown = (event) => {
    if (event.key === "Escape") close();
  };
  (form.querySelector("input, textarea") ?? shut).focus();
  return close;
}

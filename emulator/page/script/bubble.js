// One bubble: its content, its buttons, and the actions on it.

import { el, icon, timeOf } from "./dom.js";
import { formatted } from "./format.js";
import { partsOf, summary } from "./parts.js";

const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
// The icon and the label for each status of a customer's own message.
const TICKS = {
  accepted: ["clock", "Waiting"],
  sent: ["sent", "Sent"],
  delivered: ["delivered", "Delivered"],
  read: ["delivered", "Read"],
};

/** The list item of a message. `deeds` has the functions that its buttons call. */
export function bubbleOf(message, quoted, deeds) {
  const own = message.from === "customer";
  const item = el("li", { class: `message ${own ? "own" : "shop-said"}`, "data-id": message.id });
  const inside = el("div", { class: "inside" }, cited(quoted, deeds), ...partsOf(message));
  makeRoom(inside);
  inside.append(el("span", { class: "meta" }));
  const options = own ? [] : optionsOf(message, deeds);
  const classes = ["bubble", options.length ? "with-options" : "", message.type === "sticker" ? "bare" : ""];
  const bubble = el("div", { class: classes.join(" ") }, inside);
  if (options.length) bubble.append(el("div", { class: "options" }, ...options));
  item.append(el("span", { class: "hidden-words" }, own ? "You: " : "Shop: "), bubble);
  item.append(doings(message, deeds), el("span", { class: "reactions", hidden: true }));
  refresh(item, message);
  return item;
}

/** The element for the time: at the end of the last line of text, or else below. */
function makeRoom(inside) {
  const last = inside.lastElementChild;
  if (last?.matches("p, .words:not(.huge)")) last.append(el("span", { class: "spacer" }));
  else inside.classList.add("roomy");
}

/** Updates ticks and reactions; everything else stays, so that the focus is kept. */
export function refresh(item, message) {
  const meta = item.querySelector(".meta");
  meta.replaceChildren(el("time", {}, timeOf(message.time)));
  if (message.from === "customer") meta.append(...tick(message.status));
  const emoji = Object.values(message.reactions ?? {}).filter(Boolean);
  const reactions = item.querySelector(".reactions");
  reactions.hidden = emoji.length === 0;
  reactions.textContent = emoji.join(" ");
  reactions.setAttribute("aria-label", `Reactions: ${emoji.join(" ")}`);
}

function tick(status) {
  const [name, label] = TICKS[status] ?? TICKS.sent;
  return [icon(name, status === "read" ? "read" : ""), el("span", { class: "hidden-words" }, label)];
}

function cited(quoted, deeds) {
  if (!quoted) return null;
  const who = el("b", {}, quoted.from === "customer" ? "You" : deeds.shopName);
  const button = el("button", { type: "button", class: "cited" }, who, el("span", {}, formatted(summary(quoted))));
  button.onclick = () => deeds.show(quoted.id);
  return button;
}

function optionsOf(message, deeds) {
  const kind = message.type === "template" ? "button" : message.content?.type;
  const make = OPTIONS[kind];
  return message.type === "interactive" || message.type === "template" ? (make?.(message, deeds) ?? []) : [];
}

function option(name, label, act) {
  const made = el("button", { type: "button", class: "option" }, name ? icon(name) : null, label);
  made.onclick = () => act(made);
  return made;
}

function linked(message) {
  const parameters = message.content.action.parameters;
  const properties = { class: "option", href: parameters.url, target: "_blank", rel: "noopener noreferrer" };
  return [el("a", properties, icon("open"), parameters.display_text)];
}

const OPTIONS = {
  button: (message, deeds) =>
    message.options.map((each) => option("reply", each.title, () => deeds.tap(message, each))),
  list: (message, deeds) => [option("list", message.button, (opener) => deeds.openList(message, opener))],
  flow: (message, deeds) => [option("", message.button, (opener) => deeds.openFlow(message, opener))],
  cta_url: linked,
  location_request_message: (_message, deeds) => [option("pin", "Send location", () => deeds.attach("location"))],
  request_contact_info: (_message, deeds) => [option("person", "Share contact info", () => deeds.shareContact())],
};

function doings(message, deeds) {
  const label = "Reply or react";
  const button = el("button", { type: "button", class: "plain deeds", "aria-label": label, "aria-expanded": "false" });
  button.append(icon("down"));
  button.onclick = () => toggleMenu(button, message, deeds);
  return button;
}

function toggleMenu(button, message, deeds) {
  const open = button.nextElementSibling?.classList.contains("menu");
  document.querySelectorAll(".menu").forEach((menu) => closeMenu(menu));
  if (open) return;
  const menu = el("div", { class: "menu", role: "group", "aria-label": "Reply or react" });
  const reply = el("button", { type: "button", "aria-label": "Reply" }, icon("reply"));
  reply.onclick = () => finish(() => deeds.reply(message));
  const finish = (act) => {
    closeMenu(menu);
    act();
  };
  menu.append(...EMOJI.map((emoji) => reaction(emoji, () => finish(() => deeds.react(message, emoji)))), reply);
  menu.onkeydown = (event) => {
    if (event.key === "Escape") finish(() => button.focus());
  };
  button.after(menu);
  button.setAttribute("aria-expanded", "true");
  menu.firstElementChild.focus();
}

function reaction(emoji, act) {
  const made = el("button", { type: "button", "aria-label": `React with ${emoji}` }, emoji);
  made.onclick = act;
  return made;
}

export function closeMenu(menu) {
  menu.previousElementSibling?.setAttribute("aria-expanded", "false");
  menu.remove();
}

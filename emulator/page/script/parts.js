// The content of a bubble, by type of message.

import { sourceOf } from "./api.js";
import { el, icon, spoken } from "./dom.js";
import { formatted, isHuge } from "./format.js";

/** The nodes inside the bubble, without time and options. */
export function partsOf(message) {
  const make = PARTS[message.type] ?? unknown;
  try {
    return make(message.content ?? {}, message).filter(Boolean);
  } catch {
    // Tests send messages of any shape; for one that cannot be drawn the type is shown.
    return unknown(message.content, message);
  }
}

/** One line that stands for the message where it is quoted. */
export function summary(message) {
  if (message.text) return message.text;
  return NAMES[message.type] ?? "Message";
}

const NAMES = {
  image: "📷 Photo",
  video: "🎥 Video",
  audio: "🎤 Voice message",
  document: "📄 Document",
  sticker: "Sticker",
  location: "📍 Location",
  contacts: "👤 Contact",
  order: "🛒 Cart",
};

const words = (text, extra = "") =>
  text ? el("div", { class: `words ${extra} ${isHuge(text) ? "huge" : ""}` }, formatted(text)) : null;

const caption = (content) => words(content.caption);

const picture = (media, alt) =>
  el("div", { class: "framed" }, el("img", { class: "picture", src: sourceOf(media), alt, loading: "lazy" }));

function interactive(content, message) {
  if (message.from === "customer") return answer(content);
  return [header(content.header), words(content.body?.text), foot(content.footer?.text)];
}

function answer(content) {
  if (content.nfm_reply) return [el("p", { class: "words" }, "📋 Form sent")];
  const reply = content.button_reply ?? content.list_reply ?? {};
  const more = reply.description ? el("p", { class: "foot" }, reply.description) : null;
  return [el("p", { class: "words" }, reply.title ?? ""), more];
}

function header(found) {
  if (!found) return null;
  if (found.type === "text") return el("p", { class: "title" }, found.text);
  const make = PARTS[found.type];
  return el("div", {}, ...make(found[found.type]).filter(Boolean));
}

const foot = (text) => (text ? el("p", { class: "foot" }, text) : null);

function voice(content) {
  const sound = el("audio", { src: sourceOf(content), preload: "none" });
  const button = el("button", { type: "button", class: "plain", "aria-label": "Play" }, icon("play"));
  const show = (name, label) => {
    button.replaceChildren(icon(name));
    button.setAttribute("aria-label", label);
  };
  button.onclick = () => (sound.paused ? sound.play().catch(() => show("play", "Play")) : sound.pause());
  sound.onplay = () => show("pause", "Pause");
  sound.onpause = sound.onended = () => show("play", "Play");
  const wave = el("span", { class: "wave", "aria-hidden": "true" });
  for (let bar = 0; bar < 34; bar++) {
    const line = el("i");
    line.style.height = `${20 + 75 * Math.abs(Math.sin(bar * 1.7) * Math.cos(bar * 0.6))}%`;
    wave.append(line);
  }
  return [el("div", { class: "voice-note" }, button, wave, sound)];
}

function paper(content) {
  const name = content.filename ?? "Document";
  const kind = (name.includes(".") ? name.split(".").pop() : (content.mime_type ?? "")).toUpperCase();
  const label = el("span", {}, name, el("small", {}, kind));
  const properties = { class: "paper", href: sourceOf(content), target: "_blank", rel: "noopener noreferrer" };
  return [el("a", properties, icon("file"), label), caption(content)];
}

function place(content) {
  const name = content.name ?? `${content.latitude}, ${content.longitude}`;
  return [
    el("div", { class: "framed" }, el("div", { class: "map", role: "img", "aria-label": `Map: ${name}` }, icon("pin"))),
    el("p", { class: "words" }, name),
    foot(content.address),
  ];
}

function cards(content) {
  return [].concat(content).map((card) => {
    const phone = card.phones?.[0]?.phone;
    const number = phone ? el("small", {}, spoken(phone)) : "";
    const name = el("span", {}, card.name?.formatted_name ?? "Contact", number);
    return el("div", { class: "paper" }, icon("person"), name);
  });
}

function cart(content) {
  const items = content.product_items ?? [];
  const lines = items.map((item) => el("li", {}, `${item.quantity} × ${item.product_retailer_id}`));
  const head = el("div", { class: "paper" }, icon("cart"), el("span", {}, `${items.length} items`));
  return [head, el("ul", { class: "cart" }, ...lines), words(content.text)];
}

const unknown = (_content, message) => [el("p", { class: "unknown" }, `(${message.type})`)];

const PARTS = {
  text: (content) => [words(content.body)],
  interactive,
  button: (content) => [el("p", { class: "words" }, content.text ?? "")],
  template: (content) => [words(content.rendered)],
  image: (content) => [picture(content, content.caption ?? "Photo"), caption(content)],
  video: (content) => [
    el("div", { class: "framed" }, el("video", { class: "picture", src: sourceOf(content), controls: true })),
    caption(content),
  ],
  audio: voice,
  document: paper,
  sticker: (content) => [el("img", { class: "sticker-picture", src: sourceOf(content), alt: "Sticker" })],
  location: place,
  contacts: cards,
  order: cart,
};

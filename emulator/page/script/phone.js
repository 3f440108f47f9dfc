// One customer's phone.

import * as api from "./api.js";
import { bubbleOf, closeMenu, refresh } from "./bubble.js";
import { Composer } from "./composer.js";
import { dayOf, el, spoken } from "./dom.js";
import { summary } from "./parts.js";
import { openFlow, openList } from "./sheet.js";

const SUGGESTIONS = ["hi", document.body.dataset.order, "track my order", "What do you have?"];
const TYPING_MS = 25000;
const NEAR_BOTTOM = 80;

export class Phone {
  constructor(customer, shop) {
    this.key = customer.key;
    this.shop = shop;
    this.messages = new Map();
    this.queue = Promise.resolve();
    this.root = document.querySelector("#phone").content.firstElementChild.cloneNode(true);
    this.screen = this.find(".screen");
    this.scroll = this.find(".scroll");
    this.chat = this.find(".chat");
    this.composer = new Composer(this.screen, (said) => this.say(said));
    this.deeds = this.#deeds();
    this.#label(customer);
    this.#wire();
    this.update(customer);
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  /** Shows the name, the presence, and whether the shop is typing. */
  update(customer) {
    this.find(".owner-name").textContent = customer.name;
    this.find(".owner-number").textContent = spoken(customer.key);
    this.find("[name=online]").checked = customer.online;
    this.find("[name=reads]").checked = customer.reads;
    const states = [customer.online ? "" : "offline", customer.reads ? "" : "does not read"];
    if (customer.last && !customer.window_open) states.push("24 hours have passed");
    this.find(".owner-state").textContent = states.filter(Boolean).join(", ");
    this.#typing(customer.typing);
  }

  /** Shows all messages; those that are already shown keep their elements. */
  replace(messages) {
    const ids = new Set(messages.map((message) => message.id));
    for (const id of [...this.messages.keys()]) {
      if (!ids.has(id)) {
        this.messages.delete(id);
        this.#item(id)?.remove();
      }
    }
    messages.forEach((message) => this.upsert(message, false));
    if (!messages.length) this.chat.replaceChildren();
    this.#emptiness();
    this.toBottom();
  }

  /** Shows a new bubble, or updates an existing one. */
  upsert(message, lively = true) {
    const known = this.messages.has(message.id);
    this.messages.set(message.id, message);
    if (known) return refresh(this.#item(message.id), message);
    this.#day(message);
    const item = bubbleOf(message, this.messages.get(message.context_id), this.deeds);
    if (this.chat.lastElementChild?.dataset.from !== message.from) item.classList.add("first");
    item.dataset.from = message.from;
    item.classList.toggle("appears", lively);
    this.chat.append(item);
    this.#emptiness();
    if (message.from === "shop") this.#typing(false);
    if (this.stuck || message.from === "customer") this.toBottom();
    else this.find(".down").hidden = false;
  }

  /** Sends messages one after the other, so that two quick ones keep their order. */
  say(said) {
    const quote = this.quoted?.id;
    this.#quote(null);
    this.queue = this.queue.then(async () => {
      try {
        await api.say(this.key, quote ? { ...said, quote } : said);
      } catch (error) {
        this.#complain(error);
      }
    });
  }

  toBottom() {
    this.stuck = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.find(".down").hidden = true;
  }

  #deeds() {
    return {
      shopName: this.shop.name,
      tap: (message, option) => this.say({ tap: option.id, on: message.id }),
      openList: (message, opener) =>
        openList(this.screen, opener, message, (option) => this.say({ tap: option.id, on: message.id })),
      openFlow: (message, opener) => openFlow(this.screen, opener, message, (flow) => this.say({ flow })),
      attach: (kind) => this.composer.attach(kind),
      shareContact: () => this.say({ contact: {} }),
      reply: (message) => this.#quote(message),
      react: (message, emoji) => this.#react(message, emoji),
      show: (id) => this.#item(id)?.scrollIntoView({ block: "center", behavior: "smooth" }),
    };
  }

  #label(customer) {
    this.root.dataset.key = customer.key;
    this.root.setAttribute("aria-label", `Phone of ${customer.name}`);
    this.chat.setAttribute("aria-label", `Chat of ${customer.name} with ${this.shop.name}`);
    this.scroll.setAttribute("aria-label", `Messages of ${customer.name}`);
    this.composer.text.setAttribute("aria-label", `Message from ${customer.name}`);
  }

  #wire() {
    this.find(".suggestions").append(...SUGGESTIONS.map((text) => this.#suggestion(text)));
    this.find(".down").onclick = () => this.toBottom();
    this.find(".quote-off").onclick = () => this.#quote(null);
    this.find(".pass-day").onclick = () => api.passTime(this.key, 24);
    for (const name of ["online", "reads"]) {
      this.find(`[name=${name}]`).onchange = (event) => api.change(this.key, { [name]: event.target.checked });
    }
    this.scroll.onscroll = () => this.#scrolled();
    // Pictures get their height late, and keyboards take some away: stay at the end if we were there.
    const sizes = new ResizeObserver(() => this.stuck && this.toBottom());
    sizes.observe(this.chat);
    sizes.observe(this.scroll);
    this.root.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".menu, .deeds")) this.root.querySelectorAll(".menu").forEach(closeMenu);
    });
    this.#closable(this.find(".owner-more"));
    // On devices without hovering, a touch shows the actions of a bubble.
    this.chat.addEventListener("click", (event) => {
      this.chat.querySelectorAll(".touched").forEach((item) => item.classList.remove("touched"));
      event.target.closest(".message")?.classList.add("touched");
    });
  }

  /** Settings close as a menu does: at Escape, and at a click elsewhere, on another phone too. */
  #closable(settings) {
    document.addEventListener("pointerdown", (event) => {
      if (!settings.contains(event.target)) settings.open = false;
    });
    settings.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      settings.open = false;
      settings.querySelector("summary").focus();
    });
  }

  /** Only scrolling up leaves the end; a picture that grows below does not. */
  #scrolled() {
    const top = this.scroll.scrollTop;
    if (this.#nearBottom()) this.stuck = true;
    else if (top < this.lastTop) this.stuck = false;
    this.lastTop = top;
    if (this.stuck) this.find(".down").hidden = true;
  }

  #suggestion(text) {
    const made = el("button", { type: "button", class: "suggestion" }, text);
    made.onclick = () => {
      this.say({ text });
      this.composer.text.focus();
    };
    return made;
  }

  #item(id) {
    return this.chat.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  #nearBottom() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR_BOTTOM;
  }

  #day(message) {
    const day = dayOf(message.time);
    const days = this.chat.querySelectorAll(".day");
    if (days[days.length - 1]?.textContent !== day) this.chat.append(el("li", { class: "day" }, day));
  }

  #emptiness() {
    this.find(".empty").hidden = this.messages.size > 0;
  }

  #typing(on) {
    clearTimeout(this.typingEnds);
    this.find(".typing").hidden = !on;
    const state = this.find(".shop-state");
    state.textContent = on ? "typing…" : "business account";
    state.classList.toggle("busy", on);
    if (on) this.typingEnds = setTimeout(() => this.#typing(false), TYPING_MS);
    if (on && this.stuck) this.toBottom();
  }

  #quote(message) {
    this.quoted = message;
    this.find(".quote").hidden = !message;
    if (!message) return;
    this.find(".quote-text").textContent = summary(message);
    this.composer.text.focus();
  }

  #react(message, emoji) {
    const mine = this.messages.get(message.id)?.reactions?.customer;
    this.say({ reaction: mine === emoji ? "" : emoji, on: message.id });
  }

  #complain(error) {
    const notice = el("li", { class: "notice", role: "alert" }, `Not sent: ${error.message}`);
    this.chat.append(notice);
    this.toBottom();
    setTimeout(() => notice.remove(), 8000);
  }
}

// The customer's input: text, emoji, attachments.

import { upload } from "./api.js";
import { el } from "./dom.js";

const EMOJI = [
  "😀", "😂", "😊", "😍", "🤔", "😮", "😢", "😡", "👍", "👎", "🙏", "👏", "💪", "👌", "✌️", "🤝",
  "❤️", "🔥", "🎉", "⭐", "✅", "❌", "⏰", "📦", "☕", "🍵", "🥟", "🍛", "🥪", "🧃", "🍕", "🍰",
];
// A fixed place, so that nobody's real location is sent.
const PLACE = { latitude: 28.6315, longitude: 77.2167, name: "Connaught Place", address: "New Delhi, Delhi 110001" };
const FRIEND = { name: "Meera Nair", phone: "919800000099" };
const HIGHEST = 120;

export class Composer {
  /** `send` is called with the message: {"text": ...}, {"image": ...} and so on. */
  constructor(screen, send) {
    this.send = send;
    this.text = screen.querySelector(".composer textarea");
    this.file = screen.querySelector(".file");
    this.form = screen.querySelector(".composer");
    this.trays = [
      [screen.querySelector(".emoji"), screen.querySelector(".emojis")],
      [screen.querySelector(".attach"), screen.querySelector(".attachments")],
    ];
    this.trays[0][1].append(...EMOJI.map((emoji) => this.#emoji(emoji)));
    for (const [button, tray] of this.trays) button.onclick = () => this.#toggle(tray);
    for (const button of this.trays[1][1].children) button.onclick = () => this.attach(button.dataset.attach);
    screen.addEventListener("pointerdown", (event) => this.#closeUnlessIn(event.target));
    screen.addEventListener("keydown", (event) => event.key === "Escape" && this.#toggle(null));
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    this.text.onkeydown = (event) => this.#key(event);
    this.text.oninput = () => this.#grow();
    this.file.onchange = () => this.#photo();
  }

  attach(kind) {
    this.#toggle(null);
    if (kind === "photo") this.file.click();
    if (kind === "voice") this.send({ voice: true });
    if (kind === "location") this.send({ location: PLACE });
    if (kind === "contact") this.send({ contact: FRIEND });
  }

  #submit() {
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.#grow();
    this.send({ text });
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, HIGHEST)}px`;
  }

  async #photo() {
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    const caption = this.text.value.trim();
    this.text.value = "";
    const media = await upload(file);
    this.send(caption ? { image: media.id, caption } : { image: media.id });
  }

  #emoji(emoji) {
    const made = el("button", { type: "button" }, emoji);
    made.onclick = () => {
      this.text.setRangeText(emoji, this.text.selectionStart, this.text.selectionEnd, "end");
      this.text.focus();
    };
    return made;
  }

  #toggle(wanted) {
    for (const [button, tray] of this.trays) {
      tray.hidden = tray !== wanted || !tray.hidden;
      button.setAttribute("aria-expanded", String(!tray.hidden));
      if (!tray.hidden) tray.querySelector("button").focus();
    }
  }

  #closeUnlessIn(target) {
    if (!target.closest(".tray, .emoji, .attach")) this.#toggle(null);
  }
}

// Records what a customer does on the phone, and saves it as a story for `rasa test`.

import * as api from "./api.js";
import { el } from "../dom.js";

export class Recorder {
  constructor(panel) {
    this.button = panel.querySelector(".record");
    this.form = panel.querySelector(".recorded");
    this.count = panel.querySelector(".recorded-count");
    this.result = panel.querySelector(".story");
    this.note = panel.querySelector(".story-note");
    this.text = panel.querySelector(".story-text");
    this.button.onclick = () => (this.isOn ? this.#end() : this.#begin());
    panel.querySelector(".discard").onclick = () => this.#end();
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.#save();
    };
  }

  get isOn() {
    return this.since !== undefined;
  }

  /** Sets the customer to record; a running recording continues with its own customer. */
  lookAt(customer) {
    this.customer = customer;
  }

  message(message) {
    if (!this.isOn || message.customer !== this.of.info.key) return;
    if (message.from === "customer") this.messages += 1;
    this.#tell();
  }

  #begin() {
    this.of = this.customer;
    this.since = Math.max(0, ...[...this.of.messages.values()].map((message) => message.number));
    this.messages = 0;
    this.result.hidden = true;
    this.#show(true);
    this.#tell();
  }

  #end() {
    this.since = undefined;
    this.#show(false);
  }

  #show(on) {
    this.form.hidden = !on;
    this.button.setAttribute("aria-pressed", String(on));
    this.button.querySelector("span").textContent = on ? "Stop recording" : "Record a story";
  }

  #tell() {
    const what = this.messages === 1 ? "1 message" : `${this.messages} messages`;
    this.count.textContent = `Recording ${this.of.info.name}: ${what} so far.`;
  }

  async #save() {
    const name = this.form.elements.name.value.trim() || `${this.of.info.name} on the phone`;
    this.result.hidden = false;
    this.note.classList.remove("wrong");
    try {
      const text = await api.story(this.of.info.key, this.since, name);
      const file = `test_${name.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "") || "recorded"}.yml`;
      download(file, text);
      const parts = text.split("\n  - story:").length - 1;
      const why = parts > 1 ? ` It has ${parts} stories, since a new one begins wherever the bot began a new session.` : "";
      this.note.textContent = `Saved as ${file}. Put it into tests/stories; rasa test and make test-stories play it.${why} make test-stories checks the first line of each answer and the lines of the cart; add other lines under "says".`;
      this.text.textContent = text;
      this.text.hidden = false;
      this.form.reset();
      this.#end();
    } catch (error) {
      this.note.textContent = `Not saved: ${error.message}`;
      this.note.classList.add("wrong");
      this.text.hidden = true;
    }
  }
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(address);
}

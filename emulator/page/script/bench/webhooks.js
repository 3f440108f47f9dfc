// Webhooks by hand: an example is chosen, changed and sent to the shop.

import * as api from "./api.js";
import { el } from "../dom.js";

const FORGED = `sha256=${"0".repeat(64)}`;

export class Webhooks {
  constructor(panel) {
    this.form = panel.querySelector(".by-hand");
    this.pane = panel.querySelector("#pane-webhooks");
    this.example = panel.querySelector(".example");
    this.value = panel.querySelector(".value");
    this.forged = panel.querySelector(".forged");
    this.result = panel.querySelector(".by-hand-result");
    this.example.onchange = () => this.#fill();
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
  }

  lookAt(customer) {
    this.key = customer.info.key;
    if (!this.pane.hidden) this.shown();
  }

  shown() {
    this.#fill();
  }

  /** Loads the examples each time, since their ids and times are new. */
  async #fill() {
    const chosen = Math.max(0, this.example.selectedIndex);
    const found = await api.examples(this.key);
    this.example.replaceChildren(...found.map(({ name }) => el("option", {}, name)));
    this.example.selectedIndex = chosen;
    this.value.value = JSON.stringify(found[chosen].value, null, 2);
    this.result.textContent = "";
  }

  async #send() {
    try {
      const value = JSON.parse(this.value.value);
      const answer = await api.webhook(value, this.forged.checked ? FORGED : "");
      this.result.textContent = answer.problem ? `Not sent: ${answer.problem}` : `The shop answered HTTP ${answer.http}.`;
    } catch (error) {
      this.result.textContent = error.message;
    }
  }
}

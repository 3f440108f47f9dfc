// The test bench: its panel, its tabs, and the customer that it shows.

import { el } from "../dom.js";
import { Requests } from "./requests.js";
import { Trouble } from "./trouble.js";
import { Webhooks } from "./webhooks.js";
import { Xray } from "./xray.js";

export class Bench {
  constructor() {
    this.panel = document.querySelector(".bench");
    this.opener = document.querySelector(".open-bench");
    this.select = this.panel.querySelector(".bench-customer");
    this.tabs = [...this.panel.querySelectorAll("[role=tab]")];
    this.xray = new Xray(this.panel);
    this.requests = new Requests(this.panel);
    this.trouble = new Trouble(this.panel);
    this.parts = [this.xray, this.requests, new Webhooks(this.panel), this.trouble];
    this.customers = new Map();
    this.opener.onclick = () => this.show(this.panel.hidden);
    document.querySelector(".open-log").addEventListener("click", () => (this.panel.hidden = true));
    this.panel.querySelector(".close-bench").onclick = () => this.show(false);
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.show(false));
    this.select.onchange = () => this.#lookAt(this.select.value);
    this.tabs.forEach((tab, index) => {
      tab.onclick = () => this.#choose(index);
      tab.onkeydown = (event) => this.#key(event, index);
    });
  }

  /** Shows the whole state, after the page was opened or the emulator was reset. */
  replace(customers, state) {
    this.customers = customers;
    this.xray.isThere = state.xray;
    this.requests.replace(state.traffic);
    this.#people();
    this.#lookAt(customers.has(this.key) ? this.key : [...customers.keys()][0]);
  }

  /** Shows a new or changed bubble, and switches to the customer who writes. */
  message(message, isNew) {
    if (!isNew) return;
    const writes = message.from === "customer" && message.customer !== this.key;
    if (writes && !this.xray.recorder.isOn) this.#lookAt(message.customer);
    if (message.customer === this.key) this.xray.message(message);
  }

  /** Switches to the chosen phone, unless a recording is running. */
  follow(key) {
    if (key !== this.key && !this.xray.recorder.isOn) this.#lookAt(key);
  }

  traffic(entry) {
    this.requests.add(entry);
    this.trouble.traffic();
  }

  /** Shows a customer who was added or has a new name. */
  people() {
    if (this.select.options.length !== this.customers.size) this.#people();
  }

  show(open) {
    this.panel.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (open) {
      if (!document.querySelector(".log").hidden) document.querySelector(".close-log").click();
      this.#lookAt(this.key);
    }
    (open ? this.tabs.find((tab) => tab.ariaSelected === "true") : this.opener).focus();
  }

  #people() {
    const options = [...this.customers.values()].map(({ info }) => el("option", { value: info.key }, info.name));
    this.select.replaceChildren(...options);
    this.select.value = this.key;
  }

  #lookAt(key) {
    const customer = this.customers.get(key);
    if (!customer) return;
    this.key = key;
    this.select.value = key;
    for (const part of this.parts) part.lookAt?.(customer, !this.panel.hidden);
  }

  #choose(index) {
    this.tabs.forEach((tab, place) => {
      const chosen = place === index;
      tab.ariaSelected = String(chosen);
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
    });
    this.parts[index].shown?.();
  }

  #key(event, index) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (index + step + this.tabs.length) % this.tabs.length;
    this.#choose(next);
    this.tabs[next].focus();
  }
}

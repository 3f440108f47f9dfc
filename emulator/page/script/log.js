// The Graph log: messages that WhatsApp would have refused or could not deliver.

import { el, spoken, timeOf } from "./dom.js";

const MOST_SHOWN = 200;

export class Log {
  constructor() {
    this.entries = new Map();
    this.panel = document.querySelector(".log");
    this.list = document.querySelector(".log-list");
    this.all = document.querySelector(".log-all");
    this.opener = document.querySelector(".open-log");
    this.opener.onclick = () => this.#show(this.panel.hidden);
    document.querySelector(".close-log").onclick = () => this.#show(false);
    this.panel.onkeydown = (event) => {
      if (event.key === "Escape") this.#show(false);
    };
    this.all.onchange = () => this.#draw();
  }

  replace(entries) {
    this.entries = new Map(entries.map((entry) => [entry.number, entry]));
    this.#draw();
  }

  upsert(entry) {
    this.entries.set(entry.number, entry);
    this.#draw();
  }

  #show(open) {
    this.panel.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    (open ? this.panel.querySelector(".close-log") : this.opener).focus();
    this.#draw();
  }

  #draw() {
    const entries = [...this.entries.values()];
    const refused = entries.filter((entry) => entry.code);
    const count = this.opener.querySelector(".count");
    count.hidden = refused.length === 0;
    count.textContent = refused.length;
    count.setAttribute("aria-label", `${refused.length} refused`);
    if (this.panel.hidden) return;
    const shown = (this.all.checked ? entries : refused).slice(-MOST_SHOWN).reverse();
    this.panel.querySelector(".log-none").hidden = shown.length > 0;
    this.list.replaceChildren(...shown.map(entryOf));
  }
}

function entryOf(entry) {
  const fine = !entry.code;
  const state = fine ? "accepted" : entry.http >= 400 ? `refused ${entry.code}` : `failed ${entry.code}`;
  const head = el(
    "p",
    { class: "entry-head" },
    el("span", { class: `entry-code ${fine ? "fine" : ""}` }, state),
    el("span", {}, `${entry.type} to ${entry.customer ? spoken(entry.customer) : "nobody"}`),
    el("span", {}, `HTTP ${entry.http}`),
    el("time", {}, timeOf(entry.time)),
  );
  const why = [entry.message, entry.details].filter(Boolean).join(" · ");
  const request = el("pre", {}, JSON.stringify(entry.request, null, 2));
  const more = el("details", {}, el("summary", {}, "The request"), request);
  return el("li", { class: "entry" }, head, fine ? null : el("p", { class: "entry-why" }, why), more);
}

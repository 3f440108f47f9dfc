// The list of requests: those of the shop to the Graph API, and the webhooks to the shop.

import { el, timeOf } from "../dom.js";

const MOST_SHOWN = 200;

export class Requests {
  constructor(panel) {
    this.list = panel.querySelector(".requests");
    this.none = panel.querySelector(".requests-none");
    this.failed = panel.querySelector(".requests-failed");
    this.pane = panel.querySelector("#pane-requests");
    this.entries = [];
    this.failed.onchange = () => this.shown();
  }

  replace(entries) {
    this.entries = entries.slice(-MOST_SHOWN);
    this.shown();
  }

  add(entry) {
    this.entries.push(entry);
    this.entries.splice(0, this.entries.length - MOST_SHOWN);
    if (this.pane.hidden || (this.failed.checked && !isBad(entry))) return;
    this.list.prepend(requestOf(entry));
    while (this.list.children.length > MOST_SHOWN) this.list.lastElementChild.remove();
    this.none.hidden = true;
  }

  shown() {
    const wanted = this.entries.filter((entry) => !this.failed.checked || isBad(entry));
    this.list.replaceChildren(...wanted.reverse().map(requestOf));
    this.none.hidden = wanted.length > 0;
  }
}

const isBad = (entry) => entry.http === null || entry.http >= 400;

function requestOf(entry) {
  const way = entry.way === "graph" ? "shop → Graph" : "webhook → shop";
  const answer = el("span", { class: `http ${isBad(entry) ? "bad" : ""}` }, entry.http === null ? "no answer" : String(entry.http));
  const head = el("summary", {}, el("span", { class: "way" }, way), answer, el("span", {}, `${entry.milliseconds} ms`), el("time", {}, timeOf(entry.time)), el("span", {}, `${entry.method} ${what(entry)}`));
  const body = entry.body === null ? "without a body" : JSON.stringify(entry.body, null, 1);
  return el("li", { class: "request" }, el("details", {}, head, el("pre", {}, body)));
}

/** The path, and a word for its content. */
function what(entry) {
  const value = entry.body?.entry?.[0]?.changes?.[0]?.value;
  const about = value?.messages?.[0]?.type ?? value?.statuses?.[0]?.status ?? entry.body?.status ?? entry.body?.type;
  const path = entry.way === "webhook" ? new URL(entry.path).pathname : entry.path;
  return about ? `${path} (${about})` : path;
}

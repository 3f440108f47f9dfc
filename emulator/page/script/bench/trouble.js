// Failures on Meta's side: faults for the shop's next message, unusual webhooks, a clock, a reset.

import * as api from "./api.js";
import { el } from "../dom.js";

const FAULTS = [
  ["Refused: too fast", { code: 131056 }],
  ["Refused: 24 hours are over", { code: 131047 }],
  ["Refused: token expired", { code: 190 }],
  ["HTTP 500", { http: 500 }],
  ["Slow: no answer for 20 s", { hang: 20 }],
  ["Connection lost", { drop: true }],
  ["Sent, but the answer is lost", { drop: true, accept: true }],
  ["Accepted, then undeliverable", { fail: 131026 }],
];
const CLOCKS = [
  ["10 seconds", { seconds: 10 }],
  ["1 hour", { hours: 1 }],
  ["25 hours", { hours: 25 }],
];
// A switch, and the requests that turn it on and off.
const MANNERS = [
  ["Each one twice", { duplicates: 1 }, { duplicates: 0 }],
  ["In any order", { shuffle: true }, { shuffle: false }],
  ["Several at once", { batch: 5 }, { batch: 1 }],
  ["Hold back", { held: true }, null],
];

export class Trouble {
  constructor(panel) {
    this.pane = panel.querySelector("#pane-trouble");
    this.waiting = panel.querySelector(".waiting-faults");
    this.result = panel.querySelector(".trouble-result");
    panel.querySelector(".faults").append(...FAULTS.map(([name, what]) => this.#button(name, () => api.fault({ ...what, to: this.key }))), this.#button("None of these", () => api.dropFaults()));
    panel.querySelector(".manners").append(...MANNERS.map((manner) => this.#switch(...manner)));
    panel.querySelector(".clocks").append(...CLOCKS.map(([name, passed]) => this.#button(`${name} later`, () => api.clock(this.key, passed), `${name} have passed for this customer.`)));
    panel.querySelector(".reset").onclick = () => {
      for (const each of panel.querySelectorAll(".manners button")) each.setAttribute("aria-pressed", "false");
      this.#do(() => api.reset(), "All phones are empty, and the customers that you added are gone from this page.");
    };
  }

  lookAt(customer) {
    this.key = customer.info.key;
  }

  shown() {
    this.#tell();
  }

  /** A request of the shop's may have used a fault up. */
  traffic() {
    if (!this.pane.hidden) this.#tell();
  }

  #button(name, act, done) {
    const made = el("button", { type: "button", class: "bench-button" }, name);
    made.onclick = () => this.#do(act, done);
    return made;
  }

  #switch(name, on, off) {
    const made = el("button", { type: "button", class: "bench-button", "aria-pressed": "false" }, name);
    made.onclick = () => {
      const pressed = made.getAttribute("aria-pressed") !== "true";
      made.setAttribute("aria-pressed", String(pressed));
      this.#do(() => (pressed ? api.manner(on) : off ? api.manner(off) : api.release()));
    };
    return made;
  }

  async #do(act, done = "") {
    try {
      await act();
      this.result.textContent = done;
    } catch (error) {
      this.result.textContent = error.message;
    }
    this.#tell();
  }

  async #tell() {
    const { faults } = await api.faults();
    const names = faults.map((fault) => `${nameOf(fault)}${fault.times > 1 ? ` × ${fault.times}` : ""}`);
    this.waiting.textContent = names.length ? `Waiting: ${names.join(", ")}.` : "Nothing waits: the next message is accepted.";
  }
}

function nameOf(fault) {
  const same = ([, what]) => Object.entries(what).every(([key, value]) => fault[key] === value) && Boolean(what.accept) === Boolean(fault.accept);
  return (FAULTS.find(same) ?? [fault.code ? `code ${fault.code}` : "a fault"])[0];
}

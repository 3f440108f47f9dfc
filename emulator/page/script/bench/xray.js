// The X-ray: how each message was understood, and what it caused.

import * as api from "./api.js";
import { el, timeOf } from "../dom.js";
import { summary } from "../parts.js";
import { Recorder } from "./recorder.js";

const SHOWN = 12;
// Seconds: what was just said is under way, what was said before is over.
const PATIENCE = 30;
const AT_ONCE = 2;

export class Xray {
  constructor(panel) {
    this.list = panel.querySelector(".turns");
    this.none = panel.querySelector(".xray-none");
    this.hint = this.none.textContent;
    this.recorder = new Recorder(panel);
    this.isThere = true;
  }

  lookAt(customer, isOpen) {
    this.key = customer.info.key;
    this.recorder.lookAt(customer);
    this.list.replaceChildren();
    this.#empty(this.isThere ? this.hint : "There is no X-ray: the emulator was not told where the shop's data are.");
    if (!isOpen || !this.isThere) return;
    const own = [...customer.messages.values()].filter((message) => message.from === "customer");
    for (const message of own.sort((a, b) => a.number - b.number).slice(-SHOWN)) this.#look(message, AT_ONCE);
  }

  message(message) {
    this.recorder.message(message);
    if (message.from === "customer" && this.isThere) this.#look(message, PATIENCE);
  }

  /** Adds a placeholder for the turn, and fills it when the turn is over. */
  async #look(message, seconds) {
    const key = this.key;
    const item = el("li", { class: "turn" }, said(message), el("p", { class: "turn-meta" }, "…"));
    this.list.prepend(item);
    while (this.list.children.length > SHOWN) this.list.lastElementChild.remove();
    this.none.hidden = true;
    try {
      const turn = await api.turn(key, message.id, seconds);
      if (item.isConnected) item.replaceChildren(said(message), ...partsOf(turn, message));
    } catch (error) {
      item.querySelector(".turn-meta").textContent = error.message;
    }
  }

  #empty(text) {
    this.none.textContent = text;
    this.none.hidden = false;
  }
}

const said = (message) => el("p", { class: "turn-said" }, `“${summary(message)}”`);

function partsOf(turn, message) {
  const took = `${timeOf(message.time)} · ${turn.status} in ${Math.round(turn.seconds * 1000)} ms`;
  const meta = el("p", { class: "turn-meta" }, took + (turn.band ? ` · band “${turn.band}”` : ""));
  if (!turn.intent) {
    return [meta, el("p", { class: "bench-none" }, "Rasa was not asked: a person has the conversation, or it needs no answer."), rowsOf(turn)];
  }
  const facts = el("dl", { class: "facts" });
  const add = (name, ...nodes) => nodes.length && facts.append(el("dt", {}, name), el("dd", {}, ...nodes));
  if (turn.text && turn.text !== summary(message)) add("to Rasa", el("code", {}, turn.text));
  if (turn.by) add("decided by", turn.by);
  if (turn.entities.length) add("entities", el("div", { class: "marks" }, ...turn.entities.map(entityOf)));
  if (turn.rules.length) add(turn.rules.length > 1 ? "rules" : "rule", ...turn.rules.map((rule) => el("p", {}, rule)));
  add("then", el("div", { class: "came" }, ...cameOf(turn.steps)));
  const { conversation_flow: flow = turn.state.flow, current_step: step = turn.state.step } = turn.state;
  add("now at", flow ? `${flow} / ${step}` : "nowhere: nothing is open");
  const slots = Object.entries(turn.slots);
  if (slots.length) add("slots", el("div", { class: "marks" }, ...slots.map(([name, value]) => pair(name, value))));
  return [meta, guessesOf(turn), facts, rowsOf(turn)];
}

function guessesOf(turn) {
  const others = turn.ranking.filter((guess) => guess.name !== turn.intent.name).slice(0, 3);
  const all = [turn.intent, ...others];
  return el("div", { class: "guesses" }, ...all.flatMap((guess, index) => guessOf(guess, index === 0)));
}

function guessOf(guess, isFirst) {
  const fill = el("i");
  fill.style.width = `${Math.round((guess.confidence ?? 0) * 100)}%`;
  const bar = el("div", { class: `bar-of ${isFirst ? "" : "other"}`, "aria-hidden": "true" }, fill);
  const sure = guess.confidence === undefined || guess.confidence === null ? "" : guess.confidence.toFixed(2);
  return [el("span", { class: isFirst ? "first" : "" }, guess.name), bar, el("b", {}, sure)];
}

function entityOf(entity) {
  const group = entity.group ? ` · line ${entity.group}` : "";
  return el("span", { class: "mark" }, `${entity.entity} = ${short(entity.value)}`, el("small", {}, group));
}

const pair = (name, value) => el("span", { class: "mark" }, el("small", {}, `${name} `), short(value));

/** The steps in order; each action has a line for slots that it sets, and one for those it clears. */
function cameOf(steps) {
  const lines = [];
  let set = [];
  let emptied = [];
  const tell = () => {
    if (set.length) lines.push(el("div", { class: "marks" }, ...set.map((step) => pair(step.slot, step.value))));
    if (emptied.length) lines.push(el("p", {}, el("small", {}, `emptied: ${emptied.join(", ")}`)));
    [set, emptied] = [[], []];
  };
  for (const step of steps) {
    if (!("slot" in step)) {
      tell();
      lines.push(stepOf(step));
    } else if (step.value === null) emptied.push(step.slot);
    else set.push(step);
  }
  tell();
  return lines;
}

function stepOf(step) {
  if (step.action) {
    const sure = step.confidence === null || step.confidence === undefined ? "" : ` ${step.confidence.toFixed(2)}`;
    return el("p", {}, el("code", {}, step.action), el("small", {}, ` ${step.policy ?? ""}${sure}`));
  }
  if ("form" in step) return el("p", {}, el("small", {}, "form "), el("code", {}, step.form ?? "closed"));
  return el("p", {}, el("small", {}, step.session ? "a new session begins" : step.event));
}

function short(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}

function rowsOf(turn) {
  const tables = Object.entries(turn.rows);
  const context = turn.state.context ? [["conversation_state.context", turn.state.context]] : [];
  const all = [...tables, ...context];
  const count = tables.reduce((sum, [, rows]) => sum + rows.length, 0);
  const title = el("summary", {}, `${count} rows: ${tables.map(([name]) => name).join(", ")}`);
  return el("details", {}, title, ...all.map(([name, rows]) => el("pre", {}, `${name}\n${JSON.stringify(rows, null, 1)}`)));
}

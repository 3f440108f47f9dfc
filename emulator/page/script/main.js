// The page: shows the phones, and updates them with the emulator's events.

import { addCustomer } from "./api.js";
import { Bench } from "./bench/bench.js";
import { el, spoken } from "./dom.js";
import { Log } from "./log.js";
import { Phone } from "./phone.js";

const NAMES = ["Meera", "Imran", "Lakshmi", "Arjun", "Fatima", "Joseph", "Priya", "Kabir", "Anjali", "Vikram"];
const SHOWN_AT_FIRST = 2;

const customers = new Map(); // key: {info, messages: Map, unread}
const phones = new Map();
const log = new Log();
const bench = new Bench();
const nav = document.querySelector(".people");
const main = document.querySelector(".phones");
const narrow = matchMedia("(max-width: 760px)");
let shop = { name: "" };
let opened = location.hash.slice(1).split(",").filter(Boolean).map(decodeURIComponent);
let current = opened[opened.length - 1];

function takeSnapshot(state) {
  shop = { ...state.shop, name: document.body.dataset.shop };
  customers.clear();
  for (const { messages, ...info } of state.customers) {
    customers.set(info.key, { info, messages: new Map(messages.map((m) => [m.id, m])), unread: 0 });
  }
  opened = opened.filter((key) => customers.has(key));
  if (!opened.length) opened = [...customers.keys()].slice(0, SHOWN_AT_FIRST);
  if (!opened.includes(current)) current = opened[0];
  for (const [key, phone] of phones) if (!opened.includes(key)) close(key, phone);
  for (const key of opened) open(key);
  log.replace(state.log);
  takeLink(state.link);
  bench.replace(customers, state);
  bench.follow(current);
  drawPeople();
  phones.forEach((phone) => phone.toBottom());
}

function takeMessage(message) {
  const customer = customers.get(message.customer);
  if (!customer) return;
  const isNew = !customer.messages.has(message.id);
  customer.messages.set(message.id, message);
  phones.get(message.customer)?.upsert(message);
  bench.message(message, isNew);
  if (isNew && message.from === "shop" && !isShown(message.customer)) {
    customer.unread += 1;
    drawPeople();
  }
}

function takeCustomer(info) {
  const known = customers.get(info.key);
  if (known) known.info = info;
  else customers.set(info.key, { info, messages: new Map(), unread: 0 });
  phones.get(info.key)?.update(info);
  if (known) return;
  drawPeople();
  bench.people();
}

function takeLink(link) {
  const notice = document.querySelector(".link");
  const trouble = link.problem ?? link.handshake;
  notice.hidden = !trouble;
  if (!trouble) return;
  const waiting = link.waiting ? ` ${link.waiting} webhooks wait and will be delivered.` : "";
  const why = link.problem ? `does not accept webhooks (${link.problem}).` : `has not answered the handshake (${link.handshake}).`;
  notice.replaceChildren("The bot at ", el("code", {}, link.url), ` ${why}${waiting}`);
}

const isShown = (key) => (narrow.matches ? key === current : phones.has(key));

function open(key) {
  const { info, messages } = customers.get(key);
  if (!phones.has(key)) {
    phones.set(key, new Phone(info, shop));
    main.append(phones.get(key).root);
  }
  const phone = phones.get(key);
  phone.update(info);
  phone.replace([...messages.values()].sort((a, b) => a.number - b.number));
}

function close(key, phone) {
  phone.root.remove();
  phones.delete(key);
}

/** On a narrow screen a name shows that phone; on a wide one it also hides it again. */
function choose(key) {
  if (!phones.has(key)) {
    opened.push(key);
    open(key);
  } else if (!narrow.matches && opened.length > 1) {
    opened = opened.filter((each) => each !== key);
    close(key, phones.get(key));
  }
  current = opened.includes(key) ? key : opened[opened.length - 1];
  customers.get(key).unread = 0;
  bench.follow(current);
  history.replaceState(null, "", `#${opened.map(encodeURIComponent).join(",")}`);
  drawPeople();
  const phone = phones.get(current);
  phone.root.scrollIntoView({ inline: "nearest", block: "nearest" });
  phone.toBottom();
}

function drawPeople() {
  for (const [key, phone] of phones) phone.root.toggleAttribute("data-current", key === current);
  nav.replaceChildren(...[...customers.values()].map(person));
}

function person({ info, unread }) {
  const shown = String(isShown(info.key));
  const made = el("button", { type: "button", class: "person", "aria-pressed": shown, title: spoken(info.key) }, info.name);
  if (unread) made.append(el("span", { class: "count", "aria-label": `${unread} unread` }, String(unread)));
  made.onclick = () => choose(info.key);
  return made;
}

async function add() {
  const taken = new Set([...customers.values()].map(({ info }) => info.name));
  const added = await addCustomer(NAMES.find((name) => !taken.has(name)));
  takeCustomer(added);
  choose(added.key);
  phones.get(added.key)?.composer.text.focus();
}

function listen() {
  const source = new EventSource("emulator/events");
  const on = (name, take) => source.addEventListener(name, (event) => take(JSON.parse(event.data)));
  on("snapshot", takeSnapshot);
  on("message", takeMessage);
  on("customer", takeCustomer);
  on("link", takeLink);
  on("log", (entry) => log.upsert(entry));
  on("traffic", (entry) => bench.traffic(entry));
  source.onopen = () => document.body.removeAttribute("data-offline");
  source.onerror = () => {
    document.body.setAttribute("data-offline", "");
    const notice = document.querySelector(".link");
    notice.hidden = false;
    notice.textContent = "The emulator does not answer. Trying again…";
    // The browser does not retry a stream that was refused, so we do.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
}

document.querySelector(".add").onclick = add;
narrow.addEventListener("change", drawPeople);
listen();

// Creates elements.

/** An element with properties (`class`, `data-…` and `aria-…` too) and children. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** One of the page's own icons. */
export function icon(name, extra = "") {
  const made = document.querySelector("#icon").content.firstElementChild.cloneNode(true);
  made.querySelector("use").setAttribute("href", `#i-${name}`);
  if (extra) made.classList.add(...extra.split(" "));
  return made;
}

/** "+91 98000 00001" for "919800000001"; a user id as it stands. */
export function spoken(key) {
  const digits = key.replace(/^\+/, "");
  const indian = /^91(\d{5})(\d{5})$/.exec(digits);
  if (indian) return `+91 ${indian[1]} ${indian[2]}`;
  return /^\d+$/.test(digits) ? `+${digits}` : key;
}

export function timeOf(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

export function dayOf(seconds) {
  const day = new Date(seconds * 1000);
  if (day.toDateString() === new Date().toDateString()) return "Today";
  return day.toLocaleDateString([], { day: "numeric", month: "long", year: "numeric" });
}

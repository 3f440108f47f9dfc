// The control API, as the page uses it.

async function call(method, path, body, headers = { "Content-Type": "application/json" }) {
  const answer = await fetch(`emulator${path}`, { method, body, headers });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.error ?? `HTTP ${answer.status}`);
  return found;
}

const path = (key) => `/customers/${encodeURIComponent(key)}`;

export const say = (key, said) => call("POST", `${path(key)}/messages`, JSON.stringify(said));
export const change = (key, what) => call("PATCH", path(key), JSON.stringify(what));
export const passTime = (key, hours) => call("POST", `${path(key)}/clock`, JSON.stringify({ hours }));
export const addCustomer = (name) => call("POST", "/customers", JSON.stringify({ name }));
export const upload = (file) => call("POST", "/media", file, { "Content-Type": file.type });

/** The URL of a picture: an uploaded file, or the shop's link. */
export const sourceOf = (media) =>
  media?.link ?? (media?.id ? `emulator/media/${encodeURIComponent(media.id)}` : "");

// The test bench's part of the control API (emulator/bench/__init__.py).

async function ask(path, options = {}) {
  const answer = await fetch(`emulator${path}`, options);
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
  const found = isJson ? await answer.json() : await answer.text();
  if (!answer.ok) throw new Error(found.error ?? `HTTP ${answer.status}`);
  return found;
}

const send = (method, path, body) =>
  ask(path, { method, body: JSON.stringify(body ?? {}), headers: { "Content-Type": "application/json" } });
const of = (key) => `/customers/${encodeURIComponent(key)}`;

export const turn = (key, id, seconds) => ask(`${of(key)}/turns/${encodeURIComponent(id)}?wait=${seconds}`);
export const story = (key, after, name) => ask(`${of(key)}/story?after=${after}&name=${encodeURIComponent(name)}`);
export const examples = async (key) => (await ask(`/webhook-examples?customer=${encodeURIComponent(key)}`)).examples;
export const webhook = (value, signature) => send("POST", "/webhooks", signature ? { value, signature } : { value });
export const fault = (what) => send("POST", "/faults", what);
export const faults = () => ask("/faults");
export const dropFaults = () => send("DELETE", "/faults");
export const manner = (what) => send("PATCH", "/webhooks", what);
export const release = () => send("POST", "/webhooks/release");
export const clock = (key, passed) => send("POST", `${of(key)}/clock`, passed);
export const reset = () => send("POST", "/reset");

// News of the shop: one tab listens (browsers allow six connections per site) and informs the others.
"use strict";
(() => {
  const LISTEN = "/live", ASK = "/live/now";
  const POLL_EVERY = 1500, RING_EVERY = 3500;
  const others = "BroadcastChannel" in window ? new BroadcastChannel("counter-live") : null;
  const title = document.title;
  let news = null;

  function hear(text) {
    news = JSON.parse(text);
    for (const badge of document.querySelectorAll("[data-count]")) {
      const count = news[badge.dataset.count] || 0;
      badge.hidden = !count;
      badge.textContent = count > 99 ? "99+" : count;
    }
    ring(news.orders, news.calls);
    const calls = news.orders + news.waiting;
    document.title = calls ? `(${calls}) ${title}` : title;
    for (const part of document.querySelectorAll("[data-news]")) {
      const what = part.dataset.news;
      if (part.dataset.mark !== news[what]) document.body.dispatchEvent(new CustomEvent(`${what}-changed`));
    }
  }

  // Uses the event stream, or polls if a proxy between browser and server swallows the stream.
  function listen() {
    let heard = Date.now();
    const spread = (text) => { heard = Date.now(); hear(text); if (others) others.postMessage(text); };
    const events = new EventSource(LISTEN);
    events.onmessage = (event) => spread(event.data);
    setInterval(async () => {
      if (events.readyState === EventSource.OPEN && Date.now() - heard < 20000) return;
      const answer = await fetch(ASK, { headers: { "X-By-Itself": "1" } }).catch(() => null);
      if (answer && answer.status === 401) endLogin();
      else if (answer && answer.ok) spread(await answer.text());
    }, POLL_EVERY);
  }

  if (others) others.onmessage = (event) => (event.data === "?" ? news && others.postMessage(JSON.stringify(news)) : hear(event.data));
  if (navigator.locks && others) {
    navigator.locks.request("counter-live", () => new Promise(listen));
    others.postMessage("?");
  } else listen();

  // The bell. Browsers block sound, and log a warning, until somebody has used this page or our page
  // before it. Only one of all tabs rings.
  const [arrival] = performance.getEntriesByType("navigation");
  let touched = arrival.type === "navigate" && document.referrer.startsWith(`${location.origin}/`);
  let speaker = null, mayRing = false, ringing = null;

  const words = document.getElementById("ring").dataset;
  const told = (count, one, many) => (count ? [`${count} ${count === 1 ? one : many}`] : []);

  function ring(orders, calls) {
    const banner = document.getElementById("ring"), count = orders + calls;
    banner.hidden = !count;
    const said = [...told(orders, words.oneOrder, words.manyOrders), ...told(calls, words.oneCall, words.manyCalls)];
    banner.querySelector("[data-ring]").textContent = said.join(" · ");
    if (count && !ringing) { ringing = setInterval(strike, RING_EVERY); strike(); }
    if (!count) { clearInterval(ringing); ringing = null; }
  }

  function strike() {
    wake();
    if (!mayRing) return;
    for (const [pitch, at] of [[880, 0], [1174.7, 0.18], [880, 0.36]]) tone(pitch, speaker.currentTime + at);
    document.documentElement.dataset.rung = Number(document.documentElement.dataset.rung || 0) + 1;
  }

  function tone(pitch, at) {
    const voice = speaker.createOscillator(), volume = speaker.createGain();
    voice.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.35, at + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
    voice.connect(volume).connect(speaker.destination);
    voice.start(at);
    voice.stop(at + 0.55);
  }

  // Its space is kept, so that nothing moves under a finger that is about to tap.
  const offerSound = (isOffered) => document.querySelector("[data-sound-on]").classList.toggle("is-away", !isOffered);

  function wake() {
    if (touched) speaker = speaker || new AudioContext();
    offerSound(!speaker || speaker.state !== "running");
    if (!speaker) return;
    if (speaker.state === "suspended") speaker.resume().then(awake, () => {});
    else awake();
  }

  let queued = false;
  function awake() {
    offerSound(false);
    if (queued) return;
    queued = true;
    if (navigator.locks) navigator.locks.request("counter-bell", () => new Promise(() => { mayRing = true; }));
    else mayRing = true;
  }

  for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => { touched = true; wake(); }, { once: true });
})();

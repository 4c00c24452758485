// Behind the scenes: what the provider, Telegram and the bot are up to, what can be made to go wrong, and every call
// between them as it happens.

import { $, button, make, pause, refill, toast } from "./dom.js";
import { ask, complain } from "./wire.js";

const MOST_ROWS = 300;
const SIDES = { telegram: "Telegram", provider: "Provider", desk: "You" };
const SPEEDS = [[1, "As in life"], [5, "5 times"], [20, "20 times"]];
const METHOD = /^[A-Z]+ \/(mj\/)?/; // what all calls to the provider begin with
const STATES = { running: "running", starting: "starting…", stopped: "stopped" };

let listening = false;
let shown = "all"; // whose calls

export const isShown = () => !$("desk").hidden;

export function toggleDesk(on) {
  $("desk").hidden = !on;
  document.body.classList.toggle("with-desk", on);
  $("desk-open").setAttribute("aria-expanded", String(on));
  localStorage.setItem("desk", on ? "open" : "closed");
  if (on) {
    refreshDesk();
    listen();
  }
}

export async function refreshDesk() {
  if (!isShown()) return;
  try {
    draw(await ask("desk"));
  } catch (error) {
    complain(error);
  }
}

async function act(path, body, words) {
  try {
    await ask(`desk/${path}`, body ?? {});
    if (words) toast(words);
  } catch (error) {
    complain(error);
  }
  refreshDesk();
}

// ------------------------------------------------------------------ how it stands, and what can be done to it

function draw({ provider, telegram, bot }) {
  const provided = [
    `${provider.running} running`,
    `${provider.waiting} waiting`,
    `${provider.submits} submits`,
    `${provider.charges} charged`,
  ].join(" · ");
  $("provider-state").textContent = provider.out > 0 ? `away for ${Math.ceil(provider.out)} s more` : provided;
  $("provider-state").classList.toggle("bad", provider.out > 0);
  refill($("speeds"), ...SPEEDS.map(([times, words]) => {
    const one = button("choice", "", () => act("speed", { times }), words);
    one.setAttribute("aria-pressed", String(provider.speed === times));
    return one;
  }));
  if (!$("dialect").options.length) {
    $("dialect").replaceChildren(...provider.dialects.map((name) => new Option(name, name)));
  }
  $("dialect").value = provider.dialect;
  const trouble = telegram.out > 0 ? `away for ${Math.ceil(telegram.out)} s more` : `says “wait ${Math.ceil(telegram.flood)} s” to everything`;
  const isBad = telegram.out > 0 || telegram.flood > 0;
  $("telegram-state").textContent = isBad ? trouble : `${telegram.unconfirmed} updates on their way · ${telegram.refused} refused as too many`;
  $("telegram-state").classList.toggle("bad", isBad);
  const starts = bot.starts > 1 ? ` · started ${bot.starts} times` : "";
  const exit = bot.state === "stopped" && bot.exit !== null ? ` (exit ${bot.exit})` : "";
  $("bot-state").textContent = (STATES[bot.state] ?? bot.state) + exit + starts;
  $("bot-state").classList.toggle("bad", bot.state === "stopped");
  $("bot-kill").hidden = $("bot-stop").hidden = bot.state === "stopped";
  $("bot-start").hidden = bot.state !== "stopped";
}

// ------------------------------------------------------------------ the journal

const rows = new Map(); // by id: {call, node}
let latest = null; // the row that equal calls are counted in

async function listen() {
  if (listening) return;
  listening = true;
  let after = 0;
  while (isShown()) {
    try {
      const told = await ask(`desk/journal?after=${after}&wait=20&most=${MOST_ROWS}`);
      if (told.last < after) clear(); // a new start of the sandbox
      after = told.last;
      if (told.calls.length) takeIn(told.calls);
    } catch {
      await pause(1); // the page's own loop says that the sandbox is not there
      after = 0;
      clear();
    }
  }
  listening = false;
  clear();
}

function clear() {
  rows.clear();
  latest = null;
  $("journal").replaceChildren();
}

function takeIn(calls) {
  const list = $("journal");
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  for (const call of calls) note(call);
  while (list.children.length > MOST_ROWS) {
    const [oldest] = list.children;
    for (const [id, row] of rows) if (row.node === oldest) rows.delete(id);
    oldest.remove();
  }
  if (atEnd) list.scrollTop = list.scrollHeight;
}

// A call that is answered changes its row; one that is just like the row before is counted there.
function note(call) {
  const known = rows.get(call.id);
  if (known) {
    fill(known, call);
    return;
  }
  const kind = `${call.side} ${call.what} ${call.about}`;
  if (latest && latest.kind === kind) {
    latest.times++;
    rows.set(call.id, latest);
    fill(latest, call);
    return;
  }
  latest = { kind, times: 1, node: make("li", "call"), call };
  rows.set(call.id, latest);
  fill(latest, call);
  $("journal").append(latest.node);
}

function fill(row, call) {
  row.call = call;
  const time = new Date(call.time).toLocaleTimeString([], { hourCycle: "h23" });
  const isBad = call.status >= 400;
  const answer = call.answer || (call.status === null ? "…" : String(call.status));
  const took = call.seconds > 0.5 ? ` ${call.seconds.toFixed(1)} s` : "";
  const times = row.times > 1 ? ` ×${row.times}` : "";
  const side = call.side === "desk" ? "acted" : call.side;
  row.node.className = `call ${side}${isBad ? " bad" : ""}${call.status === null && call.side !== "desk" ? " open" : ""}`;
  row.node.title = `${call.what}\n${call.about}\n${answer}`;
  row.node.replaceChildren(
    make("time", "", time),
    make("b", "", call.what.replace(METHOD, "") + times),
    make("span", "about", call.about),
    make("span", "answer", call.side === "desk" ? "" : answer + took),
  );
  row.node.hidden = shown !== "all" && shown !== call.side && call.side !== "desk";
}

function drawFilter() {
  refill($("filter"), ...[["all", "Both wires"], ["telegram", SIDES.telegram], ["provider", SIDES.provider]].map(([side, words]) => {
    const one = button("choice", "", () => {
      shown = side;
      drawFilter();
      for (const row of new Set(rows.values())) fill(row, row.call);
    }, words);
    one.setAttribute("aria-pressed", String(shown === side));
    return one;
  }));
}

// ------------------------------------------------------------------ the controls

const WIDE = matchMedia("(min-width: 1240px)");

export function wireDesk() {
  const on = (id, path, body, words) => $(id).addEventListener("click", () => act(path, body, words));
  on("provider-timeout", "timeout", { taken: false }, "The next request will time out, and not be charged.");
  on("provider-taken", "timeout", { taken: true }, "The next request will be charged, and its answer lost.");
  on("provider-out", "outage", { side: "provider", seconds: 30 }, "The provider is away for 30 seconds.");
  on("telegram-out", "outage", { side: "telegram", seconds: 30 }, "For the bot, Telegram is away for 30 seconds.");
  on("telegram-flood", "flood", { seconds: 10 }, "Telegram makes the bot wait for 10 seconds.");
  on("bot-kill", "bot", { do: "restart" }, "Killed in the middle of it all. It starts again by itself.");
  on("bot-stop", "bot", { do: "stop" }, "");
  on("bot-start", "bot", { do: "start" }, "");
  on("desk-reset", "reset", {}, "Everything is well again.");
  $("dialect").addEventListener("change", () => act("dialect", { name: $("dialect").value }));
  $("desk-open").addEventListener("click", () => {
    toggleDesk(!isShown());
    if (isShown()) $("desk-close").focus();
  });
  $("desk-close").addEventListener("click", () => {
    toggleDesk(false);
    $("desk-open").focus();
  });
  drawFilter();
  const kept = localStorage.getItem("desk");
  if (WIDE.matches && kept !== "closed") toggleDesk(true);
  setInterval(refreshDesk, 1000);
}

// Vary (Region): a person paints what is to be drawn anew; it goes to the bot as a picture of pure black and white.

import { WORDS } from "./words.js"; // in all languages; messages/painting.py has them

const MARGIN = 12; // around the picture, so that a finger can come from beyond its edge
const STRIP = 256; // rows of the mask that are made at once: a phone has little memory
const SHORTCUTS = { b: "brush", e: "eraser", r: "rectangle", l: "lasso" };

const $ = (id) => document.getElementById(id);
const [stage, sheet, picture, notice, prompt, send] = ["stage", "sheet", "picture", "notice", "prompt", "send"].map($);
const ink = $("ink").getContext("2d");
const launch = new URLSearchParams(location.hash.slice(1));
const initData = launch.get("tgWebAppData") ?? "";

let words = WORDS.en;
let canvas = null; // what the bot has given to paint on
let strokes = []; // all that was done, in the picture's own pixels; undo takes the last away and paints the rest again
let stroke = null; // the one under the finger
let tool = "brush";
let spot = null; // where the keyboard's brush is
let sending = false;

// ------------------------------------------------------------------ Telegram's app around us, and the bot

// The bridge as Telegram documents it (core.telegram.org/api/web-events): phones, old desktops, and web pages.
function host(eventType, eventData = {}) {
  const both = JSON.stringify({ eventType, eventData });
  if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(eventType, JSON.stringify(eventData));
  else if (typeof window.external?.notify === "function") window.external.notify(both);
  else if (window.parent !== window) window.parent.postMessage(both, "*"); // who may frame us is said by the policy
}

class Refused extends Error {} // the bot said no, in words for the person

async function ask(path, body) {
  const headers = { "accept-language": document.documentElement.lang };
  const how = body
    ? { method: "POST", body: JSON.stringify(body), headers: { ...headers, "content-type": "application/json" } }
    : { headers };
  let answer;
  try {
    answer = await fetch(path, how);
    if (answer.ok) return body ? await answer.json() : await answer.blob();
  } catch {
    throw new Refused(words.offline);
  }
  const told = await answer.json().catch(() => ({}));
  throw new Refused(told.error ?? words.offline);
}

// ------------------------------------------------------------------ looks and words

const COLOURS = {
  bg_color: "--ground",
  secondary_bg_color: "--field",
  text_color: "--ink",
  hint_color: "--faint",
  button_color: "--accent",
  button_text_color: "--accent-ink",
};

function dress() {
  const given = theme();
  for (const [name, property] of Object.entries(COLOURS)) {
    if (isColour(given[name])) document.documentElement.style.setProperty(property, given[name]);
  }
  const dark = isColour(given.bg_color) ? isDark(given.bg_color) : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

function theme() {
  try {
    return JSON.parse(launch.get("tgWebAppThemeParams")) ?? {};
  } catch {
    return {};
  }
}

const isColour = (text) => /^#[0-9a-f]{6}$/i.test(text);

function isDark(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

function speak(language) {
  const first = (tag) => tag.toLowerCase().split("-")[0];
  const known = Object.keys(WORDS).find((tag) => first(tag) === first(language)) ?? "en";
  words = WORDS[known];
  document.documentElement.lang = known;
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = words[node.dataset.say];
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", words[node.dataset.label]);
}

// What stands alone on the page: while it opens, when it can't, and when all is done.
function card(state, sentence) {
  document.body.dataset.state = state;
  $("sentence").textContent = sentence;
  $("close").hidden = state === "opening" || !initData;
}

function say(sentence = "") {
  notice.textContent = sentence;
  notice.hidden = !sentence;
}

// ------------------------------------------------------------------ painting

const LAY = {
  brush: trace,
  eraser: trace,
  rectangle({ points: [from, to] }) {
    const [left, right] = [from.x, to.x].sort((a, b) => a - b).map(Math.round);
    const [top, bottom] = [from.y, to.y].sort((a, b) => a - b).map(Math.round);
    ink.fillRect(left, top, right - left, bottom - top);
  },
  lasso: ({ points }) => ink.fill(new Path2D(outline(points))),
  clear: () => ink.clearRect(0, 0, canvas.width, canvas.height),
};

function lay(one, from = 0) {
  ink.globalCompositeOperation = one.tool === "eraser" ? "destination-out" : "source-over";
  LAY[one.tool](one, from);
}

function trace({ points, size }, from) {
  const start = points[Math.max(0, from - 1)];
  ink.beginPath();
  ink.arc(start.x, start.y, size / 2, 0, 2 * Math.PI); // a tap is a dot
  ink.fill();
  ink.beginPath();
  ink.moveTo(start.x, start.y);
  for (const { x, y } of points.slice(from)) ink.lineTo(x, y);
  ink.lineWidth = size;
  ink.stroke();
}

const outline = (points) => `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;

function done(one) {
  if (!strokes.length) host("web_app_setup_closing_behavior", { need_confirmation: true });
  strokes.push(one);
  refresh();
}

function undo() {
  if (sending || !strokes.pop()) return;
  repaint();
}

function repaint() {
  LAY.clear();
  for (const one of strokes) lay(one);
  refresh();
}

function refresh() {
  $("undo").disabled = !strokes.length;
  $("clear").disabled = !strokes.length || strokes.at(-1).tool === "clear";
}

// A violet with slanting stripes: seen on any picture, and never taken for a part of it.
function tint(side) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = side;
  const pen = tile.getContext("2d");
  pen.fillStyle = "#7c3aed";
  pen.fillRect(0, 0, side, side);
  pen.strokeStyle = "#a855f7";
  pen.lineWidth = side * 0.35;
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift - side, 2 * side);
    pen.lineTo(shift + 2 * side, -side);
  }
  pen.stroke();
  return ink.createPattern(tile, "repeat");
}

// The mask, white where paint covers at least half of a pixel; refused where that is nothing or everything.
function mask() {
  const { width, height } = canvas;
  const made = Object.assign(document.createElement("canvas"), { width, height });
  const pen = made.getContext("2d", { willReadFrequently: true });
  pen.drawImage(ink.canvas, 0, 0);
  let white = 0;
  for (let top = 0; top < height; top += STRIP) {
    const strip = pen.getImageData(0, top, width, Math.min(STRIP, height - top));
    for (let at = 0; at < strip.data.length; at += 4) {
      const value = strip.data[at + 3] < 128 ? 0 : 255;
      white += value && 1;
      strip.data[at] = strip.data[at + 1] = strip.data[at + 2] = value;
      strip.data[at + 3] = 255;
    }
    pen.putImageData(strip, 0, top);
  }
  if (!white) throw new Refused(words.nothingMarked);
  if (white === width * height) throw new Refused(words.allMarked);
  return made.toDataURL("image/png");
}

// ------------------------------------------------------------------ the hand

const isBrush = () => tool === "brush" || tool === "eraser";

// From nearly a point to a third of the picture's shorter side; finer steps where it is small.
const brushSize = () => Math.min(canvas.width, canvas.height) * (0.015 + 0.35 * ($("size").value / 100) ** 1.7);

function place(event) {
  const box = sheet.getBoundingClientRect();
  const scale = canvas.width / box.width;
  return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
}

function down(event) {
  say();
  if (!canvas || sending || stroke || !event.isPrimary || event.button) return;
  if (event.pointerType === "touch" && document.activeElement === prompt) {
    prompt.blur(); // the keyboard goes and the picture grows: nothing is to be painted meanwhile
    return;
  }
  stage.setPointerCapture(event.pointerId);
  const at = place(event);
  stroke = { tool, size: brushSize(), points: [at] };
  if (isBrush()) lay(stroke);
  else stroke.points.push(at);
  guide(at);
}

function move(event) {
  if (!canvas || !event.isPrimary) return;
  const at = place(event);
  if (stroke?.tool === "rectangle") stroke.points[1] = at;
  else if (stroke) {
    const from = stroke.points.length;
    const passed = event.getCoalescedEvents?.() ?? [];
    stroke.points.push(...(passed.length ? passed.map(place) : [at]));
    if (isBrush()) lay(stroke, from);
  }
  guide(at);
}

function up(event) {
  if (!stroke || !event.isPrimary) return;
  const one = stroke;
  stroke = null;
  guide();
  if (event.type === "pointercancel") return repaint();
  if (!isBrush()) {
    if (isSpeck(one.points)) return;
    lay(one);
  }
  done(one);
}

// A tap with the box or the lasso marks nothing.
function isSpeck(points) {
  const reach = (axis) => Math.max(...points.map((at) => at[axis])) - Math.min(...points.map((at) => at[axis]));
  return reach("x") < 2 || reach("y") < 2;
}

// Shows what is about to be marked: a ring as large as the brush, the box, or the lasso.
function guide(at) {
  let path = "";
  if (at && isBrush()) path = ring(at, brushSize() / 2);
  else if (stroke) path = outline(stroke.tool === "rectangle" ? corners(stroke.points) : stroke.points);
  for (const node of $("guide").children) node.setAttribute("d", path);
}

const ring = ({ x, y }, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
const corners = ([a, b]) => [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];

function choose(name) {
  if (stroke) return;
  tool = name;
  for (const button of document.querySelectorAll("[data-tool]")) {
    button.setAttribute("aria-pressed", button.dataset.tool === tool);
  }
  $("sizing").classList.toggle("idle", !isBrush());
  guide();
}

// ------------------------------------------------------------------ the keyboard

function key(event) {
  if (!canvas || event.target === prompt || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== "z" || event.shiftKey) return;
    event.preventDefault();
    undo();
  } else if (event.key.toLowerCase() in SHORTCUTS) choose(SHORTCUTS[event.key.toLowerCase()]);
  else if (event.target === stage) walk(event);
}

function walk(event) {
  const step = brushSize() / 3;
  const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], " ": [0, 0] }[event.key] ?? [];
  if (x === undefined || sending || stroke) return;
  event.preventDefault();
  if (!isBrush()) choose("brush");
  spot ??= { x: canvas.width / 2, y: canvas.height / 2 };
  spot = { x: within(spot.x + x * step, canvas.width), y: within(spot.y + y * step, canvas.height) };
  if (event.key === " ") {
    const dab = { tool, size: brushSize(), points: [spot] };
    lay(dab);
    done(dab);
  }
  guide(spot);
}

const within = (value, most) => Math.min(Math.max(value, 0), most);

// ------------------------------------------------------------------ from opening to done

// As large as it fits: by hand, since the sheet, the paint and the guide must have the very same corners.
function fit() {
  if (!canvas) return;
  const [width, height] = [stage.clientWidth - 2 * MARGIN, stage.clientHeight - 2 * MARGIN];
  const scale = Math.min(width / canvas.width, height / canvas.height);
  sheet.style.width = `${canvas.width * scale}px`;
  sheet.style.height = `${canvas.height * scale}px`;
}

async function open() {
  const query = new URLSearchParams(location.search);
  const given = await ask("open", { initData, window: query.get("w") ?? new URLSearchParams(initData).get("start_param") ?? "" });
  speak(given.language);
  picture.src = URL.createObjectURL(await ask(`picture/${encodeURIComponent(given.ticket)}`));
  await picture.decode().catch(() => { throw new Refused(words.notAPicture); });
  canvas = given;
  Object.assign($("ink"), { width: given.width, height: given.height });
  ink.lineCap = ink.lineJoin = "round";
  ink.fillStyle = ink.strokeStyle = tint(Math.max(4, Math.round(Math.min(given.width, given.height) / 36)));
  $("guide").setAttribute("viewBox", `0 0 ${given.width} ${given.height}`);
  $("title").textContent = given.title || words.title;
  prompt.value = given.prompt;
  document.body.dataset.state = "painting";
  new ResizeObserver(fit).observe(stage);
}

async function paint() {
  if (sending) return;
  say();
  busy(true);
  try {
    if (!prompt.value.trim()) throw new Refused(words.noWords);
    const told = await ask("paint", { ticket: canvas.ticket, prompt: prompt.value.trim(), mask: mask() });
    card("done", told.sentence);
    host("web_app_setup_closing_behavior", { need_confirmation: false });
    setTimeout(() => host("web_app_close"), 1800); // so that the sentence can be read
  } catch (error) {
    say(error instanceof Refused ? error.message : words.offline);
  } finally {
    busy(false);
  }
}

function busy(now) {
  sending = now;
  send.disabled = now;
  send.textContent = now ? words.sending : words.send;
}

stage.addEventListener("pointerdown", down);
stage.addEventListener("pointermove", move);
stage.addEventListener("pointerup", up);
stage.addEventListener("pointercancel", up);
stage.addEventListener("pointerleave", () => stroke || guide());
stage.addEventListener("blur", () => guide());
document.addEventListener("keydown", key);
for (const button of document.querySelectorAll("[data-tool]")) {
  button.addEventListener("click", () => choose(button.dataset.tool));
}
$("undo").addEventListener("click", undo);
$("clear").addEventListener("click", () => {
  if (sending) return;
  lay({ tool: "clear" });
  done({ tool: "clear" });
});
$("size").addEventListener("input", () => guide({ x: canvas.width / 2, y: canvas.height / 2 }));
$("size").addEventListener("change", () => guide());
$("close").addEventListener("click", () => host("web_app_close"));
$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  paint();
});

dress();
speak(navigator.language);
host("web_app_ready");
host("web_app_expand");
host("web_app_setup_swipe_behavior", { allow_vertical_swipe: false }); // a stroke downwards is not to close the page
if (!initData) card("stopped", words.notFromTelegram);
else {
  card("opening", words.opening);
  open().catch((error) => card("stopped", error instanceof Refused ? error.message : words.offline));
}

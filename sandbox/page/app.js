// The chat page: shows what `/_/` tells of this Telegram, and does there what a person does. Words of messages only
// ever become text nodes.

const EXAMPLES = [
  "/imagine a lighthouse in a storm",
  "/imagine a fox in a snowy forest, soft morning light --ar 3:2",
  "/imagine a city at night in the rain, neon",
];
const ACTIONS = { typing: "is writing…", upload_photo: "is sending a picture…", upload_document: "is sending a file…" };
const NARROW = matchMedia("(max-width: 720px)");

const $ = (id) => document.getElementById(id);
const world = { people: new Map(), chats: new Map(), bot: null, commands: [] };
let open = null; // the chat that is looked at
let pinned = true; // whether its end is in sight, and is to stay so

// ------------------------------------------------------------------ small tools

function make(tag, className = "", ...inside) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...inside);
  return node;
}

async function ask(path, body) {
  const how = body && { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const answer = await fetch(`_/${path}`, how);
  const told = await answer.json();
  if (!answer.ok) throw new Refused(told.error);
  return told;
}

class Refused extends Error {} // the sandbox said no; anything else that is thrown means that it is not there

function complain(error) {
  if (error instanceof Refused) toast(error.message);
  else $("offline").hidden = false;
}

const pause = (seconds) => new Promise((resume) => setTimeout(resume, seconds * 1000));
const initials = (name) => name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
const hue = (id) => `hue-${Math.abs(id) % 6}`;
const clock = (date) => new Date(date).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function day(date) {
  const that = new Date(date);
  const today = that.toDateString() === new Date().toDateString();
  return today ? "Today" : that.toLocaleDateString([], { day: "numeric", month: "long" });
}

let toastTimer = 0;
function toast(words) {
  $("toast").textContent = words;
  $("toast").classList.add("on");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $("toast").classList.remove("on"), 3500);
}

function copy(text) {
  const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
  done.then(() => toast("Copied"), () => toast("This browser does not let me copy"));
}

// ------------------------------------------------------------------ words with entities

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const BUILDERS = { code: codeNode, spoiler: spoilerNode, url: linkNode, text_link: linkNode };

// Offsets count UTF-16 units, and so do JavaScript's strings. Entities come in order, the longer first.
function styled(text, entities, from = 0, to = text.length) {
  const made = document.createDocumentFragment();
  let at = from;
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    made.append(text.slice(at, entity.offset));
    const within = entities.slice(index + 1).filter((other) => other.offset < end);
    const node = entityNode(entity, text.slice(entity.offset, end));
    node.append(styled(text, within, entity.offset, end));
    made.append(node);
    index += within.length;
    at = end;
    if (BLOCKS.has(entity.type) && at < to && text[at] === "\n") at++; // a block ends its line by itself
  }
  made.append(text.slice(at, to));
  return made;
}

function entityNode(entity, covered) {
  const builder = BUILDERS[entity.type];
  if (builder) return builder(entity, covered);
  const node = make(TAGS[entity.type] ?? "span", `is-${entity.type}`);
  if (entity.type === "expandable_blockquote") {
    pressable(node, "Show all or less", () => node.classList.toggle("unfolded"));
  }
  return node;
}

function codeNode(_entity, covered) {
  const node = make("code");
  pressable(node, "Copy", () => copy(covered));
  return node;
}

function spoilerNode() {
  const node = make("span", "is-spoiler");
  pressable(node, "Reveal", () => node.classList.add("unfolded"));
  return node;
}

function linkNode(entity, covered) {
  const address = entity.url ?? covered;
  if (!/^https?:/i.test(address)) return make("span");
  const node = make("a");
  Object.assign(node, { href: address, target: "_blank", rel: "noopener noreferrer" });
  return node;
}

// Inline words can't be a <button>, which would not break over lines.
function pressable(node, title, act) {
  Object.assign(node, { role: "button", tabIndex: 0, title });
  node.addEventListener("click", act);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      act();
    }
  });
}

// ------------------------------------------------------------------ one message

const fileOf = (message) => `_/files/${message.file_id}`;
const isPicture = (message) => Boolean(message.file_id) && (message.media_kind === "photo" || isImage(message));
const isImage = (message) => message.media_kind === "animation" && message.mime?.startsWith("image/");

function gist(message) {
  if (message.service.pinned_message) return "pinned a message";
  return message.text.replace(/\s+/g, " ").slice(0, 140) || (isPicture(message) ? "Picture" : message.document_name ?? "");
}

// A message on the page. `show` touches only what has changed, so that nothing flickers and the focus stays.
class Bubble {
  #seen = {};
  #image = null; // the newest picture, seen or still on its way

  constructor() {
    this.node = make("article", "item");
    this.day = make("p", "day");
    this.row = make("div", "row");
    this.face = make("span", "face small");
    this.face.setAttribute("aria-hidden", "true");
    this.body = make("div", "body");
    this.bubble = make("div", "bubble");
    this.name = make("p", "name");
    this.reply = make("div");
    this.media = make("div", "media");
    this.text = make("div", "text");
    this.reactions = make("p", "reactions");
    this.meta = make("span", "meta");
    this.keyboard = make("div", "keyboard");
    this.bubble.append(this.name, this.reply, this.media, this.text, this.reactions, this.meta);
    this.body.append(this.bubble, this.keyboard);
    this.row.append(this.face, this.body);
    this.node.append(this.day, this.row);
  }

  show(message, { before, after, target, mine, named }) {
    const same = (other) => other && other.sender_id === message.sender_id && !Object.keys(other.service).length;
    const newDay = !before || day(before.date) !== day(message.date);
    const first = newDay || !same(before);
    const last = !same(after) || day(after.date) !== day(message.date);
    this.node.dataset.id = message.id;
    this.#when("look", [mine, first, last, isPicture(message), Boolean(message.text)], () => {
      const looks = { mine, first, last, pictured: isPicture(message), worded: Boolean(message.text) };
      for (const [look, on] of Object.entries(looks)) this.node.classList.toggle(look, on);
    });
    this.#when("label", [message.sender_name, message.date], () => {
      this.node.setAttribute("aria-label", `${message.sender_name}, ${clock(message.date)}`);
    });
    this.#when("day", newDay ? day(message.date) : "", (words) => {
      this.day.textContent = words;
      this.day.hidden = !words;
    });
    this.#when("who", [message.sender_name, message.from_bot, named, mine, first, last], () => {
      this.face.textContent = initials(message.sender_name);
      this.face.className = `face small ${message.from_bot ? "bot" : hue(message.sender_id)}`;
      this.face.hidden = !named || mine;
      this.name.textContent = message.sender_name;
      this.name.className = `name ${message.from_bot ? "bot" : hue(message.sender_id)}`;
      this.name.hidden = !named || mine || !first;
    });
    const service = Object.keys(message.service).length > 0;
    this.node.classList.toggle("service", service);
    this.#when("reply", message.reply_to && [message.reply_to, target && [target.sender_name, gist(target), target.file_id]],
      () => this.#drawReply(message, target));
    this.#when("media", [message.file_id, isPicture(message), gist(message)], () => this.#drawMedia(message));
    this.#when("text", [message.text, message.entities, service && gist(message)], () => {
      const words = service ? `${message.sender_name} ${gist(message)}` : styled(message.text, message.entities);
      this.text.replaceChildren(words);
      this.text.hidden = !message.text && !service;
    });
    this.#when("reactions", message.reactions, () => {
      this.reactions.replaceChildren(...message.reactions.map((emoji) => make("span", "reaction", emoji)));
      this.reactions.hidden = !message.reactions.length;
    });
    this.#when("meta", [message.date, message.edits > 0 && !message.from_bot], ([date, edited]) => {
      const time = make("time", "", clock(date));
      time.dateTime = date;
      this.meta.replaceChildren(edited ? "edited " : "", time);
      this.node.classList.toggle("edited", edited);
    });
    this.#when("keyboard", message.keyboard, () => this.#drawKeyboard(message));
  }

  #when(part, value, draw) {
    const now = JSON.stringify(value ?? null);
    if (this.#seen[part] === now) return;
    this.#seen[part] = now;
    draw(value);
  }

  #drawReply(message, target) {
    this.reply.replaceChildren();
    if (!message.reply_to) return;
    const quote = make("button", "reply");
    quote.type = "button";
    if (target && isPicture(target)) {
      const thumb = new Image();
      Object.assign(thumb, { src: fileOf(target), alt: "" });
      quote.append(thumb);
    }
    const who = make("b", "", target?.sender_name ?? "Deleted message");
    quote.append(make("span", "reply-words", who, make("span", "", target ? gist(target) : "")));
    quote.addEventListener("click", () => visit(message.reply_to));
    this.reply.append(quote);
  }

  #drawMedia(message) {
    if (isPicture(message)) {
      this.#drawPicture(message);
      return;
    }
    this.#image = null;
    this.media.replaceChildren(...(message.file_id ? [fileLink(message)] : []));
  }

  // The old picture stays until the new one can be seen, and fades into it.
  #drawPicture(message) {
    let frame = this.media.querySelector(".picture");
    if (!frame) {
      frame = make("button", "picture");
      frame.type = "button";
      frame.addEventListener("click", () => view(frame.querySelector("img:last-child")));
      this.media.replaceChildren(frame);
    }
    const [width, height] = message.size ?? [1, 1];
    this.node.style.setProperty("--width", width);
    this.node.style.setProperty("--height", height);
    frame.setAttribute("aria-label", `Enlarge: ${gist(message)}`);
    if (this.#image?.dataset.file === message.file_id) {
      this.#image.alt = gist(message);
      return;
    }
    const fresh = new Image();
    fresh.dataset.file = message.file_id;
    Object.assign(fresh, { src: fileOf(message), alt: gist(message) });
    this.#image = fresh;
    fresh.decode().catch(() => {}).then(() => {
      if (this.#image !== fresh) return; // a newer one came meanwhile
      const olds = [...frame.children];
      frame.append(fresh);
      setTimeout(() => olds.forEach((one) => one.remove()), 400);
    });
  }

  #drawKeyboard(message) {
    const focused = [...this.keyboard.querySelectorAll("button, a")].indexOf(document.activeElement);
    const rows = message.keyboard.map((row) => make("div", "keys", ...row.map((raw) => keyNode(message.id, raw))));
    this.keyboard.replaceChildren(...rows);
    this.keyboard.hidden = !rows.length;
    if (focused >= 0) this.keyboard.querySelectorAll("button, a")[focused]?.focus({ preventScroll: true });
  }
}

function fileLink(message) {
  const link = make("a", "file", make("span", "file-icon", "↓"), make("span", "", message.document_name ?? "File"));
  link.href = fileOf(message);
  link.download = message.document_name ?? "";
  return link;
}

function keyNode(messageId, raw) {
  const address = raw.url ?? raw.web_app?.url;
  const key = make(address ? "a" : "button", "key", raw.text);
  if (address) {
    Object.assign(key, { href: address, target: "_blank", rel: "noopener noreferrer" });
    return key;
  }
  key.type = "button";
  if (raw.callback_data !== undefined) key.addEventListener("click", () => press(key, messageId, raw.callback_data));
  else if (raw.copy_text) key.addEventListener("click", () => copy(raw.copy_text.text));
  else key.disabled = true;
  return key;
}

async function press(key, messageId, data) {
  if (key.getAttribute("aria-busy")) return;
  key.setAttribute("aria-busy", "true");
  try {
    const told = await ask(`chats/${open.id}/press`, { person: me(), message_id: messageId, data });
    if (told.answer?.text && told.answer.show_alert) alertOf(told.answer.text);
    else if (told.answer?.text) toast(told.answer.text);
  } catch (error) {
    complain(error);
  } finally {
    key.removeAttribute("aria-busy");
  }
}

// ------------------------------------------------------------------ the open chat

const bubbles = new Map();

function drawLog() {
  const messages = open.messages;
  const byId = new Map(messages.map((message) => [message.id, message]));
  for (const [id, bubble] of bubbles) {
    if (!byId.has(id)) {
      bubble.node.remove();
      bubbles.delete(id);
    }
  }
  const person = me();
  messages.forEach((message, index) => {
    const bubble = bubbles.get(message.id) ?? new Bubble();
    bubble.show(message, {
      before: messages[index - 1],
      after: messages[index + 1],
      target: byId.get(message.reply_to),
      mine: message.sender_id === person,
      named: open.kind !== "private",
    });
    if (!bubbles.has(message.id)) {
      bubbles.set(message.id, bubble);
      $("log").append(bubble.node);
    }
  });
  $("empty").hidden = messages.length > 0;
  if (pinned) toEnd();
  noteSeen();
}

function toEnd(smoothly = false) {
  $("scroll").scrollTo({ top: $("scroll").scrollHeight, behavior: smoothly ? "smooth" : "instant" });
}

function noteSeen() {
  if (pinned && !document.hidden && isChatShown()) open.seen = open.messages.at(-1)?.id ?? 0;
  const unseen = countUnseen(open);
  $("down").hidden = pinned;
  $("down").setAttribute("aria-label", unseen ? `To the end, ${unseen} new` : "To the end");
  $("down-count").textContent = unseen || "";
  drawChats();
}

const countUnseen = (chat) => chat.messages.filter((one) => one.id > chat.seen && one.from_bot).length;
const isChatShown = () => !NARROW.matches || document.body.classList.contains("in-chat");

function visit(messageId) {
  const node = bubbles.get(messageId)?.node;
  if (!node) return;
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  node.classList.remove("visited");
  void node.offsetWidth; // lets the animation begin anew
  node.classList.add("visited");
}

function view(image) {
  if (!image) return;
  Object.assign($("viewed"), { src: image.src, alt: image.alt });
  $("viewer").showModal();
}

function alertOf(words) {
  $("alert-words").textContent = words;
  $("alert").showModal();
}

// ------------------------------------------------------------------ the chats, and who one is

const you = () => [...world.people.keys()][0];
const nameOf = (chat) => (chat.kind === "private" ? world.bot.first_name : chat.title);

function me() {
  if (!open || open.kind === "private") return you();
  const chosen = Number(sessionStorage.getItem(`who ${open.id}`));
  return world.people.has(chosen) ? chosen : you();
}

function insiders(chat) {
  const inside = ([, status]) => ["creator", "administrator", "member"].includes(status);
  return Object.entries(chat.members).filter(inside).map(([id]) => Number(id));
}

function faceOf(chat) {
  const face = make("span", `face ${chat.kind === "private" ? "bot" : hue(chat.id)}`, initials(nameOf(chat)));
  face.setAttribute("aria-hidden", "true");
  return face;
}

function drawChats() {
  const rows = [...world.chats.values()].map((chat) => {
    const last = chat.messages.at(-1);
    const who = last && (last.sender_id === you() ? "You: " : chat.kind === "private" ? "" : `${last.sender_name}: `);
    const words = make("span", "chat-words", make("b", "", nameOf(chat)), make("span", "", last ? who + gist(last) : "Nothing yet"));
    const unseen = countUnseen(chat);
    const side = make("span", "chat-side", make("time", "", last ? clock(last.date) : ""));
    if (unseen) side.append(make("span", "count", String(unseen), make("span", "unseen-word", " new")));
    const link = make("a", "chat-row", faceOf(chat), words, side);
    link.href = `#${chat.id}`;
    if (chat === open) link.setAttribute("aria-current", "true");
    return make("li", "", link);
  });
  const focused = [...$("chats").querySelectorAll("a")].indexOf(document.activeElement);
  $("chats").replaceChildren(...rows);
  if (focused >= 0) $("chats").querySelectorAll("a")[focused]?.focus({ preventScroll: true });
}

function drawBar() {
  const face = faceOf(open);
  face.id = "face";
  $("face").replaceWith(face);
  $("title").textContent = nameOf(open);
  const doing = open.doing && Date.now() < open.doing.until ? open.doing.words : "";
  const names = insiders(open).map((id) => (id === world.bot.id ? world.bot.first_name : world.people.get(id)?.name));
  $("subtitle").textContent = doing || (open.kind === "private" ? "bot" : names.filter(Boolean).join(", "));
  $("subtitle").classList.toggle("doing", Boolean(doing));
  document.title = `${nameOf(open)} – imagine-bot sandbox`;
  drawWho();
}

function drawWho() {
  const people = insiders(open).filter((id) => world.people.has(id));
  $("who-label").hidden = open.kind === "private" || people.length < 2;
  const offered = [...$("who").options].map((option) => Number(option.value));
  if (String(offered) !== String(people)) {
    $("who").replaceChildren(...people.map((id) => new Option(world.people.get(id).name, id)));
  }
  $("who").value = me();
}

function enter(chat) {
  if (chat !== open) {
    if (open) open.draft = $("words").value;
    open = chat;
    $("words").value = chat.draft ?? "";
    bubbles.clear();
    $("log").replaceChildren();
    pinned = true;
    grow();
    hint();
  }
  drawBar();
  drawLog();
  if (!NARROW.matches) $("words").focus();
}

// The address tells which chat is open, so that a reload and the browser's own "back" do what one expects.
function follow() {
  const wanted = world.chats.get(Number(location.hash.slice(1)));
  document.body.classList.toggle("in-chat", Boolean(wanted));
  enter(wanted ?? open ?? [...world.chats.values()][0]);
}

// ------------------------------------------------------------------ writing

async function say(text) {
  const chat = open;
  pinned = true;
  try {
    await ask(`chats/${chat.id}/say`, { person: me(), text });
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

async function sendWords() {
  const text = $("words").value;
  if (!text.trim()) return;
  const chat = open;
  $("words").value = "";
  grow();
  hint();
  if (await say(text)) return;
  if (chat === open && !$("words").value) {
    $("words").value = text; // nothing that was written gets lost
    grow();
  }
}

function grow() {
  $("words").style.height = "auto";
  $("words").style.height = `${Math.min($("words").scrollHeight, 180)}px`;
}

function commands() {
  const kind = open.kind === "private" ? "all_private_chats" : "all_group_chats";
  const language = world.people.get(me())?.language ?? "";
  for (const scope of [kind, "default"]) {
    for (const spoken of [language, ""]) {
      const found = world.commands.find((one) => JSON.parse(one.scope).type === scope && one.language === spoken);
      if (found?.commands.length) return found.commands;
    }
  }
  return [];
}

let chosen = 0;
function hint() {
  const typed = /^\/(\w*)$/.exec($("words").value);
  const fitting = typed ? commands().filter((one) => one.command.startsWith(typed[1].toLowerCase())) : [];
  chosen = 0;
  $("hints").replaceChildren(...fitting.map((one, index) => {
    const row = make("li", "hint", make("b", "", `/${one.command}`), make("span", "", one.description));
    row.id = `hint-${index}`;
    row.dataset.command = one.command;
    row.setAttribute("role", "option");
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the words keep the focus
      take(row);
    });
    return row;
  }));
  choose(0);
}

function choose(index) {
  const rows = [...$("hints").children];
  $("hints").hidden = !rows.length;
  $("words").setAttribute("aria-expanded", String(rows.length > 0));
  chosen = rows.length ? (index + rows.length) % rows.length : 0;
  rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === chosen)));
  if (rows.length) $("words").setAttribute("aria-activedescendant", rows[chosen].id);
  else $("words").removeAttribute("aria-activedescendant");
}

function take(row) {
  $("words").value = `/${row.dataset.command} `;
  $("hints").replaceChildren();
  choose(0);
  $("words").focus();
}

function onKey(event) {
  const rows = [...$("hints").children];
  const exact = rows[chosen] && `/${rows[chosen].dataset.command}` === $("words").value;
  if (event.isComposing) return;
  if (rows.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if (rows.length && event.key === "Escape") {
    $("hints").replaceChildren();
    choose(0);
  } else if (rows.length && (event.key === "Tab" || (event.key === "Enter" && !exact)) && !event.shiftKey) {
    take(rows[chosen]);
  } else if (event.key === "Enter" && !event.shiftKey) {
    sendWords();
  } else {
    return;
  }
  event.preventDefault();
}

// ------------------------------------------------------------------ what happens there

async function loadMessages(chat) {
  chat.messages = (await ask(`chats/${chat.id}/messages`)).messages;
}

async function loadState() {
  const told = await ask("state");
  world.people = new Map(told.people.map((person) => [person.id, person]));
  world.bot = told.bot;
  world.commands = told.commands;
  const mine = told.chats.filter((chat) => chat.kind !== "private" || chat.id === you());
  const old = world.chats;
  world.chats = new Map(mine.map((chat) => [chat.id, Object.assign(old.get(chat.id) ?? { messages: [], seen: 0 }, chat)]));
  return told.last;
}

async function loadAll() {
  const last = await loadState();
  await Promise.all([...world.chats.values()].map(loadMessages));
  for (const chat of world.chats.values()) chat.seen = chat.messages.at(-1)?.id ?? 0;
  open = world.chats.get(open?.id) ?? null;
  follow();
  hint();
  return last;
}

const OF_MESSAGES = new Set(["message", "edited", "deleted", "reaction", "pinned"]);
const OF_STATE = new Set(["people", "chats", "commands"]);

async function takeIn(events) {
  if (events.some((event) => OF_STATE.has(event.kind))) {
    await loadState();
    hint();
  }
  const touched = new Set(events.filter((event) => OF_MESSAGES.has(event.kind)).map((event) => event.chat));
  for (const event of events) {
    const chat = world.chats.get(event.chat);
    if (chat && event.kind === "action") noteAction(chat, event.data.action);
    if (chat && event.kind === "message") chat.doing = null; // it is there now
  }
  await Promise.all([...world.chats.values()].filter((chat) => touched.has(chat.id)).map(loadMessages));
  drawBar();
  drawLog();
}

function noteAction(chat, action) {
  chat.doing = { words: ACTIONS[action] ?? "is busy…", until: Date.now() + 5000 }; // as long as Telegram shows it
  setTimeout(drawBar, 5050);
}

let leaving = false; // a reload breaks off what is being asked; that is no trouble

async function live() {
  let last = null;
  for (;;) {
    try {
      last ??= await loadAll();
      $("offline").hidden = true;
      const told = await ask(`events?after=${last}&wait=25`);
      const isAnother = told.last < last || told.first > last + 1; // a new start, or too long away
      if (!isAnother && told.events.length) await takeIn(told.events);
      last = isAnother ? null : told.events.at(-1)?.number ?? last;
    } catch (error) {
      if (!leaving) console.error(error);
      $("offline").hidden = leaving;
      last = null;
      await pause(1);
    }
  }
}

// ------------------------------------------------------------------ the page's own controls

$("examples").append(...EXAMPLES.map((example) => {
  const button = make("button", "example", example);
  button.type = "button";
  button.addEventListener("click", () => say(example));
  return make("li", "", button);
}));
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  sendWords();
});
$("words").addEventListener("keydown", onKey);
$("words").addEventListener("input", () => {
  grow();
  hint();
});
$("who").addEventListener("change", () => {
  sessionStorage.setItem(`who ${open.id}`, $("who").value);
  drawLog();
});
$("scroll").addEventListener("scroll", () => {
  const { scrollHeight, scrollTop, clientHeight } = $("scroll");
  const before = pinned;
  pinned = scrollHeight - scrollTop - clientHeight < 60;
  if (before !== pinned) noteSeen();
}, { passive: true });
new ResizeObserver(() => pinned && toEnd()).observe($("log")); // what grows later, and a keyboard that slides in
new ResizeObserver(() => pinned && toEnd()).observe($("scroll"));
$("down").addEventListener("click", () => toEnd(true));
$("viewer").addEventListener("click", () => $("viewer").close());
addEventListener("hashchange", follow);
addEventListener("pagehide", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));
document.addEventListener("visibilitychange", () => open && noteSeen());

live();

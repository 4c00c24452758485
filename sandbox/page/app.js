// The chat page: shows what `/_/` tells of this Telegram, and does there what a person does.

import { Bubble, itemsOf } from "./bubble.js";
import { drawBar, drawChats, drawTopics, drawWriters, tagOf } from "./chats.js";
import { drawComposer, noteForcedReply, hint, refreshWords, replyTo, wireComposer } from "./composer.js";
import { refreshDesk, wireDesk } from "./desk.js";
import { $, NARROW, button, make } from "./dom.js";
import { Log } from "./log.js";
import { complain } from "./wire.js";
import { gist, isService } from "./words.js";
import { countUnseen, inTopic, isInside, lastOf, live, say, world } from "./world.js";

const EXAMPLES = [
  "/imagine a lighthouse in a storm",
  "/imagine a fox in a snowy forest, soft morning light --ar 3:2",
  "/imagine a city at night in the rain, neon",
];
const LOOKS = { "": "As the system has it", light: "Light", dark: "Dark" };

// ------------------------------------------------------------------ the conversation

let items = [];

const log = new Log({
  create: () => new Bubble({ onReply: replyTo, onVisit: visit, onView: view }),
  fill(bubble, item, place) {
    const chat = world.open;
    const [message] = item.messages;
    const mine = message.sender_id === world.me && chat.kind !== "channel" && message.sender_chat === null;
    bubble.show(item, {
      before: items[place - 1]?.messages.at(-1),
      after: items[place + 1]?.messages[0],
      target: chat.messages.get(message.reply_to),
      mine,
      named: chat.kind !== "private",
      speaker: chat.kind === "channel" ? chat.title : message.sender_name,
      topic: tagOf(message),
      place,
      count: items.length,
      mayDelete: chat.kind === "private" || mine || ["creator", "administrator"].includes(chat.members[world.me]),
    });
  },
  onPinned: noteSeen,
});

function drawLog() {
  const messages = world.open.list.filter(inTopic);
  items = itemsOf(messages);
  $("empty").hidden = messages.some((one) => !isService(one));
  $("examples").hidden = world.open.kind === "channel";
  log.show(items);
  noteSeen();
}

function noteSeen() {
  const chat = world.open;
  const isThere = !NARROW.matches || document.body.classList.contains("in-chat");
  if (log.pinned && !document.hidden && isThere) chat.seen = lastOf(chat)?.id ?? 0;
  const unseen = countUnseen(chat);
  $("down").hidden = log.pinned;
  $("down").setAttribute("aria-label", unseen ? `To the end, ${unseen} new` : "To the end");
  $("down-count").textContent = unseen || "";
  drawChats();
}

function visit(messageId) {
  const message = world.open.messages.get(messageId);
  if (message && !inTopic(message)) chooseTopic(null);
  const node = log.visit(messageId);
  if (!node) return;
  node.classList.remove("visited");
  void node.offsetWidth; // lets the animation begin anew
  node.classList.add("visited");
  node.focus({ preventScroll: true });
}

function view(image) {
  if (!image) return;
  Object.assign($("viewed"), { src: image.src, alt: image.alt });
  $("viewer").showModal();
}

// Who can't see the page hears what comes, and only that: scrolling draws old messages anew.
function announce(events) {
  const came = events.filter((event) => event.kind === "message" && event.chat === world.open.id);
  const fresh = came.map((event) => world.open.messages.get(event.data.message_id)).filter((one) => one && one.sender_id !== world.me);
  if (fresh.length) $("heard").textContent = fresh.map((one) => `${one.sender_name}: ${gist(one)}`).join("\n");
}

// ------------------------------------------------------------------ where and who one is

function drawAll() {
  drawBar();
  drawTopics(chooseTopic);
  drawWriters();
  drawComposer();
  drawLog();
}

function chooseTopic(topic) {
  world.topic = topic;
  log.clear();
  drawAll();
}

function become(person) {
  world.me = person;
  sessionStorage.setItem("me", person);
}

function enter(chat) {
  if (chat.kind === "private") become(chat.id);
  if (chat !== world.open) {
    if (world.open) world.open.draft = $("words").value;
    world.open = chat;
    world.topic = null;
    $("words").value = chat.draft;
    log.clear();
    refreshWords();
  }
  drawAll();
  if (!NARROW.matches) $("words").focus({ preventScroll: true });
}

// The address tells which chat is open, so that a reload and the browser's own "back" do what one expects.
function follow() {
  const wanted = world.chats.get(Number(location.hash.slice(1)));
  document.body.classList.toggle("in-chat", Boolean(wanted));
  enter(wanted ?? world.open ?? world.chats.get(world.me));
}

function switchTo(person) {
  become(person);
  const isAtHome = world.open.kind === "private" || !isInside(world.open, person);
  if (isAtHome && document.body.classList.contains("in-chat")) location.hash = `#${person}`;
  else if (isAtHome) enter(world.chats.get(person));
  else {
    log.clear();
    drawAll();
  }
}

// ------------------------------------------------------------------ the page's own controls

function dress(look) {
  document.documentElement.dataset.look = look;
  localStorage.setItem("look", look);
  const words = LOOKS[look] ?? LOOKS[""];
  $("look").title = `Colours: ${words}`;
  $("look").setAttribute("aria-label", `Colours: ${words}`);
}

dress(localStorage.getItem("look") ?? "");
$("look").addEventListener("click", () => {
  const looks = Object.keys(LOOKS);
  dress(looks[(looks.indexOf(document.documentElement.dataset.look) + 1) % looks.length]);
});
$("examples").append(...EXAMPLES.map((example) => {
  const start = button("example", "", () => say(world.open, example).catch(complain), example);
  return make("li", "", start);
}));
wireComposer({ onSend: () => log.toEnd() });
for (const select of [$("who"), $("writer")]) select.addEventListener("change", () => switchTo(Number(select.value)));
$("down").addEventListener("click", () => log.toEnd(true));
$("viewer").addEventListener("click", () => $("viewer").close());
addEventListener("hashchange", follow);
document.addEventListener("visibilitychange", () => world.open && noteSeen());
wireDesk();

live({
  onAll() {
    follow();
    hint();
  },
  onEvents(events) {
    if (!world.chats.has(world.open.id)) world.open = world.chats.get(world.me);
    if (events.some((event) => event.kind === "commands")) hint();
    if (events.some((event) => event.kind === "desk")) refreshDesk();
    noteForcedReply();
    drawAll();
    announce(events);
  },
});

// What there is: people, chats, messages, kept as the sandbox tells of them; and who and where one is.

import { pause, $ } from "./dom.js";
import { ask } from "./wire.js";

export const world = {
  people: new Map(),
  chats: new Map(),
  bot: null,
  commands: [],
  me: 0, // whose hands and eyes one has
  open: null, // the chat that is looked at
  topic: null, // in a forum: null for all of it, "general", or a topic's id
};

const RULING = ["creator", "administrator"];
const INSIDE = [...RULING, "member"];

export const myself = () => world.people.get(world.me);
export const nameOf = (chat) => (chat.kind === "private" ? world.bot.first_name : chat.title);
export const isInside = (chat, person) => INSIDE.includes(chat.members[person]);
export const mayWrite = (chat, person) => (chat.kind === "channel" ? RULING : INSIDE).includes(chat.members[person]);
export const peopleIn = (chat) => [...world.people.values()].filter((person) => isInside(chat, person.id));
export const lastOf = (chat) => chat.list.at(-1);
export const countUnseen = (chat) => chat.list.filter((one) => one.id > chat.seen && one.from_bot).length;

export function inTopic(message) {
  if (!world.open.is_forum || world.topic === null) return true;
  return world.topic === "general" ? message.thread === null : message.thread === world.topic;
}

export function topicName(chat, thread) {
  return thread === null ? "General" : chat.topics.find((topic) => topic.id === thread)?.name ?? "A deleted topic";
}

// A chat of one's own comes first, then what one is in; other people's private chats are apart.
export function myChats() {
  const all = [...world.chats.values()];
  const mine = all.filter((chat) => (chat.kind === "private" ? chat.id === world.me : isInside(chat, world.me)));
  const others = all.filter((chat) => chat.kind === "private" && chat.id !== world.me);
  return { mine, others };
}

// ------------------------------------------------------------------ what one does

export async function say(chat, text, more = {}) {
  return ask(`chats/${chat.id}/say`, { person: world.me, text, ...whereIn(chat), ...more });
}

export function whereIn(chat) {
  const thread = chat === world.open && typeof world.topic === "number" ? { thread: world.topic } : {};
  const reply = chat.reply ? { reply_to: chat.reply } : {};
  return { ...thread, ...reply };
}

// ------------------------------------------------------------------ what the sandbox tells

function fresh(chat) {
  return Object.assign({ messages: new Map(), list: [], seen: 0, draft: "", reply: null, files: [] }, chat);
}

async function loadState() {
  const told = await ask("state");
  world.people = new Map(told.people.map((person) => [person.id, person]));
  world.bot = told.bot;
  world.commands = told.commands;
  const old = world.chats;
  world.chats = new Map(told.chats.map((chat) => {
    const known = old.get(chat.id);
    return [chat.id, known ? Object.assign(known, chat) : fresh(chat)];
  }));
  const isNew = (chat) => !old.has(chat.id);
  await Promise.all([...world.chats.values()].filter(isNew).map((chat) => loadMessages(chat)));
  if (!world.people.has(world.me)) {
    const kept = Number(sessionStorage.getItem("me"));
    world.me = world.people.has(kept) ? kept : [...world.people.keys()][0];
  }
  return told.last;
}

// All messages, or those that have changed: what is asked for and does not come was deleted.
async function loadMessages(chat, ids = null) {
  const told = await ask(`chats/${chat.id}/messages${ids ? `?ids=${[...ids].join(",")}` : ""}`);
  if (!ids) chat.messages.clear();
  for (const id of ids ?? []) chat.messages.delete(id);
  for (const message of told.messages) chat.messages.set(message.id, message);
  chat.list = [...chat.messages.values()].sort((one, other) => one.id - other.id);
}

async function loadAll() {
  const last = await loadState();
  await Promise.all([...world.chats.values()].map((chat) => loadMessages(chat)));
  for (const chat of world.chats.values()) chat.seen = lastOf(chat)?.id ?? 0;
  world.open = world.chats.get(world.open?.id) ?? null;
  return last;
}

const OF_STATE = new Set(["people", "chats", "commands"]);
const OF_MESSAGES = new Set(["message", "edited", "deleted", "reaction", "pinned"]);

async function takeIn(events) {
  if (events.some((event) => OF_STATE.has(event.kind))) await loadState();
  const touched = new Map();
  for (const event of events) {
    const chat = world.chats.get(event.chat);
    if (!chat) continue;
    if (event.kind === "action") chat.doing = { action: event.data.action, thread: event.data.message_thread_id ?? null, at: Date.now() };
    if (event.kind === "message") chat.doing = null; // it is there now
    if (!OF_MESSAGES.has(event.kind)) continue;
    touched.set(chat, (touched.get(chat) ?? new Set()).add(event.data.message_id));
  }
  await Promise.all([...touched].map(([chat, ids]) => loadMessages(chat, ids)));
}

let leaving = false; // a reload breaks off what is being asked; that is no trouble
addEventListener("pagehide", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

// For ever: `onAll` when everything was read anew, `onEvents` when something has changed.
export async function live({ onAll, onEvents }) {
  let last = null;
  for (;;) {
    try {
      if (last === null) {
        last = await loadAll();
        onAll();
      }
      $("offline").hidden = true;
      const told = await ask(`events?after=${last}&wait=25`);
      const isAnother = told.last < last || told.first > last + 1; // a new start, or too long away
      if (!isAnother && told.events.length) {
        await takeIn(told.events);
        onEvents(told.events);
      }
      last = isAnother ? null : told.events.at(-1)?.number ?? last;
    } catch (error) {
      if (!leaving) console.error(error);
      $("offline").hidden = leaving;
      last = null;
      await pause(1);
    }
  }
}

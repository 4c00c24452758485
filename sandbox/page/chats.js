// Beside and above the conversation: the chats, who one is, the open chat's name and its topics.

import { $, button, clock, face, hue, make, refill } from "./dom.js";
import { gist } from "./words.js";
import { countUnseen, isInside, lastOf, myChats, myself, nameOf, peopleIn, topicName, world } from "./world.js";

const ACTIONS = {
  typing: "is writing…",
  upload_photo: "is sending a picture…",
  upload_document: "is sending a file…",
  upload_video: "is sending a video…",
};
const SHOWN_FOR = 5000; // milliseconds, as long as Telegram shows what a bot is at

const faceOf = (chat) => face(chat.kind === "private" ? "bot" : hue(chat.id), nameOf(chat));
const ownerOf = (chat) => world.people.get(chat.id)?.name;

export function drawChats() {
  const { mine, others } = myChats();
  refill($("chats"), ...mine.map(rowOf));
  refill($("others"), ...others.map(rowOf));
  const options = [...world.people.values()].map((person) => [person.id, person.name]);
  offer($("who"), options, world.me);
}

function rowOf(chat) {
  const last = lastOf(chat);
  const who = last && (last.sender_id === world.me ? "You: " : chat.kind === "private" ? "" : `${last.sender_name}: `);
  const isOther = chat.kind === "private" && chat.id !== world.me;
  const name = make("b", "", isOther ? `${ownerOf(chat)} with ${nameOf(chat)}` : nameOf(chat));
  const words = make("span", "chat-words", name, make("span", "", last ? who + gist(last) : "Nothing yet"));
  const unseen = countUnseen(chat);
  const side = make("span", "chat-side", make("time", "", last ? clock(last.date) : ""));
  if (unseen) side.append(make("span", "count", String(unseen), make("span", "unseen-word", " new")));
  const link = make("a", "chat-row", isOther ? face(hue(chat.id), ownerOf(chat)) : faceOf(chat), words, side);
  link.href = `#${chat.id}`;
  if (chat === world.open) link.setAttribute("aria-current", "true");
  return make("li", "", link);
}

export function drawBar() {
  const chat = world.open;
  const shown = faceOf(chat);
  shown.id = "face";
  $("face").replaceWith(shown);
  $("title").textContent = nameOf(chat);
  const doing = doingOf(chat);
  $("subtitle").textContent = doing || subtitleOf(chat);
  $("subtitle").classList.toggle("doing", Boolean(doing));
  document.title = `${nameOf(chat)} – imagine-bot sandbox`;
}

function doingOf(chat) {
  const left = chat.doing ? chat.doing.at + SHOWN_FOR - Date.now() : 0;
  if (left <= 0) return "";
  setTimeout(drawBar, left + 50);
  const who = chat.kind === "private" ? "" : `${world.bot.first_name} `;
  return who + (ACTIONS[chat.doing.action] ?? "is busy…");
}

function subtitleOf(chat) {
  if (chat.kind === "private") return chat.id === world.me ? "bot" : `bot, as ${myself().name} sees it`;
  const people = peopleIn(chat).map((person) => person.name);
  if (chat.kind === "channel") return `channel, ${people.length} subscribers`;
  return [...people, ...(isInside(chat, world.bot.id) ? [world.bot.first_name] : [])].join(", ");
}

export function drawTopics(onChoose) {
  const chat = world.open;
  $("topics").hidden = !chat.is_forum;
  if (!chat.is_forum) return;
  const choices = [[null, "All"], ["general", "General"], ...chat.topics.map((topic) => [topic.id, topic.name, topic.closed])];
  refill($("topics"), ...choices.map(([id, name, closed]) => {
    const tab = button("topic", "", () => onChoose(id), closed ? `${name} 🔒` : name);
    tab.setAttribute("aria-pressed", String(world.topic === id));
    tab.dataset.topic = `${chat.id} ${id}`;
    return tab;
  }));
}

// What a message of a forum says of where it stands, where all topics are shown together.
export function tagOf(message) {
  return world.open.is_forum && world.topic === null ? topicName(world.open, message.thread) : "";
}

function offer(select, options, chosen) {
  const offered = [...select.options].map((option) => [Number(option.value), option.text]);
  if (JSON.stringify(offered) !== JSON.stringify(options)) {
    select.replaceChildren(...options.map(([id, name]) => new Option(name, id)));
  }
  select.value = chosen;
}

export function drawWriters() {
  const people = world.open.kind === "private" ? [] : peopleIn(world.open);
  $("writer-label").hidden = people.length < 2;
  offer($("writer"), people.map((person) => [person.id, person.name]), world.me);
}

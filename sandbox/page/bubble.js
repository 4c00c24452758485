// One message on the page, or one album. `show` touches only what has changed, so that nothing flickers and the focus
// stays.

import { alertOf, button, bytes, clock, copy, day, face, hue, icon, initials, make, refill, toast } from "./dom.js";
import { follow, goTo } from "./links.js";
import { openMiniApp } from "./miniapp.js";
import { ask, complain, fileOf } from "./wire.js";
import { gist, isFilm, isPicture, isService, styled } from "./words.js";
import { world } from "./world.js";

const REPLY = "M10 8L4 13l6 5M4 13h9c4 0 6 2 7 5";
const DUSTBIN = "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13";
const FADE = 400; // milliseconds, as the style sheet has it

// What is drawn as one: the parts of an album stand together.
export function itemsOf(messages) {
  const items = [];
  for (const message of messages) {
    const before = items.at(-1);
    if (message.album && before?.album === message.album) before.messages.push(message);
    else items.push({ key: message.id, album: message.album, messages: [message] });
  }
  return items;
}

export class Bubble {
  #seen = {};
  #image = null; // the newest picture, seen or still on its way

  constructor({ onReply, onVisit, onView }) {
    this.onReply = onReply;
    this.onVisit = onVisit;
    this.onView = onView;
    this.node = make("article", "item");
    this.node.tabIndex = -1;
    this.day = make("p", "day");
    this.row = make("div", "row");
    this.face = face("small", "");
    this.body = make("div", "body");
    this.bubble = make("div", "bubble");
    this.name = make("p", "name");
    this.reply = make("div");
    this.media = make("div", "media");
    this.text = make("div", "text");
    this.reactions = make("p", "reactions");
    this.meta = make("span", "meta");
    this.acts = make("div", "acts");
    this.keyboard = make("div", "keyboard");
    this.bubble.append(this.name, this.reply, this.media, this.text, this.reactions, this.meta, this.acts);
    this.body.append(this.bubble, this.keyboard);
    this.row.append(this.face, this.body);
    this.node.append(this.day, this.row);
    this.node.addEventListener("dblclick", (event) => {
      if (!event.target.closest("button, a, video, .text")) this.onReply(this.first);
    });
  }

  show(item, { before, after, target, mine, named, speaker, topic, place, count, mayDelete }) {
    const { messages } = item;
    const message = (this.first = messages[0]);
    const words = messages.find((one) => one.text) ?? message;
    const service = isService(message);
    const same = (other) => other && other.sender_id === message.sender_id && other.thread === message.thread && !isService(other);
    const newDay = !before || day(before.date) !== day(message.date);
    const first = newDay || !same(before);
    const last = !same(after) || day(after.date) !== day(message.date);
    const pictured = isPicture(message) || isFilm(message);
    Object.assign(this.node.dataset, { id: message.id });
    this.node.setAttribute("aria-posinset", place + 1);
    this.node.setAttribute("aria-setsize", count);
    this.#when("look", [mine, first, last, pictured, Boolean(words.text), service, messages.length > 1], () => {
      const looks = { mine, first, last, pictured, worded: Boolean(words.text), service, album: messages.length > 1 };
      for (const [look, on] of Object.entries(looks)) this.node.classList.toggle(look, on);
    });
    this.#when("label", [speaker, message.date], () => this.node.setAttribute("aria-label", `${speaker}, ${clock(message.date)}`));
    this.#when("day", newDay ? day(message.date) : "", (told) => {
      this.day.textContent = told;
      this.day.hidden = !told;
    });
    this.#when("who", [speaker, message.from_bot, named, mine, first, last, topic], () => {
      const look = message.from_bot ? "bot" : hue(message.sender_id);
      this.face.textContent = initials(speaker);
      this.face.className = `face small ${look}`;
      this.face.hidden = !named || mine;
      this.name.replaceChildren(named && !mine ? speaker : "", ...(topic ? [make("span", "topic-tag", topic)] : []));
      this.name.className = `name ${look}`;
      this.name.hidden = !first || !this.name.textContent;
    });
    const quoted = target && [target.sender_name, gist(target), target.file_id];
    this.#when("reply", message.reply_to && [message.reply_to, quoted], () => this.#drawReply(message, target));
    this.#when("media", messages.map((one) => [one.file_id, isPicture(one), gist(one)]), () => this.#drawMedia(messages));
    this.#when("text", [words.text, words.entities, service && gist(message)], () => {
      this.text.replaceChildren(service ? `${speaker} ${gist(message)}` : styled(words.text, words.entities));
      this.text.hidden = !words.text && !service;
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
    this.#when("acts", [service, mayDelete], () => this.#drawActs(service, mayDelete));
    this.#when("keyboard", message.keyboard, () => {
      const keys = (row) => make("div", "keys", ...row.map((raw) => keyNode(this, raw)));
      refill(this.keyboard, ...message.keyboard.map(keys));
      this.keyboard.hidden = !message.keyboard.length;
    });
  }

  #when(part, value, draw) {
    const now = JSON.stringify(value ?? null);
    if (this.#seen[part] === now) return;
    this.#seen[part] = now;
    draw(value);
  }

  #drawActs(service, mayDelete) {
    const acts = [];
    if (!service) acts.push(button("act", "Reply", () => this.onReply(this.first), icon(REPLY)));
    if (mayDelete) acts.push(button("act", "Delete", () => remove(this.first), icon(DUSTBIN)));
    this.acts.replaceChildren(...acts);
  }

  #drawReply(message, target) {
    this.reply.replaceChildren();
    if (!message.reply_to) return;
    const quote = button("reply", "", () => this.onVisit(message.reply_to));
    if (target && isPicture(target)) {
      const thumb = new Image();
      Object.assign(thumb, { src: fileOf(target.file_id), alt: "" });
      quote.append(thumb);
    }
    const who = make("b", "", target?.sender_name ?? "Deleted message");
    quote.append(make("span", "reply-words", who, make("span", "", target ? gist(target) : "")));
    this.reply.append(quote);
  }

  #drawMedia(messages) {
    const [message] = messages;
    if (messages.length > 1 && messages.every((one) => isPicture(one) || isFilm(one))) {
      this.#image = null;
      const parts = messages.map((one) => (isPicture(one) ? this.#pictureOf(one) : filmOf(one)));
      const mosaic = make("div", "mosaic", ...parts);
      mosaic.dataset.count = parts.length;
      this.#shape(message);
      this.media.replaceChildren(mosaic);
    } else if (isPicture(message)) {
      this.#drawPicture(message);
    } else {
      this.#image = null;
      if (isFilm(message)) this.#shape(message);
      this.media.replaceChildren(...messages.filter((one) => one.file_id).map((one) => (isFilm(one) ? filmOf(one) : fileLink(one))));
    }
  }

  #shape(message) {
    const [width, height] = message.size ?? [1, 1];
    this.node.style.setProperty("--width", width || 1);
    this.node.style.setProperty("--height", height || 1);
  }

  #pictureOf(message) {
    const fresh = new Image();
    fresh.dataset.file = message.file_id;
    Object.assign(fresh, { src: fileOf(message.file_id), alt: gist(message) });
    const frame = button("picture", `Enlarge: ${gist(message)}`, () => this.onView(frame.querySelector("img:last-child")), fresh);
    frame.removeAttribute("title");
    return frame;
  }

  // The old picture stays until the new one can be seen, and fades into it.
  #drawPicture(message) {
    this.#shape(message);
    const frame = this.#image && this.media.querySelector(".picture");
    if (!frame) {
      this.media.replaceChildren(this.#pictureOf(message));
      this.#image = this.media.querySelector("img");
      return;
    }
    frame.setAttribute("aria-label", `Enlarge: ${gist(message)}`);
    if (this.#image.dataset.file === message.file_id) {
      this.#image.alt = gist(message);
      return;
    }
    const fresh = new Image();
    fresh.dataset.file = message.file_id;
    fresh.className = "fresh";
    Object.assign(fresh, { src: fileOf(message.file_id), alt: gist(message) });
    this.#image = fresh;
    fresh.decode().catch(() => {}).then(() => {
      if (this.#image !== fresh) return; // a newer one came meanwhile
      const olds = [...frame.children];
      frame.append(fresh);
      setTimeout(() => olds.forEach((one) => one.remove()), FADE);
    });
  }
}

function filmOf(message) {
  const film = make("video", "film");
  const isLoop = message.media_kind === "animation";
  Object.assign(film, { src: fileOf(message.file_id), controls: !isLoop, loop: true, muted: true, playsInline: true, preload: "metadata" });
  film.autoplay = isLoop;
  film.setAttribute("aria-label", gist(message));
  return film;
}

function fileLink(message) {
  const name = message.document_name ?? "File";
  const words = make("span", "file-words", make("span", "", name), make("small", "", bytes(message.document_size)));
  const link = make("a", "file", make("span", "file-icon", "↓"), words);
  link.href = fileOf(message.file_id);
  link.download = name;
  return link;
}

async function remove(message) {
  try {
    await ask(`chats/${world.open.id}/delete`, { person: world.me, message_id: message.id });
  } catch (error) {
    complain(error);
  }
}

// ------------------------------------------------------------------ the buttons under it

function keyNode(bubble, raw) {
  const used = raw.text.startsWith("✓") ? " used" : "";
  if (raw.url) return goTo(make("a", "key outward", raw.text), raw.url, bubble.first.id);
  const key = button(`key${used}`, "", () => {}, raw.text);
  key.dataset.does = JSON.stringify([raw.callback_data, raw.copy_text, raw.web_app]);
  if (raw.callback_data !== undefined) key.addEventListener("click", () => press(key, bubble.first.id, raw.callback_data));
  else if (raw.copy_text) key.addEventListener("click", () => copy(raw.copy_text.text));
  else if (raw.web_app) key.addEventListener("click", () => openMiniApp(bubble.first.id, raw.web_app.url).catch(complain));
  else key.disabled = true;
  return key;
}

async function press(key, messageId, data) {
  if (key.getAttribute("aria-busy")) return;
  key.setAttribute("aria-busy", "true");
  try {
    const { answer } = await ask(`chats/${world.open.id}/press`, { person: world.me, message_id: messageId, data });
    if (answer?.url) await follow(answer.url);
    else if (answer?.text && answer.show_alert) alertOf(answer.text);
    else if (answer?.text) toast(answer.text);
  } catch (error) {
    complain(error);
  } finally {
    key.removeAttribute("aria-busy");
  }
}

// Writing: words with the bot's commands at hand, photos that are dropped, pasted or chosen, and what they answer.

import { $, button, bytes, icon, make, toast } from "./dom.js";
import { ask, complain, fileOf } from "./wire.js";
import { gist, isPicture } from "./words.js";
import { lastOf, mayWrite, myself, say, topicName, whereIn, world } from "./world.js";

const MOST = 10; // pictures in an album
const TALLEST = 180; // pixels
const CROSS = "M6 6l12 12M18 6L6 18";

let chosen = 0; // the command that Tab takes
let sent = () => {}; // what is to be done when something goes out

// ------------------------------------------------------------------ what is there to be sent

export function drawComposer() {
  const chat = world.open;
  const may = mayWrite(chat, world.me);
  $("composer").hidden = !may;
  $("reader").hidden = may;
  $("reader").textContent = chat.kind === "channel" ? `${myself().name} reads here; the owner writes.` : `${myself().name} is not in this chat.`;
  drawReply();
  drawFiles();
  const topic = chat.is_forum && typeof world.topic === "number" ? ` in ${topicName(chat, world.topic)}` : "";
  const forced = chat.reply === null ? null : chat.messages.get(chat.reply)?.markup;
  $("words").placeholder = forced?.input_field_placeholder || (chat.files.length ? "Add a caption" : `Message${topic}`);
}

function drawReply() {
  const target = world.open.messages.get(world.open.reply);
  $("reply").hidden = !target;
  if (!target) return;
  $("reply-name").textContent = `Reply to ${target.sender_name}`;
  $("reply-words").textContent = gist(target);
  $("reply-picture").hidden = !isPicture(target);
  if (isPicture(target)) $("reply-picture").src = fileOf(target.file_id);
}

export function replyTo(message) {
  world.open.reply = message?.id ?? null;
  drawComposer();
  if (message) $("words").focus();
}

// A bot can ask for an answer: then the reply is at hand already. A selective one means only whom it names or answers.
export function noteForcedReply() {
  const chat = world.open;
  const last = lastOf(chat);
  if (!last?.from_bot || !last.markup?.force_reply || last.id <= (chat.forced ?? 0)) return;
  chat.forced = last.id;
  const asked = chat.messages.get(last.reply_to);
  const named = last.entities.some((entity) => entity.user?.id === world.me);
  if (!last.markup.selective || chat.kind === "private" || named || asked?.sender_id === world.me) replyTo(last);
}

// ------------------------------------------------------------------ pictures

export function attach(files) {
  const chat = world.open;
  if (!chat || !mayWrite(chat, world.me)) return;
  const pictures = [...files].filter((file) => file.type.startsWith("image/"));
  if (pictures.length < files.length) toast("Only pictures can be sent here.");
  const fitting = pictures.slice(0, MOST - chat.files.length);
  if (fitting.length < pictures.length) toast(`At most ${MOST} pictures go together.`);
  chat.files.push(...fitting.map((file) => ({ file, url: URL.createObjectURL(file) })));
  drawComposer();
  $("words").focus();
}

function drawFiles() {
  const { files } = world.open;
  $("tray").hidden = !files.length;
  $("thumbs").replaceChildren(...files.map((one) => {
    const image = new Image();
    Object.assign(image, { src: one.url, alt: one.file.name, title: `${one.file.name}, ${bytes(one.file.size)}` });
    return make("li", "thumb", image, button("unpick", `Leave out ${one.file.name}`, () => leaveOut([one]), icon(CROSS)));
  }));
}

function leaveOut(some, chat = world.open) {
  for (const one of some) URL.revokeObjectURL(one.url);
  chat.files = chat.files.filter((one) => !some.includes(one));
  if (chat === world.open) drawComposer();
}

function sendFiles(chat, caption) {
  const form = new FormData();
  const asFile = $("as-file").checked;
  for (const { file } of chat.files) form.append("photo", file, file.name);
  const more = { person: world.me, caption, ...whereIn(chat), ...(asFile ? { as_file: 1, as_files: 1 } : {}) };
  for (const [name, value] of Object.entries(more)) form.append(name, value);
  return ask(`chats/${chat.id}/${chat.files.length > 1 ? "album" : "photo"}`, form);
}

// ------------------------------------------------------------------ sending

export async function send() {
  const chat = world.open;
  const text = $("words").value;
  const files = [...chat.files];
  if (!text.trim() && !files.length) return;
  $("words").value = "";
  refreshWords();
  sent();
  try {
    await (files.length ? sendFiles(chat, text) : say(chat, text));
    chat.reply = null;
    leaveOut(files, chat);
    $("as-file").checked = false;
  } catch (error) {
    complain(error);
    if (chat === world.open && !$("words").value) $("words").value = text; // nothing that was written gets lost
  }
  refreshWords();
  if (chat === world.open) drawComposer();
}

export function refreshWords() {
  grow();
  hint();
}

function grow() {
  $("words").style.height = "auto";
  const wanted = $("words").scrollHeight; // 0 while it can't be seen
  if (wanted) $("words").style.height = `${Math.min(wanted, TALLEST)}px`;
}

// ------------------------------------------------------------------ the bot's commands

function commands() {
  const kind = world.open.kind === "private" ? "all_private_chats" : "all_group_chats";
  const language = myself()?.language ?? "";
  const reaches = (one, type) => {
    const scope = JSON.parse(one.scope);
    return scope.type === type && (type !== "chat" || Number(scope.chat_id) === world.open.id);
  };
  for (const scope of ["chat", kind, "default"]) {
    for (const spoken of [language, ""]) {
      const found = world.commands.find((one) => reaches(one, scope) && one.language === spoken);
      if (found?.commands.length) return found.commands;
    }
  }
  return [];
}

export function hint() {
  const typed = /^\/(\w*)$/.exec($("words").value);
  const fitting = typed ? commands().filter((one) => one.command.startsWith(typed[1].toLowerCase())) : [];
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
  rows[chosen]?.scrollIntoView({ block: "nearest" });
  if (rows.length) $("words").setAttribute("aria-activedescendant", rows[chosen].id);
  else $("words").removeAttribute("aria-activedescendant");
}

function closeHints() {
  $("hints").replaceChildren();
  choose(0);
}

function take(row) {
  $("words").value = `/${row.dataset.command} `;
  closeHints();
  $("words").focus();
}

function onKey(event) {
  const rows = [...$("hints").children];
  const exact = rows[chosen] && `/${rows[chosen].dataset.command}` === $("words").value;
  if (event.isComposing) return;
  if (rows.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if (rows.length && event.key === "Escape") {
    closeHints();
  } else if (rows.length && (event.key === "Tab" || (event.key === "Enter" && !exact)) && !event.shiftKey) {
    take(rows[chosen]);
  } else if (event.key === "Enter" && !event.shiftKey) {
    send();
  } else if (event.key === "Escape" && world.open.reply !== null) {
    replyTo(null);
  } else if (event.key === "ArrowUp" && event.ctrlKey) {
    replyTo(before(world.open.reply));
  } else {
    return;
  }
  event.preventDefault();
}

// Ctrl and ↑ goes up through the messages that one could answer, as in Telegram's own programs.
function before(id) {
  const able = world.open.list.filter((one) => !Object.keys(one.service).length && (id === null || one.id < id));
  return able.at(-1) ?? null;
}

// ------------------------------------------------------------------ the controls

const carriesFiles = (data) => [...(data?.types ?? [])].includes("Files");

export function wireComposer({ onSend }) {
  sent = onSend;
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  $("words").addEventListener("keydown", onKey);
  $("words").addEventListener("input", refreshWords);
  $("reply-not").addEventListener("click", () => replyTo(null));
  $("pick").addEventListener("click", () => $("files").click());
  $("files").addEventListener("change", () => {
    attach($("files").files);
    $("files").value = "";
  });
  $("words").addEventListener("paste", (event) => {
    if (!carriesFiles(event.clipboardData) || !event.clipboardData.files.length) return;
    event.preventDefault();
    attach(event.clipboardData.files);
  });
  let depth = 0; // how many nodes the drag is in
  const mark = (by) => document.body.classList.toggle("dropping", (depth = Math.max(0, depth + by)) > 0);
  addEventListener("dragenter", (event) => carriesFiles(event.dataTransfer) && mark(1));
  addEventListener("dragleave", (event) => carriesFiles(event.dataTransfer) && mark(-1));
  addEventListener("dragover", (event) => carriesFiles(event.dataTransfer) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    mark(-depth);
    attach(event.dataTransfer.files);
  });
}

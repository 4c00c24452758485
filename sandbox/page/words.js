// What a message says, with its styles.

import { copy, make, pressable } from "./dom.js";
import { goTo } from "./links.js";

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
export function styled(text, entities, from = 0, to = text.length) {
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
  return /^https?:/i.test(address) ? goTo(make("a"), address) : make("span");
}

// ------------------------------------------------------------------ a message in one line

export const isPicture = (message) => Boolean(message.file_id) && (message.media_kind === "photo" || isImage(message));
export const isFilm = (message) => Boolean(message.file_id) && ["video", "animation"].includes(message.media_kind) && !isImage(message);
const isImage = (message) => message.media_kind === "animation" && message.mime?.startsWith("image/");

export function isService(message) {
  return Object.keys(message.service).length > 0;
}

export function gist(message) {
  const { service } = message;
  if (service.pinned_message) return "pinned a message";
  if (service.forum_topic_created) return `opened the topic “${service.forum_topic_created.name}”`;
  if (service.forum_topic_closed) return "closed the topic";
  if (service.forum_topic_reopened) return "opened the topic again";
  if (service.new_chat_members) return `brought in ${service.new_chat_members.map((one) => one.first_name).join(", ")}`;
  if (service.left_chat_member) return `took out ${service.left_chat_member.first_name}`;
  if (service.migrate_to_chat_id) return "made this a supergroup";
  if (service.migrate_from_chat_id) return "made this a supergroup";
  const text = message.text.replace(/\s+/g, " ").slice(0, 140);
  if (text) return text;
  if (isPicture(message)) return "Picture";
  return isFilm(message) ? "Video" : message.document_name ?? "";
}

// Where an address leads: Telegram's own lead to a chat or a Mini App, all others out.

import { toast } from "./dom.js";
import { openMiniApp } from "./miniapp.js";
import { complain } from "./wire.js";
import { say, world } from "./world.js";

// `messageId`: under which message the address stands as a button, if it does.
export function goTo(node, address, messageId = null) {
  node.href = address;
  const inside = /^https?:\/\/t\.me\//i.test(address);
  if (inside) {
    node.addEventListener("click", (event) => {
      event.preventDefault();
      follow(address, messageId);
    });
  } else {
    Object.assign(node, { target: "_blank", rel: "noopener noreferrer" });
  }
  return node;
}

// `https://t.me/some_bot?start=word` is the private chat and a press on Start, `?startapp=word` its Mini App.
export async function follow(address, messageId = null) {
  const url = new URL(address);
  const isOurs = url.pathname.slice(1).toLowerCase() === world.bot.username?.toLowerCase();
  try {
    if (!isOurs) toast("In Telegram this would open another chat.");
    else if (url.searchParams.has("startapp")) await openMiniApp(messageId, address);
    else {
      const chat = world.chats.get(world.me);
      location.hash = `#${chat.id}`;
      const word = url.searchParams.get("start");
      if (word !== null) await say({ ...chat, reply: null }, `/start ${word}`.trim());
    }
  } catch (error) {
    complain(error);
  }
}

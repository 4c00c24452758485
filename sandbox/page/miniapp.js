// A Mini App in its panel: what the page inside asks for, as Telegram documents it (core.telegram.org/api/web-events).

import { $ } from "./dom.js";
import { follow } from "./links.js";
import { ask, complain } from "./wire.js";
import { world } from "./world.js";

let asksBeforeClosing = false;
let back = null; // what had the focus before

const frame = () => $("miniapp-frame");

// By a button under a message: its own address, or a link to the bot's app.
export async function openMiniApp(messageId, url) {
  const told = await ask(`chats/${world.open.id}/open`, { person: world.me, message_id: messageId, url, theme: theme() });
  back = document.activeElement;
  asksBeforeClosing = false;
  $("miniapp-name").textContent = world.bot.first_name;
  // A frame of its own each time: one that gets another address would put it into the browser's history.
  const fresh = document.createElement("iframe");
  Object.assign(fresh, { id: "miniapp-frame", title: `${world.bot.first_name}'s Mini App`, src: told.url });
  fresh.setAttribute("allow", "clipboard-write; fullscreen");
  frame().replaceWith(fresh);
  if (!$("miniapp").open) $("miniapp").showModal();
}

function close() {
  $("miniapp").close();
}

function mayClose() {
  return !asksBeforeClosing || confirm("What you did there may not be saved. Close it anyway?");
}

const NAMES = {
  bg_color: "--ground",
  secondary_bg_color: "--hover",
  text_color: "--ink",
  hint_color: "--faint",
  link_color: "--accent",
  button_color: "--accent",
  button_text_color: "--accent-ink",
};

function theme() {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const probe = document.body.appendChild(document.createElement("i"));
  const colour = (name) => {
    probe.style.color = `var(${name})`;
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };
  const told = Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, colour(name)]));
  probe.remove();
  return told;
}

const EVENTS = {
  web_app_close: close,
  web_app_setup_closing_behavior: (data) => (asksBeforeClosing = Boolean(data.need_confirmation)),
  web_app_request_theme: () => tell("theme_changed", { theme_params: theme() }),
  web_app_request_viewport: () => {
    const { clientWidth: width, clientHeight: height } = frame();
    tell("viewport_changed", { width, height, is_state_stable: true, is_expanded: true });
  },
  web_app_open_link: (data) => /^https?:/i.test(data.url) && window.open(data.url, "_blank", "noopener"),
  web_app_open_tg_link: (data) => follow(new URL(data.path_full, "https://t.me").href).then(close),
};

function tell(eventType, eventData) {
  frame().contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), "*");
}

addEventListener("message", (event) => {
  if (event.source !== frame().contentWindow || typeof event.data !== "string") return;
  try {
    const { eventType, eventData } = JSON.parse(event.data);
    if (Object.hasOwn(EVENTS, eventType)) EVENTS[eventType](eventData ?? {});
  } catch (error) {
    complain(error);
  }
});
$("miniapp-close").addEventListener("click", () => mayClose() && close());
$("miniapp").addEventListener("cancel", (event) => mayClose() || event.preventDefault());
$("miniapp").addEventListener("close", () => {
  frame().removeAttribute("src");
  back?.focus?.({ preventScroll: true });
});

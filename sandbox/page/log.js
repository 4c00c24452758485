// The conversation: of however many messages only those in sight, and two screens more to either side, are drawn.

import { $, make } from "./dom.js";
import { isPicture, isFilm } from "./words.js";

const NEAR = 60; // pixels from the end that still count as the end
const MARGIN = 2; // screens to either side of what is in sight

export class Log {
  #items = [];
  #heights = new Map(); // by key, as they were measured
  #drawn = new Map(); // by key: the bubbles that stand on the page
  #above = make("div", "unseen");
  #below = make("div", "unseen");
  #waits = false;

  // `create` makes a bubble; `fill(bubble, item, place)` shows an item in it; `onPinned` hears when the end comes into
  // sight or leaves it.
  constructor({ create, fill, onPinned }) {
    Object.assign(this, { create, fill, onPinned, pinned: true });
    this.scroll = $("scroll");
    this.log = $("log");
    this.log.append(this.#above, this.#below);
    for (const spacer of [this.#above, this.#below]) spacer.setAttribute("aria-hidden", "true");
    this.scroll.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const resized = new ResizeObserver(() => (this.pinned ? this.toEnd() : this.#soon()));
    resized.observe(this.log); // what grows later, and a keyboard that slides in
    resized.observe(this.scroll);
  }

  clear() {
    for (const bubble of this.#drawn.values()) bubble.node.remove();
    this.#drawn.clear();
    this.#heights.clear();
    this.#items = [];
    this.pinned = true;
  }

  show(items) {
    this.#items = items;
    this.#draw();
    if (this.pinned) this.#jump(this.scroll.scrollHeight);
  }

  toEnd(smoothly = false) {
    const far = this.scroll.scrollHeight - this.scroll.scrollTop > 3 * this.scroll.clientHeight;
    this.pinned = true;
    this.#draw();
    if (smoothly && !far) this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior: "smooth" });
    else this.#jump(this.scroll.scrollHeight);
  }

  // The message comes into sight; its node, or null if there is none.
  visit(messageId) {
    const place = this.#items.findIndex((item) => item.messages.some((one) => one.id === messageId));
    if (place < 0) return null;
    const { key } = this.#items[place];
    if (!this.#drawn.has(key)) {
      this.pinned = false;
      this.#jump(this.log.offsetTop + this.#tops()[place] - this.scroll.clientHeight / 2);
      this.#draw();
    }
    const { node } = this.#drawn.get(key) ?? {};
    node?.scrollIntoView({ block: "center" });
    return node ?? null;
  }

  #jump(top) {
    this.scroll.scrollTo({ top, behavior: "instant" });
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    const before = this.pinned;
    this.pinned = scrollHeight - scrollTop - clientHeight < NEAR;
    this.#soon();
    if (before !== this.pinned) this.onPinned();
  }

  #soon() {
    if (this.#waits) return;
    this.#waits = true;
    requestAnimationFrame(() => {
      this.#waits = false;
      this.#draw();
    });
  }

  // Where each item begins, from the first one's top; one number more than items: the end.
  #tops() {
    const tops = [0];
    for (const item of this.#items) tops.push(tops.at(-1) + (this.#heights.get(item.key) ?? guess(item)));
    return tops;
  }

  #range(tops) {
    const height = this.scroll.clientHeight || 800;
    const end = tops.at(-1);
    const top = this.pinned ? end - height : this.scroll.scrollTop - this.log.offsetTop;
    const [from, to] = [top - MARGIN * height, top + (1 + MARGIN) * height];
    let first = tops.findIndex((_one, place) => tops[place + 1] > from);
    if (first < 0) first = this.#items.length;
    let last = first;
    while (last < this.#items.length && tops[last] < to) last++;
    return [first, last];
  }

  #draw() {
    const anchor = this.pinned ? null : this.#anchor();
    const tops = this.#tops();
    const [first, last] = this.#range(tops);
    const wanted = new Set(this.#items.slice(first, last).map((item) => item.key));
    for (const [key, bubble] of this.#drawn) {
      if (wanted.has(key)) continue;
      bubble.node.remove();
      this.#drawn.delete(key);
    }
    let next = this.#above.nextSibling;
    for (let place = first; place < last; place++) {
      const item = this.#items[place];
      const bubble = this.#drawn.get(item.key) ?? this.create();
      this.fill(bubble, item, place);
      this.#drawn.set(item.key, bubble);
      if (bubble.node === next) next = next.nextSibling;
      else this.log.insertBefore(bubble.node, next);
    }
    for (const [key, bubble] of this.#drawn) this.#heights.set(key, bubble.node.getBoundingClientRect().height);
    const measured = this.#tops();
    this.#above.style.height = `${measured[first]}px`;
    this.#below.style.height = `${measured.at(-1) - measured[last]}px`;
    this.#hold(anchor);
  }

  // The first bubble in sight stays where it is, whatever is drawn above it.
  #anchor() {
    const top = this.scroll.getBoundingClientRect().top;
    for (const item of this.#items) {
      const node = this.#drawn.get(item.key)?.node;
      const rect = node?.getBoundingClientRect();
      if (rect && rect.bottom > top) return { node, at: rect.top };
    }
    return null;
  }

  #hold(anchor) {
    if (!anchor?.node.isConnected) return;
    const moved = anchor.node.getBoundingClientRect().top - anchor.at;
    if (Math.abs(moved) > 0.5) this.scroll.scrollTop += moved;
  }
}

function guess({ messages }) {
  const [message] = messages;
  const media = isPicture(message) || isFilm(message) ? 400 : 0;
  const lines = 1 + message.text.length / 60 + (message.text.match(/\n/g)?.length ?? 0);
  return media + 20 + 22 * lines + 42 * message.keyboard.length;
}

// Small tools for what stands on the page. Words of messages only ever become text nodes.

export const NARROW = matchMedia("(max-width: 720px)");

export const $ = (id) => document.getElementById(id);

export function make(tag, className = "", ...inside) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...inside);
  return node;
}

export function button(className, label, act, ...inside) {
  const node = make("button", className, ...inside);
  node.type = "button";
  if (label) {
    node.setAttribute("aria-label", label);
    node.title = label;
  }
  node.addEventListener("click", act);
  return node;
}

// Inline words can't be a <button>, which would not break over lines.
export function pressable(node, title, act) {
  Object.assign(node, { role: "button", tabIndex: 0, title });
  node.addEventListener("click", act);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      act();
    }
  });
}

const SVG = "http://www.w3.org/2000/svg";
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const pause = (seconds) => new Promise((resume) => setTimeout(resume, seconds * 1000));
export const initials = (name) => name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
export const hue = (id) => `hue-${Math.abs(id) % 6}`;
export const clock = (date) => new Date(date).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function day(date) {
  const that = new Date(date);
  const today = that.toDateString() === new Date().toDateString();
  return today ? "Today" : that.toLocaleDateString([], { day: "numeric", month: "long" });
}

export function bytes(count) {
  if (!count) return "";
  return count < 1e6 ? `${Math.max(1, Math.round(count / 1e3))} KB` : `${(count / 1e6).toFixed(1)} MB`;
}

export function face(className, name) {
  const node = make("span", `face ${className}`, initials(name));
  node.setAttribute("aria-hidden", "true");
  return node;
}

// Makes these the children. A child that looks as before stays, so that a click that has begun on it arrives, and the
// focus is where it was; what it does must show in its attributes.
export function refill(parent, ...inside) {
  const controls = () => [...parent.querySelectorAll("button, a, select")];
  const focused = controls().indexOf(document.activeElement);
  inside.forEach((node, place) => {
    const old = parent.children[place];
    if (!old) parent.append(node);
    else if (!old.isEqualNode(node)) old.replaceWith(node);
  });
  while (parent.children.length > inside.length) parent.lastElementChild.remove();
  if (focused >= 0 && !parent.contains(document.activeElement)) controls()[focused]?.focus({ preventScroll: true });
}

let toastTimer = 0;
export function toast(words) {
  $("toast").textContent = words;
  $("toast").classList.add("on");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $("toast").classList.remove("on"), 3500);
}

export function alertOf(words) {
  $("alert-words").textContent = words;
  $("alert").showModal();
}

export function copy(text) {
  const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
  done.then(() => toast("Copied"), () => toast("This browser does not let me copy"));
}

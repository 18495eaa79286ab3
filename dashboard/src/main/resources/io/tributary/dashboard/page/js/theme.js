// Light or dark: as the system has it, or as chosen; and colours as canvases need them.
import { at, h } from "./dom.js";

const CHOICES = ["system", "light", "dark"];
const ICONS = {
  system: "M4 5h16v11H4zM9 20h6",
  light: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5",
  dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
};
const MEMBER_COLOURS = 10;
const probe = h("span", { hidden: true });
const cache = new Map();
const listeners = [];

/** A colour of the style sheet by its name, resolved for the theme of the moment. */
export function colour(name) {
  if (!probe.isConnected) document.body.append(probe);
  if (!cache.has(name)) {
    probe.style.color = "var(--" + name + ")";
    cache.set(name, getComputedStyle(probe).color);
  }
  return cache.get(name);
}

/** The name of a member's colour, by its place in the ensemble. */
export const memberColour = slot => "m" + slot % MEMBER_COLOURS;

/** A resolved colour, partly see-through. */
export const faint = (rgb, alpha) => rgb.replace(/^rgb\((.*)\)$/, "rgba($1, " + alpha + ")");

/** Has something called whenever colours change. */
export const onTheme = listener => listeners.push(listener);

function changed() {
  cache.clear();
  listeners.forEach(listener => listener());
}

function remembered() {
  try {
    return localStorage.getItem("tributary-theme") || "system";
  } catch {
    return "system"; // storage may be forbidden
  }
}

function apply(choice) {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  const button = at("theme");
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[choice]);
  icon.append(path);
  button.replaceChildren(icon);
  button.title = "Theme: " + (choice === "system" ? "as the system has it" : choice);
  button.setAttribute("aria-label", button.title);
  changed();
}

/** Makes the button work. */
export function startTheme() {
  let choice = CHOICES.includes(remembered()) ? remembered() : "system";
  apply(choice);
  at("theme").addEventListener("click", () => {
    choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
    try {
      localStorage.setItem("tributary-theme", choice);
    } catch {
      // it holds for this visit then
    }
    apply(choice);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}

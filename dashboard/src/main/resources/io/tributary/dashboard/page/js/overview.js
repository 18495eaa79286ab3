// Health in a sentence, and what matters most in five numbers.
import { Sparkline } from "./charts.js";
import { at, h, say } from "./dom.js";
import { ago, count, millis, rate, share, figure } from "./format.js";
import { lossNow } from "./losses.js";

const tiles = new Map();

/** The sentence. */
export function showHealth(state) {
  const box = at("health");
  const { level, title, reasons } = state.health;
  const text = reasons.join(" · ");
  if (box.dataset.level === level && box.textContent === title + text) return;
  box.dataset.level = level;
  box.replaceChildren(h("strong", { class: "state" }, title), h("span", { class: "soft" }, text));
}

function tile(name, title, tone, low, high) {
  if (!tiles.has(name)) {
    const spark = tone ? new Sparkline(tone, low, high) : null;
    const value = h("div", { class: "value" });
    const more = h("div", { class: "more" });
    const element = h("div", { class: "tile", "data-tile": name }, h("h3", null, title), value,
      spark ? spark.element : h("span"), more);
    at("tiles").append(element);
    tiles.set(name, { element, spark, value, more });
  }
  return tiles.get(name);
}

function fill(shown, value, unit, more, level) {
  if (shown.value.textContent !== value + unit) shown.value.replaceChildren(value, h("small", null, unit));
  say(shown.more, more);
  shown.element.dataset.level = level || "";
}

/** The numbers; points are those of the time shown. */
export function showTiles(state, points) {
  const { now } = state;
  const current = state.current;
  const xs = points.map(p => p[0] / 1000);
  const column = i => [xs, points.map(p => p[i])];
  const dash = value => value == null ? "–" : value;

  const flow = tile("rate", "Predictions", "accent", 0, 1);
  fill(flow, rate(current.perSecond), " /s", current.newest == null ? "none yet"
    : current.perSecond > 0 ? count(current.seen) + " seen in the last hour" : "the newest " + ago(now - current.newest) + " ago");
  flow.spark.draw(column(1));

  const latency = tile("latency", "Latency, median", "accent", 0, 1);
  fill(latency, millis(current.p50), "", current.p99 == null ? "not measured yet" : "99 of 100 within " + millis(current.p99));
  latency.spark.draw(column(2));

  const degraded = tile("degraded", "Degraded", "warn", 0, 0.05);
  fill(degraded, share(current.degraded), "", current.withheld > 0 ? share(current.withheld) + " without a score"
    : "a member missing, last 10 s", current.withheld > 0 ? "bad" : current.degraded > 0.05 ? "warn" : "");
  degraded.spark.draw(column(4));

  const loss = lossNow(state);
  const learned = tile("learned", state.about.figure.title[0].toUpperCase() + state.about.figure.title.slice(1) + " of the fusion");
  fill(learned, loss ? figure(loss.fused) : "–", "", loss ? (loss.best ? loss.best + " " + figure(loss.bestLoss) + ", " : "")
    + "uniform " + figure(loss.uniform) : "no labels yet");

  const letters = tile("letters", "Dead letters", "bad", 0, 1);
  fill(letters, count(current.letters), "", dash(current.lettersRecent > 0
    ? count(current.lettersRecent) + " in the last minute" : "in the last hour"), current.lettersRecent > 0 ? "warn" : "");
  letters.spark.draw(column(5));
}

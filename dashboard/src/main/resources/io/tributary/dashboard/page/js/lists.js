// Newest predictions, marks of the time axis, segments and dead letters.
import { at, h, Table } from "./dom.js";
import { clock, count, millis, score, share } from "./format.js";
import { swatch } from "./members.js";
import { memberColour } from "./theme.js";
import { signOf } from "./trends.js";

const tables = {};
const byTime = item => h("span", { class: "soft" }, clock(item.at));
const place = item => item.topic + "-" + item.partition + "@" + item.offset;

function decision(p) {
  if (p.withheld) return h("span", { class: "bad" }, "withheld");
  if (p.class != null) return p.class;
  return p.positive == null ? "–" : p.positive ? h("strong", null, "positive") : h("span", { class: "soft" }, "negative");
}

/** Shows the newest predictions; explain(id) opens one. */
export function showPredictions(state, explain) {
  const { about } = state;
  tables.predictions ||= new Table(at("predictions"), "The newest predictions", [
    { title: "Time", cell: byTime },
    { title: "Event", class: "left", cell: p => h("button", { type: "button", class: "link", onclick: () => explain(p.id) }, p.id) },
    { title: "Score", cell: p => score(p.score, about.probability) },
    ...(about.task === "binary" || about.classes.length ? [{ title: "Decision", class: "left", cell: decision }] : []),
    ...(about.segmented ? [{ title: "Segment", class: "left", cell: p => p.segment ?? "–" }] : []),
    { title: "Missing", class: "left", cell: p => p.withheld ? h("span", { class: "bad" }, p.withheld)
      : p.missing.length ? h("span", { class: "warn" }, p.missing.join(", ")) : h("span", { class: "soft" }, "none") },
    { title: "Took", cell: p => millis(p.took) },
  ], "No predictions yet. They appear as soon as events are scored.");
  tables.predictions.show(state.predictions, p => p.key, p => p.key);
}

/** Shows drift alarms and swaps. */
export function showMarks(state) {
  tables.marks ||= new Table(at("marks"), "Drift alarms and swaps", [
    { title: "Time", cell: byTime },
    { title: "What", class: "left words", cell: mark => h("span", null,
      h("span", { class: "kind", "data-kind": mark.kind, "aria-hidden": "true" }, signOf(mark.kind)), " ", mark.text) },
  ], "No drift alarms and no swaps in the last hour.");
  tables.marks.show(state.marks.slice().reverse(), mark => mark.at + mark.text, mark => mark.at + mark.text);
}

function bar(weights, names) {
  const described = names.map((name, k) => weights[k] == null ? null : name + " " + weights[k].toFixed(2)).filter(Boolean);
  return h("span", { class: "stack", role: "img", "aria-label": described.join(", "), title: described.join("\n") },
    weights.map((w, k) => w > 0 && h("i", { style: { width: 100 * w + "%", background: "var(--" + memberColour(k) + ")" } })));
}

/** Shows the segments. */
export function showSegments(state) {
  const { names } = state.weights;
  tables.segments ||= new Table(at("segments"), "Segments with weights of their own", [
    { title: "Segment", cell: s => s.name },
    { title: "Traffic", hint: "share of the predictions of the last hour", cell: s => share(s.traffic) },
    { title: "Labels", hint: "that its own weights were learned from", cell: s => s.evidence == null ? "–" : count(s.evidence) },
    { title: "Own weights", hint: "how much they count beside those of all traffic", cell: s => share(s.own) },
    { title: "Weights", class: "left", cell: s => s.weights ? bar(s.weights, names) : h("span", { class: "soft" }, "those of all traffic") },
  ], state.about.segmented ? "No segments have been seen yet."
    : "This ensemble has no segments: events.segment in the spec names the field that tells them.");
  tables.segments.show(state.segments.shown, s => s.name, s => JSON.stringify(s));
  const rest = state.segments.others;
  at("segments-title").textContent = "Segments" + (rest > 0 ? ": the " + state.segments.shown.length + " busiest of "
    + count(rest + state.segments.shown.length) : "");
}

/** Shows dead letters. */
export function showLetters(state) {
  tables.letters ||= new Table(at("letters"), "The newest dead letters", [
    { title: "Time", cell: byTime },
    { title: "Reason", class: "left words", cell: letter => [h("div", null, letter.reason),
      h("div", { class: "soft mono" }, letter.stage + " · " + place(letter) + " · " + count(letter.bytes) + " bytes")] },
  ], "None. Whatever cannot be used shows here with the reason.");
  tables.letters.show(state.letters, letter => letter.at + place(letter), letter => letter.at + place(letter));
}

export { swatch };

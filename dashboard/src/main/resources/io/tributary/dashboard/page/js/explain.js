// Why a prediction is what it is.
import { at, h } from "./dom.js";
import { figure, millis, moment, score, share, short } from "./format.js";
import { swatch } from "./members.js";
import { memberColour } from "./theme.js";

const HEADINGS = { identity: "Adds", logit: "Adds, log-odds", log: "Adds, log" };
const VOTES = ["hard-vote", "median", "trimmed-mean"];
let asked = 0;

const dialog = () => at("explanation");
const close = () => h("button", { type: "button", class: "quiet", onclick: () => dialog().close() }, "Close");
const heading = title => h("div", { class: "head" }, h("h2", { id: "explanation-title", tabindex: "-1" }, title), close());

function show(...content) {
  dialog().replaceChildren(...content);
  if (!dialog().open) dialog().showModal();
}

/** Opens the explanation of an event's prediction. */
export async function explain(id, state) {
  const mine = ++asked;
  show(heading("Event " + id), h("p", { class: "empty", role: "status" }, "Looking for it…"));
  history.replaceState(null, "", "#event=" + encodeURIComponent(id));
  let answer;
  try {
    const response = await fetch("api/explain?id=" + encodeURIComponent(id));
    answer = await response.json();
  } catch {
    answer = { error: "The dashboard's server does not answer. Try again in a moment." };
  }
  if (mine !== asked || !dialog().open) return;
  if (answer.error) show(heading("Event " + id), h("p", { class: "empty", role: "status" }, answer.error));
  else show(...content(answer, state));
}

function content(e, state) {
  const probability = state.about.probability;
  return [
    heading("Event " + e.eventId),
    h("div", { class: "verdict" }, h("b", null, score(e.score, probability)), h("span", null, ...verdict(e))),
    facts(e, probability),
    h("h3", null, "Members"),
    h("div", { class: "scroll" }, members(e, state, probability)),
    h("p", { class: "note" }, legend(e)),
    recomputed(e),
  ];
}

function verdict(e) {
  const said = [];
  if (e.withheld) said.push(h("span", { class: "bad" }, "no score: " + e.withheld));
  if (e.predictedClass != null) said.push(h("strong", null, e.predictedClass));
  if (e.positive != null) said.push(h("strong", null, e.positive ? "positive" : "negative"), h("span", { class: "soft" },
    e.threshold == null ? "" : " (from " + short(e.threshold) + " on it is positive)"));
  if (e.degraded) said.push(h("span", { class: "warn" }, " degraded: a member is missing"));
  return said;
}

function facts(e, probability) {
  const rows = [
    ["happened", moment(e.eventTimeMillis)],
    ["predicted", moment(e.processingTimeMillis)],
    ["segment", e.segment],
    ["took", e.latencies && millis(e.latencies.totalMicros / 1000) + ": " + millis(e.latencies.waitMicros / 1000)
      + " until its batch was handed over, " + millis(e.latencies.membersMicros / 1000) + " with the members, "
      + millis(e.latencies.fuseMicros / 1000) + " until it was fused"],
    ["fused by", e.fusion + ", spec version " + e.specVersion + ", weights version " + e.weightsVersion
      + (e.segmentShare > 0 ? ", " + share(e.segmentShare) + " of them the segment's own" : "")],
    ["interval", e.interval && figure(e.interval.lower) + " to " + figure(e.interval.upper) + ", which shall hold the truth "
      + share(e.interval.level) + " of the time"],
    ["disagreement", e.disagreement == null ? null : score(e.disagreement, probability) + " (weighted standard deviation)"],
    ["record", e.record.topic + ", partition " + e.record.partition + ", offset " + e.record.offset
      + (e.record.copies > 1 ? ", the newest of " + e.record.copies : "")],
  ];
  return h("dl", { class: "facts" }, rows.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", null, name), h("dd", null, value)]));
}

function members(e, state, probability) {
  const most = Math.max(...e.members.map(m => Math.abs(m.contribution ?? 0)), 1e-12);
  const below = e.members.some(m => m.contribution < 0);
  const votes = VOTES.includes(e.fusion);
  const titles = ["Member", "Score", "Weight", votes ? "Effect" : HEADINGS[e.link] || "Adds", "Took", "Model"];
  return h("table", null, h("caption", { class: "unseen" }, "What each member said and what it counted"),
    h("thead", null, h("tr", null, titles.map(t => h("th", { scope: "col" }, t)))),
    h("tbody", null, e.members.map(m => {
      const slot = Math.max(0, state.weights.names.indexOf(m.name));
      const shadow = (e.shadows || []).includes(m.name);
      const name = h("td", null, swatch(slot), h("span", { class: "member-name" }, m.name), shadow && h("span", { class: "soft" }, " shadow"));
      if (m.missing) return h("tr", null, name, h("td", { colspan: 5, class: "left warn" }, "missing: " + m.missingBecause));
      return h("tr", null, name, h("td", null, score(m.score, probability)), h("td", null, shadow ? "–" : m.weight.toFixed(4)),
        h("td", null, shadow ? "–" : h("span", null, signed(m.contribution), adds(m.contribution, most, below, slot))),
        h("td", null, m.tookMicros == null ? "–" : millis(m.tookMicros / 1000)),
        h("td", null, h("code", { class: "soft" }, m.sha256.slice(0, 7))));
    })));
}

const signed = v => v == null ? "–" : (v < 0 ? "−" : "+") + figure(Math.abs(v));

/** A bar from 0, which is in the middle only where something is below it. */
function adds(value, most, below, slot) {
  const width = (below ? 50 : 100) * Math.abs(value ?? 0) / most;
  const zero = below ? 50 : 0;
  return h("span", { class: below ? "adds both" : "adds", "aria-hidden": "true" }, h("i", { style: {
    width: width + "%", left: (value < 0 ? zero - width : zero) + "%", background: "var(--" + memberColour(slot) + ")" } }));
}

function legend(e) {
  if (VOTES.includes(e.fusion)) return "Effect: how much the fused score would fall without the member.";
  if (e.link === "logit") return "What the member adds to the log-odds of the fused score; above 0 speaks for yes, below for no.";
  if (e.link === "log") return "What the member adds to the logarithm of the class's fused probability.";
  return "What the member adds to the fused score.";
}

function recomputed(e) {
  const r = e.recomputed;
  if (r.same) return h("p", { class: "same" }, "✓ Fused again from this record alone: " + r.score + ", the same to the last bit.");
  return h("p", { class: "same not" }, "✕ " + (r.problem ? "It cannot be fused again: " + r.problem
    : "Fused again from this record alone it comes out otherwise: " + (r.differences || []).join(", ")));
}

/** Makes the search and links to events work. */
export function startExplain(current) {
  at("search").addEventListener("submit", event => {
    event.preventDefault();
    const id = at("event-id").value.trim();
    if (id && current()) explain(id, current());
  });
  dialog().addEventListener("close", () => {
    asked++;
    history.replaceState(null, "", location.pathname + location.search);
  });
  dialog().addEventListener("click", event => {
    if (event.target === dialog()) dialog().close();
  });
  addEventListener("keydown", event => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName) && !dialog().open) {
      event.preventDefault();
      at("event-id").select();
    }
  });
}

/** The event that the address names; null if none. */
export function linkedEvent() {
  const match = /^#event=(.+)$/.exec(location.hash);
  try {
    return match && decodeURIComponent(match[1]);
  } catch {
    return null;
  }
}

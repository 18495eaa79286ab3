// Weights and losses over time.
import { Chart } from "./charts.js";
import { at, say } from "./dom.js";
import { figure, short } from "./format.js";
import { bestMember, lately, soFar } from "./losses.js";
import { colour, faint, memberColour } from "./theme.js";

let weights = null;
let losses = null;

const SIGNS = { drift: ["▲", "warn"], swap: ["⇄", "accent"], refused: ["✕", "bad"] };

function marksOf(state) {
  return state.marks.filter(mark => SIGNS[mark.kind])
    .map(mark => ({ at: mark.at / 1000, sign: SIGNS[mark.kind][0], colour: SIGNS[mark.kind][1] }));
}

/** The sign that a kind of mark is drawn as. */
export const signOf = kind => (SIGNS[kind] || ["•"])[0];

/** Points up to now: what held last holds still. */
function upToNow(points, now) {
  if (!points.length) return points;
  const last = points[points.length - 1];
  return now > last[0] ? [...points, [now, ...last.slice(1)]] : points;
}

/** Where each line of a stack lies above those before it, the first on top; null where nothing is known. */
export function stacked(columns) {
  const sums = [];
  for (let k = columns.length - 1, below = null; k >= 0; k--) {
    below = columns[k].map((v, i) => (v ?? 0) + (below ? below[i] : 0));
    sums[k] = below;
  }
  return sums;
}

/** Draws the weights, as a stack unless some are below 0. */
export function showWeights(state, points, range) {
  weights ||= new Chart(at("weights"), "Weights of the members over time; arrow keys read it out",
    "No weights yet. Members weigh the same until the first labels have taught something.");
  const shown = upToNow(points, state.now);
  const { names } = state.weights;
  const values = names.map((name, k) => shown.map(p => p[1][k] ?? null));
  const present = names.map((name, k) => k).filter(k => values[k].some(v => v != null));
  const stack = values.every(column => column.every(v => v == null || v >= 0));
  const columns = present.map(k => values[k]);
  const lines = stack ? stacked(columns) : columns;
  weights.draw({
    key: present.map(k => names[k]).join() + stack,
    scales: { y: stack ? { range: (u, low, high) => [0, Math.max(1, high)] } : {} },
    bands: stack ? present.slice(1).map((k, i) => ({ series: [i + 1, i + 2] })) : [],
    series: () => present.map((k, i) => ({
      label: names[k], width: stack ? 1 : 1.6, stroke: colour(memberColour(k)), points: { show: false },
      fill: stack ? faint(colour(memberColour(k)), 0.72) : undefined,
      value: (u, v, s, at) => at == null ? "–" : short(raw(u, i, at, stack, present.length)),
    })),
  }, [shown.map(p => p[0] / 1000), ...lines], range, marksOf(state));
}

function raw(u, i, at, stack, lines) {
  const top = u.data[i + 1][at];
  return stack && i + 1 < lines ? +(top - u.data[i + 2][at]).toFixed(9) : top;
}

/** Draws the losses of the fusion, of equal weights and of the best member. */
export function showLosses(state, all, range, mode) {
  losses ||= new Chart(at("losses"), "Loss of the fusion, of equal weights and of the best member over time; arrow keys read it out",
    "No labels yet. Losses appear with the first outcomes.");
  const { names } = state.losses;
  const best = bestMember(state);
  // A tenth of the time shown, in steps of five seconds.
  const span = Math.ceil((range[1] - range[0]) / 50) * 5000;
  const of = name => mode === "sofar" ? soFar(all, names.indexOf(name)) : lately(all, names.indexOf(name), span, state.about.figure);
  const from = all.findIndex(p => p[0] >= range[0] * 1000);
  const start = from < 0 ? all.length : from;
  const chosen = ["fused", "uniform", ...(best ? [best] : [])];
  const columns = all.length ? chosen.map(name => of(name).slice(start)) : [];
  const { title } = state.about.figure;
  say(at("loss-title"), title[0].toUpperCase() + title.slice(1));
  say(at("loss-note"), !best ? "" : mode === "sofar" ? "Over all labels so far. Lower is better."
    : "Over the labels of the " + (span >= 60000 ? +(span / 60000).toFixed(1) + " min" : span / 1000 + " s")
      + " before each point. Lower is better.");
  const tones = { fused: "ink", uniform: "plain" };
  losses.draw({
    key: chosen.join() + mode, format: short,
    series: () => chosen.map(name => ({
      label: name === best ? "best: " + best : name, spanGaps: true, points: { show: false },
      stroke: colour(tones[name] || memberColour(names.indexOf(name))),
      width: name === "fused" ? 2.2 : 1.6, dash: name === "uniform" ? [3, 3] : undefined,
      value: (u, v) => figure(v),
    })),
  }, [all.slice(start).map(p => p[0] / 1000), ...columns], range, marksOf(state));
}

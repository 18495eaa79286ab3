// How far scores can be taken at their word.
import uPlot from "../lib/uPlot.esm.js";
import { Chart } from "./charts.js";
import { at, say } from "./dom.js";
import { count, share, short } from "./format.js";
import { colour } from "./theme.js";

const TONES = { fused: "ink", uniform: "plain" };
let chart = null;

function make() {
  return new Chart(at("calibration"), "Share of positives against mean score; arrow keys read it out",
    "No labels yet. Calibration appears with the first outcomes.");
}

/** Draws the reliability curve, or says how often intervals hold the truth. */
export function showCalibration(state) {
  chart ||= make();
  const { bins, coverage, level } = state.calibration;
  const scorers = Object.keys(bins || {}).filter(name => TONES[name] && bins[name].length);
  if (!scorers.length) {
    if (state.about.task !== "binary") {
      chart.empty = coverage == null ? "Calibration is shown for binary tasks and for intervals."
        : "Intervals that shall hold the truth " + share(level) + " of the time held it " + share(coverage) + " of the time.";
    }
    say(at("calibration-note"), "");
    chart.draw({ key: "" }, [[]], [0, 1]);
    return;
  }
  const fused = bins.fused || [];
  const labels = fused.reduce((sum, bin) => sum + bin[2], 0);
  say(at("calibration-note"), "Of what got a score, the share that was positive: on the line where scores mean what they say. "
    + count(labels) + " labels.");
  const tables = scorers.map(name => [bins[name].map(b => b[0]), bins[name].map(b => b[1])]);
  tables.push([[0, 1], [0, 1]]);
  chart.draw({
    key: scorers.join(), time: false, x: "score", xValue: (u, v) => short(v),
    scales: { y: { range: [0, 1] } },
    series: () => [...scorers.map(name => ({
      label: name, spanGaps: true, stroke: colour(TONES[name]), width: name === "fused" ? 2 : 1.4,
      dash: name === "uniform" ? [3, 3] : undefined,
      points: { show: true, size: name === "fused" ? 7 : 5, fill: colour("card") },
      value: (u, v) => short(v),
    })), { label: "as said", stroke: colour("accent"), width: 1, dash: [6, 4], spanGaps: true, points: { show: false },
      value: () => "" }],
  }, uPlot.join(tables), [0, 1]);
}

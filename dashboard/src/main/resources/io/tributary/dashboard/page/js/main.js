// What comes in is put together and shown, at most once a frame.
import { showCalibration } from "./calibration.js";
import { connect } from "./connection.js";
import { at, say } from "./dom.js";
import { explain, linkedEvent, startExplain } from "./explain.js";
import { clock } from "./format.js";
import { showLetters, showMarks, showPredictions, showSegments } from "./lists.js";
import { showMembers } from "./members.js";
import { showHealth, showTiles } from "./overview.js";
import { applied } from "./state.js";
import { startTheme } from "./theme.js";
import { showLosses, showWeights } from "./trends.js";

const MINUTE = 60000;
let state = null;
let paused = false;
let pending = false;
let picked = null;

const chosen = name => document.querySelector('input[name="' + name + '"]:checked')?.value;

/** The shortest of the ranges offered that holds all there is, until one is picked. */
function suitable(oldest) {
  return [5, 15, 60].find(minutes => state.now - oldest <= minutes * MINUTE) || 60;
}

function range() {
  const oldest = Math.min(...[state.flow, state.weights].map(s => s.points[0]?.[0] ?? state.now));
  const minutes = picked || suitable(oldest);
  document.querySelector('input[name="range"][value="' + minutes + '"]').checked = true;
  // Where there is less than that yet, what there is takes all the room.
  return [Math.min(Math.max(oldest, state.now - minutes * MINUTE), state.now - MINUTE), state.now];
}

/** Points of the time shown, and the one before, where a line comes in from. */
function within(points, from) {
  const first = points.findIndex(p => p[0] >= from);
  return first < 0 ? points.slice(-1) : points.slice(Math.max(0, first - 1));
}

function show() {
  pending = false;
  if (!state) return;
  const shown = range();
  const seconds = shown.map(t => t / 1000);
  say(at("ensemble"), state.about.ensemble);
  say(at("about"), state.about.task + " · spec version " + (state.about.version ?? "–"));
  document.title = state.health.title + " · " + state.about.ensemble + " · Tributary";
  showHealth(state);
  showTiles(state, within(state.flow.points, shown[0]));
  showMembers(state);
  showWeights(state, within(state.weights.points, shown[0]), seconds);
  showLosses(state, state.losses.points, seconds, chosen("loss"));
  showCalibration(state);
  if (!paused) showPredictions(state, id => explain(id, state));
  showMarks(state);
  showSegments(state);
  showLetters(state);
}

function soon() {
  if (!pending) {
    pending = true;
    requestAnimationFrame(show);
  }
}

function lost(since) {
  const note = at("lost");
  document.body.classList.toggle("stale", since != null);
  note.hidden = since == null;
  if (since != null) {
    say(note, "Connection lost, trying again. " + (since ? "What you see is from " + clock(since) + "." : "Nothing has been received yet."));
  }
}

startTheme();
startExplain(() => state);
document.querySelectorAll('input[name="range"], input[name="loss"]').forEach(input => input.addEventListener("change", () => {
  if (input.name === "range") picked = +input.value;
  soon();
}));
at("pause").addEventListener("click", () => {
  paused = !paused;
  at("pause").setAttribute("aria-pressed", String(paused));
  say(at("pause"), paused ? "Paused" : "Pause");
  soon();
});
connect(message => {
  const first = state == null;
  state = applied(state, message);
  soon();
  const id = first && linkedEvent();
  if (id) explain(id, state);
}, lost);

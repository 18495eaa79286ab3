// What the server has told, put together: a whole state first, then what has changed.

/** How long anything is shown. */
export const KEPT_MILLIS = 3600000;

/** Series grow; all else is replaced. */
const SERIES = ["flow", "weights", "losses"];

/** The state after a message. */
export function applied(state, message) {
  if (message.whole) return { ...message, received: Date.now() };
  const next = { ...state, ...message, received: Date.now() };
  for (const name of SERIES) {
    if (message[name]) next[name] = grown(state[name], message[name], message.now);
  }
  return next;
}

/** A series with newer points, which replace those of their time and later. */
export function grown(series, change, now) {
  if (change.whole || !series) return change;
  const points = series.points;
  const from = change.points.length ? change.points[0][0] : Infinity;
  let end = points.length;
  while (end > 0 && points[end - 1][0] >= from) end--;
  let start = 0;
  while (start < end && points[start][0] < now - KEPT_MILLIS) start++;
  return { ...series, ...change, points: points.slice(start, end).concat(change.points) };
}

// Losses over time, out of the sums over all labels so far.

/** A mean as it adds up: its square where it is the root of a mean. */
const up = (mean, figure) => figure.squared ? mean * mean : mean;
const down = (mean, figure) => mean == null ? null : figure.squared ? Math.sqrt(Math.max(0, mean)) : mean;

/** The member that has lost least so far, of those that answer nearly always, or of all if none does. */
export function bestMember(state) {
  const { names, points } = state.losses;
  if (!points.length) return null;
  const [, counts, means] = points[points.length - 1];
  const most = Math.max(...counts);
  const scored = names.map((name, i) => i).filter(i => names[i] !== "fused" && names[i] !== "uniform" && means[i] != null);
  const steady = scored.filter(i => counts[i] >= 0.9 * most);
  const chosen = (steady.length ? steady : scored).sort((a, b) => means[a] - means[b])[0];
  return chosen == null ? null : names[chosen];
}

/** The fusion's loss over all labels, and what it is compared with; null before any label. */
export function lossNow(state) {
  const { names, points } = state.losses;
  if (!points.length) return null;
  const means = points[points.length - 1][2];
  const of = name => means[names.indexOf(name)] ?? null;
  const best = bestMember(state);
  return of("fused") == null ? null : { fused: of("fused"), uniform: of("uniform"), best, bestLoss: best && of(best) };
}

/** A scorer's loss at each point: over all labels so far. */
export const soFar = (points, column) => points.map(p => p[2][column] ?? null);

/** A scorer's loss at each point: over the labels that came in the time before it. */
export function lately(points, column, spanMillis, figure) {
  let from = 0;
  return points.map((point, i) => {
    while (from < i && points[from + 1][0] <= point[0] - spanMillis) from++;
    if (from === i || point[2][column] == null) return null;
    const labels = point[1][column] - points[from][1][column];
    if (!(labels > 0)) return null;
    const before = points[from][2][column];
    const sum = point[1][column] * up(point[2][column], figure)
      - (before == null ? 0 : points[from][1][column] * up(before, figure));
    return down(sum / labels, figure);
  });
}

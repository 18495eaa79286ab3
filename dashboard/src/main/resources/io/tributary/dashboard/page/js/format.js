// Numbers and times as people read them.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** A whole number with separators, or short from ten thousands on. */
export const count = n => n == null ? "–" : n >= 100000 ? compact.format(n) : whole.format(n);

/** A rate a second. */
export const rate = n => n == null ? "–" : n >= 100 ? count(n) : n >= 10 ? n.toFixed(0) : n.toFixed(1);

/** A number to four significant digits. */
export function short(v) {
  if (v == null) return "–";
  if (v !== 0 && (Math.abs(v) >= 1e6 || Math.abs(v) < 1e-4)) return v.toExponential(2);
  if (Math.abs(v) >= 1000) return v.toLocaleString("en", { maximumSignificantDigits: 4 });
  return String(+v.toPrecision(4));
}

/** The same with as many digits after the point as its size calls for, for columns. */
export const figure = v => v == null ? "–" : Math.abs(v) >= 1000 ? short(v) : Math.abs(v) >= 10 ? v.toFixed(2)
  : Math.abs(v) >= 1 ? v.toFixed(3) : v.toFixed(4);

/** A score: a probability with four digits, else as figures are. */
export const score = (v, isProbability) => v == null ? "–" : isProbability ? v.toFixed(4) : figure(v);

/** A share in per cent; what is not quite nothing or all does not look so. */
export function share(v) {
  if (v == null) return "–";
  const percent = 100 * v;
  if (percent > 0 && percent < 0.1) return "<\u00a00.1\u00a0%";
  if (percent < 100 && percent > 99.9) return ">\u00a099.9\u00a0%";
  return percent.toFixed(percent === 0 || percent === 100 || percent >= 10 && percent < 99 ? 0 : 1) + "\u00a0%";
}

/** Milliseconds. */
export const millis = v => v == null ? "–"
  : v < 0.01 ? "< 0.01 ms" : v >= 10000 ? (v / 1000).toFixed(1) + " s" : v >= 100 ? whole.format(v) + " ms" : v >= 1 ? v.toFixed(1) + " ms" : v.toFixed(2) + " ms";

/** A time of day, local. */
export const clock = t => new Date(t).toLocaleTimeString("en-GB");

/** A date and time, local. */
export const moment = t => new Date(t).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** How long ago something was. */
export function ago(millisAgo) {
  const s = Math.max(0, Math.round(millisAgo / 1000));
  return s < 60 ? s + " s" : s < 3600 ? Math.round(s / 60) + " min" : s < 172800 ? Math.round(s / 3600) + " h"
    : Math.round(s / 86400) + " days";
}

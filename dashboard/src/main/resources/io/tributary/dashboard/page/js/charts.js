// uPlot, set up the same way everywhere.
import uPlot from "../lib/uPlot.esm.js";
import { colour, faint, onTheme } from "./theme.js";
import { h } from "./dom.js";
import { short } from "./format.js";

const HEIGHT = 210;
const sync = uPlot.sync("time");
const FONT = "12px system-ui, sans-serif";

const clock = [
  [3600, "{HH}:{mm}", null, null, null, null, null, null, 1],
  [60, "{HH}:{mm}", null, null, null, null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", null, null, null, null, null, null, 1],
];

function axes(format, time) {
  const style = { stroke: colour("soft"), font: FONT, grid: { stroke: colour("grid"), width: 1 },
    ticks: { show: false } };
  return [{ ...style, size: 26, gap: 4, space: time ? 90 : 50, ...(time ? { values: clock } : {}) },
    { ...style, size: 54, gap: 6, space: 34, values: (u, ticks) => ticks.map(v => v == null ? "" : (format || short)(v)) }];
}

/** A chart that is made anew when its lines or the theme change, follows its box, and can be read by arrow keys. */
export class Chart {
  #plot = null;
  #shape = null;
  #marks = [];
  #last = null;

  /**
   * @param host the element that holds it
   * @param label what it shows, for those who cannot see it
   * @param empty what is said while there is nothing to draw
   */
  constructor(host, label, empty) {
    this.host = host;
    this.empty = empty;
    host.setAttribute("role", "group");
    host.setAttribute("aria-label", label);
    host.tabIndex = 0;
    host.addEventListener("keydown", event => this.#key(event));
    host.addEventListener("blur", () => this.#plot?.setCursor({ left: -10, top: -10 }));
    new ResizeObserver(() => this.#fit()).observe(host);
    onTheme(() => this.#last && this.draw(...this.#last, true));
    this.#note();
  }

  /**
   * Draws.
   *
   * @param shape series(): uPlot's series after the first, and what else differs; key: changes whenever they do
   * @param data uPlot's: xs, then ys a series
   * @param range the ends of the x axis
   * @param marks times in seconds that are drawn over it, each with a kind
   */
  draw(shape, data, range, marks, anew) {
    this.#last = [shape, data, range, marks];
    this.#marks = marks || [];
    if (data[0].length === 0) {
      this.#note();
      return;
    }
    if (anew || !this.#plot || this.#shape !== shape.key) {
      this.#make(shape, data, range);
    } else {
      this.#plot.batch(() => {
        this.#plot.setData(data, false);
        this.#plot.setScale("x", { min: range[0], max: range[1] });
      });
    }
  }

  #note() {
    this.#plot?.destroy();
    this.#plot = null;
    this.host.replaceChildren(h("p", { class: "empty" }, this.empty));
  }

  #make(shape, data, range) {
    this.#plot?.destroy();
    this.host.replaceChildren();
    this.#shape = shape.key;
    const time = shape.time !== false;
    this.#plot = new uPlot({
      width: this.host.clientWidth, height: HEIGHT,
      padding: [12, 8, 0, 0],
      cursor: { points: { size: 6 }, y: false, drag: { x: false, y: false }, ...(time ? { sync: { key: sync.key } } : {}) },
      legend: { live: true },
      scales: { x: { time, auto: false, range: (u, low, high) => [low, high] }, ...shape.scales },
      axes: axes(shape.format, time),
      bands: shape.bands,
      hooks: { draw: [u => this.#drawMarks(u)] },
      series: [{ label: shape.x || "at", value: shape.xValue || "{HH}:{mm}:{ss}" }, ...shape.series()],
    }, data, this.host);
    this.#plot.setScale("x", { min: range[0], max: range[1] });
  }

  #drawMarks(u) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.textAlign = "center";
    ctx.font = 11 * devicePixelRatio + "px system-ui, sans-serif";
    let before = -Infinity;
    for (const mark of this.#marks) {
      const x = u.valToPos(mark.at, "x", true);
      // Several at once are one line.
      if (x < bbox.left || x > bbox.left + bbox.width || x - before < 6 * devicePixelRatio) continue;
      before = x;
      ctx.strokeStyle = ctx.fillStyle = colour(mark.colour);
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.fillText(mark.sign, x, bbox.top - 2 * devicePixelRatio);
    }
    ctx.restore();
  }

  #fit() {
    const width = this.host.clientWidth;
    if (this.#plot && width > 0 && this.#plot.width !== width) this.#plot.setSize({ width, height: HEIGHT });
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !this.#plot) return;
    event.preventDefault();
    const u = this.#plot;
    const xs = u.data[0];
    let index = u.cursor.idx == null ? (step > 0 ? -1 : xs.length) : u.cursor.idx;
    index = Math.min(xs.length - 1, Math.max(0, index + step));
    u.setCursor({ left: u.valToPos(xs[index], "x"), top: u.over.clientHeight / 2 });
  }
}

/** A line without axes beside a number, as wide as the style sheet has it. */
export class Sparkline {
  #plot = null;
  #data = [[], []];

  /** @param tone the name of its colour; low and high: the least that the axis spans */
  constructor(tone, low, high) {
    this.element = h("span", { class: "spark", "aria-hidden": "true" });
    this.options = { tone, low, high };
    new ResizeObserver(() => this.#fit()).observe(this.element);
    onTheme(() => this.draw(this.#data, true));
  }

  /** Draws xs and ys. */
  draw(data, anew) {
    this.#data = data;
    if (anew) {
      this.#plot?.destroy();
      this.#plot = null;
    }
    if (data[0].length < 2 || !this.element.isConnected) return;
    if (this.#plot) {
      this.#plot.setData(data);
      return;
    }
    const { tone, low, high } = this.options;
    this.#plot = new uPlot({
      ...this.#size(), padding: [2, 1, 2, 1], cursor: { show: false }, legend: { show: false },
      scales: { x: { time: false }, y: { range: (u, min, max) => [Math.min(low, min ?? low), Math.max(high, max ?? high)] } },
      axes: [{ show: false }, { show: false }],
      series: [{}, { stroke: colour(tone), fill: faint(colour(tone), 0.14), width: 1.5, points: { show: false } }],
    }, data, this.element);
  }

  #size() {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  #fit() {
    const size = this.#size();
    if (this.#plot && size.width > 0 && this.#plot.width !== size.width) this.#plot.setSize(size);
  }
}

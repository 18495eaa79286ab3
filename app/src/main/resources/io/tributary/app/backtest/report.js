"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = id => document.getElementById(id);
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // Of equal weight to the eye, and told apart with any colour vision: Okabe and Ito's colours and two greys.
  const light = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#8c6d1f", "#374c80", "#b5446e"];
  const bright = ["#4aa8e0", "#ff8a4c", "#2fc79b", "#e59ac2", "#f2b53c", "#8fd0f5", "#b18bd0", "#c9aa55", "#8fa2d8", "#e8819f"];
  const colour = i => (dark.matches ? bright : light)[i % light.length];
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const grey = () => css("--soft");

  const short = v => v == null ? "–"
    : Math.abs(v) >= 1e5 || (v !== 0 && Math.abs(v) < 1e-3) ? v.toExponential(2) : String(+v.toPrecision(4));
  const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
  const tick = v => v == null ? "" : Math.abs(v) >= 1e4 ? compact.format(v) : short(v);
  const titles = {
    logLoss: "log loss", brier: "Brier", accuracy: "accuracy", auc: "AUC", averagePrecision: "average precision",
    precision: "precision", recall: "recall", f1: "F1", kappaTemporal: "kappa temporal", macroF1: "macro F1",
    rmse: "RMSE", mae: "MAE", mape: "MAPE", pinball: "pinball", coverage: "coverage", intervalWidth: "interval width",
  };

  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text != null) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function row(cells, name, kind) {
    const made = element("tr", null, kind);
    cells.forEach(cell => made.append(cell instanceof Node ? cell : element(name, cell)));
    return made;
  }

  function figures() {
    at("what").textContent = data.title + " · " + data.task + " · " + data.labelled.toLocaleString("en") + " labelled rows"
      + (data.from > 0 ? " from row " + (data.from + 1).toLocaleString("en") + " on" : "") + " of "
      + data.rows.toLocaleString("en");
    const table = at("figures");
    const shown = data.figures.filter(f => data.table.some(s => s[f.name] != null));
    table.append(row(["", "answered", ...shown.map(f => titles[f.name] || f.name)], "th"));
    const best = {};
    for (const f of shown.filter(f => f.better !== "NEITHER")) {
      const values = data.table.filter(s => s.n >= 0.99 * data.labelled).map(s => s[f.name]).filter(v => v != null);
      best[f.name] = f.better === "LOWER" ? Math.min(...values) : Math.max(...values);
    }
    for (const scorer of data.table) {
      const cells = shown.map(f => element("td", short(scorer[f.name]),
        scorer[f.name] != null && scorer[f.name] === best[f.name] ? "best" : ""));
      table.append(row([scorer.name, (100 * scorer.n / data.labelled).toFixed(1) + " %", ...cells], "td", scorer.kind));
    }
    if (!data.differences) return;
    const differences = at("differences");
    differences.append(row(["difference", titles[data.differences[0].figure], "95 % interval"], "th"));
    for (const d of data.differences) {
      const sure = d.high < 0 ? "good" : d.low > 0 ? "bad" : "";
      const sign = v => (v > 0 ? "+" : "") + short(v);
      differences.append(row([d.name + " less " + d.less, element("td", sign(d.value), sure),
        sign(d.low) + " to " + sign(d.high)], "td"));
    }
    at("drawn").textContent = "Intervals by a paired bootstrap over " + data.drawn + ". Coloured where 0 lies outside.";
  }

  const drawn = [];

  function axes(xTitle, yTitle) {
    const style = { stroke: grey(), grid: { stroke: css("--grid"), width: 1 }, ticks: { stroke: css("--line"), width: 1 } };
    return [{ ...style, label: xTitle, labelSize: 22, size: 38, space: 70 },
      { ...style, label: yTitle, labelSize: 18, size: 62, values: (u, ticks) => ticks.map(tick) }];
  }

  function chart(id, options) {
    const box = at(id);
    box.textContent = "";
    const made = new uPlot({
      width: box.clientWidth, height: 300, legend: { live: true }, cursor: { points: { size: 6 } },
      ...options.plot,
    }, options.data, box);
    drawn.push([box, made]);
  }

  // What members, learners and the others are drawn in is the same on every chart.
  const kinds = data.scorers || [];
  const learners = kinds.filter(s => s.kind === "learner");
  function line(scorer) {
    const learner = learners.findIndex(l => l.name === scorer.name);
    const name = scorer.kind === "member" ? scorer.name + " (member)" : scorer.name;
    return {
      label: name, spanGaps: true, width: learner === 0 ? 2.2 : 1.5, points: { show: false },
      stroke: scorer.kind === "uniform" ? grey() : scorer.kind === "member" ? css("--ink") : learner < 0 ? colour(9) : colour(learner),
      dash: learner < 0 ? (scorer.kind === "uniform" ? [2, 3] : [6, 4]) : undefined,
      value: (u, v) => short(v),
    };
  }

  const xTitle = data.xIsTime ? "event time" : "row";
  const x = () => ({ label: xTitle, value: (u, v) => v == null ? "–" : data.xIsTime ? new Date(v * 1000).toISOString().slice(0, 16) : String(v) });
  const xScale = { x: { time: data.xIsTime } };

  function weights() {
    const picked = learners[at("learner").value] || learners[0];
    const stacked = picked.weights.every(w => w.every(v => v == null || v >= 0));
    let sums = data.x.map(() => 0);
    const series = [];
    for (const each of picked.weights) {
      sums = stacked ? sums.map((s, i) => s + (each[i] || 0)) : each;
      series.push(sums);
    }
    chart("weights", {
      data: [data.x, ...series],
      plot: {
        scales: { ...xScale, y: stacked ? { range: (u, low, high) => [0, Math.max(1, high)] } : {} },
        axes: axes(xTitle, picked.weights.length && stacked ? "weight, stacked" : "coefficient"),
        bands: stacked ? series.slice(1).map((s, i) => ({ series: [i + 2, i + 1] })) : [],
        series: [x(), ...data.members.map((name, k) => ({
          label: name, stroke: colour(k), width: 1, points: { show: false },
          fill: stacked ? colour(k) + "b0" : undefined,
          value: (u, v, s, i) => i == null ? "–" : short(picked.weights[k][i]),
        }))],
      },
    });
  }

  function curves(id, key, yTitle) {
    const chosen = kinds.filter(s => key !== "regretBest" || s.name !== data.best);
    chart(id, {
      data: [key === "loss" ? data.lossX : data.x, ...chosen.map(s => s[key])],
      plot: { scales: xScale, axes: axes(xTitle, yTitle), series: [x(), ...chosen.map(line)] },
    });
  }

  function scatter(id, scorers, xs, ys, plain) {
    if (!scorers.length) return;
    const tables = scorers.map(s => {
      const points = (s.points || []).slice().sort((a, b) => a[0] - b[0]);
      return [points.map(p => p[0]), points.map(p => p[1])];
    });
    if (plain) tables.push([[0, 1], [0, 1]]);
    if (!tables.some(t => t[0].length)) return;
    chart(id, {
      data: uPlot.join(tables),
      plot: {
        scales: { x: { time: false, range: [0, 1] }, y: { range: [0, 1] } }, axes: axes(xs, ys),
        series: [{ label: xs, value: (u, v) => short(v) },
          ...scorers.map(s => ({ ...line(s), points: { show: !!plain, size: 6 } })),
          ...(plain ? [{ label: "as said", stroke: css("--line"), width: 1, spanGaps: true, points: { show: false } }] : [])],
      },
    });
  }

  function draw() {
    drawn.splice(0).forEach(([, made]) => made.destroy());
    if (learners.length) weights();
    curves("loss", "loss", "mean loss");
    curves("regret-best", "regretBest", "sum of losses");
    curves("regret-fixed", "regretFixed", "sum of losses");
    scatter("reliability", data.reliability || [], "mean score", "share of positives", true);
    scatter("precision-recall", data.precisionRecall || [], "recall", "precision", false);
  }

  figures();
  learners.forEach((learner, i) => at("learner").append(new Option(learner.name, i)));
  at("best-note").textContent = "The sum of losses so far less that of " + data.best
    + ", which hindsight shows to be the best; below 0 is better than it.";
  at("fixed-note").textContent = "The same against the weighted mean with the fixed weights that lost least in hindsight: "
    + Object.entries(data.hindsight).map(([name, w]) => name + " " + w.toFixed(3)).join(", ") + ".";
  if (data.task !== "binary") document.querySelectorAll(".binary").forEach(section => section.remove());
  at("learner").addEventListener("change", draw);
  dark.addEventListener("change", draw);
  new ResizeObserver(() => requestAnimationFrame(() => drawn.forEach(([box, made]) => {
    if (made.width !== box.clientWidth) made.setSize({ width: box.clientWidth, height: 300 });
  }))).observe(document.querySelector("main"));
  draw();
})();

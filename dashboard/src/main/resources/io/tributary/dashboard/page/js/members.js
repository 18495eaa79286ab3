// The members as a table.
import { Sparkline } from "./charts.js";
import { at, h, Table } from "./dom.js";
import { figure, millis, share } from "./format.js";
import { memberColour } from "./theme.js";

const sparks = new Map();

/** A member's colour as a small square. */
export const swatch = slot => h("span", { class: "swatch", "aria-hidden": "true",
  style: { background: "var(--" + memberColour(slot) + ")" } });

function spark(member) {
  if (!sparks.has(member.name)) sparks.set(member.name, new Sparkline(memberColour(member.slot), 0, 0.02));
  return sparks.get(member.name);
}

const columns = title => [
  { title: "Member", cell: m => h("span", null, swatch(m.slot), h("span", { class: "member-name" }, m.name)) },
  { title: "State", class: "left", cell: m => h("span", { class: "tag", "data-state": m.silent ? "silent" : m.state,
    title: m.why }, m.silent && m.state === "live" ? "silent" : m.state) },
  { title: "Weight", cell: m => m.weight == null ? "–" : m.weight.toFixed(3) },
  { title: "Last hour", class: "left", cell: m => spark(m).element },
  { title, hint: "over all labels so far", cell: m => figure(m.loss) },
  { title: "Answers", hint: "share of the predictions of the last 10 seconds that it answered", cell: m => share(m.answered) },
  { title: "Took", hint: "median time for a batch", cell: m => millis(m.took) },
  { title: "Model", hint: "first digits of the SHA-256 of its file", class: "left",
    cell: m => h("code", { class: "soft" }, m.checksum || "–") },
  { title: "Version", hint: "of the spec that it scores by", cell: m => m.version ?? "–" },
];

let table = null;

/** Shows them; points are those of the weights in the time shown. */
export function showMembers(state) {
  const { figure: loss } = state.about;
  table ||= new Table(at("members"), "The members with weight, loss and state",
    columns(loss.title[0].toUpperCase() + loss.title.slice(1)), "No members are known yet.");
  table.show(state.members, m => m.name, m => JSON.stringify(m), m => m.silent ? "silent" : "");
  const { names, points } = state.weights;
  for (const member of state.members) {
    const column = names.indexOf(member.name);
    const own = column < 0 ? [] : points.filter(p => p[1][column] != null);
    const data = [own.map(p => p[0] / 1000), own.map(p => p[1][column])];
    if (own.length && state.now > own[own.length - 1][0]) {
      data[0].push(state.now / 1000);
      data[1].push(data[1][data[1].length - 1]);
    }
    spark(member).draw(data);
  }
}

// Elements without markup in strings: whatever comes from a topic is text, never HTML.

/** An element; attributes whose value is null or false are left out, children may be nodes or text. */
export function h(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "style") Object.assign(made.style, value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter(child => child != null && child !== false));
  return made;
}

/** The element with an id. */
export const at = id => document.getElementById(id);

/** Changes an element's text only where it differs, so that screen readers and selections are left alone. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * A table whose rows keep their place in the document while their content does not change.
 *
 * @param host the element that holds it
 * @param caption what it is, for those who cannot see it
 * @param columns each with title, cell(item) and perhaps a class
 * @param empty what is said when there are no rows
 */
export class Table {
  constructor(host, caption, columns, empty) {
    this.host = host;
    this.caption = caption;
    this.empty = empty;
    this.rows = new Map();
    this.body = h("tbody");
    this.setColumns(columns);
  }

  /** Takes other columns; the rows are made anew. */
  setColumns(columns) {
    this.columns = columns;
    this.rows.clear();
    this.body.replaceChildren();
    this.table = h("table", null, h("caption", { class: "unseen" }, this.caption),
      h("thead", null, h("tr", null, columns.map(c => h("th", { scope: "col", class: c.class, title: c.hint }, c.title)))),
      this.body);
  }

  /** Shows items; key(item) names one, signature(item) changes whenever its row shall. */
  show(items, key, signature, rowClass) {
    if (items.length === 0) {
      if (this.host.firstElementChild !== this.note) {
        this.note = h("p", { class: "empty" }, this.empty);
        this.host.replaceChildren(this.note);
      }
      return;
    }
    if (this.host.firstElementChild !== this.table) this.host.replaceChildren(this.table);
    const kept = new Map();
    let next = this.body.firstElementChild;
    for (const item of items) {
      const row = this.#row(item, key(item), signature(item), rowClass);
      kept.set(key(item), row);
      if (row.element === next) next = next.nextElementSibling;
      else this.body.insertBefore(row.element, next);
    }
    for (const [name, row] of this.rows) {
      if (kept.get(name) !== row) row.element.remove();
    }
    this.rows = kept;
  }

  #row(item, key, signature, rowClass) {
    const row = this.rows.get(key) || { element: h("tr"), signature: null };
    if (row.signature !== signature) {
      row.signature = signature;
      row.element.className = rowClass ? rowClass(item) : "";
      row.element.replaceChildren(...this.columns.map(c => h("td", { class: c.class }, c.cell(item))));
    }
    return row;
  }
}

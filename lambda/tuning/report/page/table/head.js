// @ts-check
/** The table's heads, which sort it. */

import { button, element } from "../elements.js";

/** @typedef {import("../columns.js").Column} Column */

export class Head {
  node = element("thead");
  #keys = "";

  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
  }

  /** @param {Column[]} columns */
  update(columns) {
    const keys = columns.map(({ key, title }) => `${key} ${title}`).join("\n");
    if (keys !== this.#keys) {
      this.#keys = keys;
      this.node.replaceChildren(element("tr", {}, ...columns.map((column) => this.#cell(column))));
    }
    const { column, descending } = this.app.choices.sort;
    for (const cell of this.node.querySelectorAll("th")) {
      const isSorted = cell.dataset.key === column;
      cell.setAttribute("aria-sort", isSorted ? (descending ? "descending" : "ascending") : "none");
    }
  }

  /** @param {Column} column */
  #cell({ key, title, kind, isFixed }) {
    const sort = button(title, () => this.#sort(key), { title });
    const classes = [kind === "number" ? "number" : "", isFixed ? `fixed ${key}` : ""].join(" ");
    return element("th", { scope: "col", class: classes, "data-key": key }, sort);
  }

  /** By the objective the best comes first; a second time turns the order.
   * @param {string} column */
  #sort(column) {
    const { choices, trials } = this.app;
    const startsDescending = column === "Value" && trials.objective.maximizes;
    const descending = choices.sort.column === column ? !choices.sort.descending : startsDescending;
    choices.change({ sort: { column, descending }, page: 0 });
  }
}

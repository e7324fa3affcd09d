// @ts-check
/** Which columns the table shows. */

import { columnsOf } from "../columns.js";
import { element, fill } from "../elements.js";

export class ColumnList {
  #boxes = element("div", { class: "boxes" });
  #keys = "";

  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
    this.node = element("details", {}, element("summary", {}, "Columns"), this.#boxes);
  }

  update() {
    const columns = columnsOf(this.app.trials).filter(({ isFixed }) => !isFixed);
    const keys = columns.map(({ key }) => key).join("\n");
    if (keys === this.#keys) return;
    this.#keys = keys;
    fill(this.#boxes, ...columns.map(({ key, title }) => this.#box(key, title)));
  }

  /** @param {string} key @param {string} title */
  #box(key, title) {
    const { choices } = this.app;
    const box = element("input", { type: "checkbox", checked: !choices.hidden.has(key) });
    box.addEventListener("change", () => {
      const hidden = new Set(choices.hidden);
      if (box.checked) hidden.delete(key);
      else hidden.add(key);
      choices.change({ hidden });
    });
    return element("label", {}, box, ` ${title}`);
  }
}

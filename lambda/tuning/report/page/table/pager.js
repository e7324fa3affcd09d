// @ts-check
/** Which page of the table is shown. */

import { button, element, fill } from "../elements.js";

export class Pager {
  #said = element("span");

  /** @param {import("../app.js").App} app @param {number} size */
  constructor(app, size) {
    this.app = app;
    this.size = size;
    this.before = button("Previous", () => app.choices.change({ page: app.choices.page - 1 }));
    this.after = button("Next", () => app.choices.change({ page: app.choices.page + 1 }));
    this.node = element(
      "nav",
      { class: "pager", "aria-label": "Pages of the table" },
      this.before,
      this.#said,
      this.after,
    );
  }

  /** The page to show of so many rows; fewer rows may have fewer pages than before.
   * @param {number} rows */
  update(rows) {
    const { choices } = this.app;
    const last = Math.max(Math.ceil(rows / this.size) - 1, 0);
    choices.page = Math.min(choices.page, last);
    this.node.hidden = last === 0;
    this.before.disabled = choices.page === 0;
    this.after.disabled = choices.page === last;
    const first = choices.page * this.size + 1;
    fill(this.#said, `${first} to ${Math.min(first + this.size - 1, rows)} of ${rows}`);
    return choices.page;
  }
}

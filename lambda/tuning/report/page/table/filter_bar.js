// @ts-check
/** Above the table: search, status, values, columns, and how many jobs are left. */

import { button, element, fill } from "../elements.js";
import { EARLY, STATUSES } from "../filters.js";
import { counted } from "../formats.js";
import { ColumnList } from "./column_list.js";
import { ValueFilters } from "./value_filters.js";

export class FilterBar {
  #text = element("input", { type: "search", placeholder: "name, value, reason" });
  #status = element("select");
  #said = element("p", { class: "note", role: "status" });
  #lift;

  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
    const { choices } = app;
    this.columns = new ColumnList(app);
    this.values = new ValueFilters(app);
    this.#text.addEventListener("input", () => choices.change({ text: this.#text.value, page: 0 }));
    this.#status.addEventListener("change", () =>
      choices.change({ status: this.#status.value, page: 0 }),
    );
    this.#lift = button("Show all", () => choices.liftFilters());
    this.node = element(
      "div",
      { class: "filters" },
      element("label", {}, "Search ", this.#text),
      element("label", {}, "Status ", this.#status),
      this.values.node,
      this.columns.node,
      element("div", { class: "said" }, this.#said, this.#lift),
    );
  }

  /** @param {number} shown */
  update(shown) {
    const { trials, choices } = this.app;
    this.#writeStatuses();
    if (this.#text.value !== choices.text) this.#text.value = choices.text;
    this.columns.update();
    this.values.update();
    this.#lift.hidden = !choices.isFiltering;
    const all = counted(trials.jobs.length, "training job") + byStatus(trials.jobs);
    fill(this.#said, choices.isFiltering ? `${shown} of ${all}` : all);
  }

  #writeStatuses() {
    const { trials, choices } = this.app;
    const found = STATUSES.filter((status) => trials.jobs.some((job) => job.Status === status));
    const early = trials.jobs.some((job) => job.EarlyStopped) ? [EARLY] : [];
    const offered = ["", ...found, ...early];
    if (offered.join() !== [...this.#status.options].map(({ value }) => value).join()) {
      const options = offered.map((value) => element("option", { value }, value || "all"));
      fill(this.#status, ...options);
    }
    this.#status.value = choices.status;
  }
}

/** How many have which status, unless all have the same.
 * @param {import("../report.d.ts").Job[]} jobs */
function byStatus(jobs) {
  const counts = STATUSES.map((status) => ({
    status,
    count: jobs.filter((job) => job.Status === status).length,
  })).filter(({ count }) => count > 0);
  if (counts.length < 2) return "";
  return ` (${counts.map(({ status, count }) => `${count} ${status}`).join(", ")})`;
}

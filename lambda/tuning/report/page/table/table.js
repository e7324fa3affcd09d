// @ts-check
/** The table of training jobs: a page of rows at a time, so that any number of jobs opens at once. */

import { columnsOf } from "../columns.js";
import { element, fill } from "../elements.js";
import { sorted } from "../sorting.js";
import { FilterBar } from "./filter_bar.js";
import { Head } from "./head.js";
import { Pager } from "./pager.js";
import { row } from "./rows.js";

/** @typedef {import("../app.js").App} App */

const PAGE = 50;
const PRINTED = 1000; // rows on paper

export class JobTable {
  isPrinted = false;
  #body = element("tbody");
  #nothing = element("p", { class: "note" });

  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.bar = new FilterBar(app);
    this.head = new Head(app);
    this.pager = new Pager(app, PAGE);
    const table = element("table", { class: "jobs" }, this.head.node, this.#body);
    this.scroll = element(
      "div",
      { class: "rows", tabindex: 0, role: "region", "aria-label": "Training jobs" },
      table,
    );
    this.node = element(
      "section",
      { id: "jobs", "aria-labelledby": "jobs-title" },
      element("h2", { id: "jobs-title" }, "Training jobs"),
      this.bar.node,
      this.#nothing,
      this.scroll,
      this.pager.node,
    );
    this.#body.addEventListener("click", (event) => this.#choose(event));
    this.#body.addEventListener("keydown", (event) => this.#move(event));
  }

  update() {
    const { trials } = this.app;
    const jobs = this.#ordered();
    this.bar.update(jobs.length);
    this.head.update(this.#columns());
    this.scroll.hidden = jobs.length === 0;
    fill(this.#nothing, whyNothing(trials.jobs.length, jobs.length, this.isPrinted));
    const page = this.pager.update(jobs.length);
    const shown = this.isPrinted
      ? jobs.slice(0, PRINTED)
      : jobs.slice(page * PAGE, (page + 1) * PAGE);
    const focused = document.activeElement?.closest("tr")?.dataset.job;
    const columns = this.#columns();
    this.#body.replaceChildren(...shown.map((job) => row(job, columns, this.app)));
    this.#makeReachable(focused);
  }

  /** Turns to the page of a job and brings its row into view. @param {string} name */
  reveal(name) {
    const at = this.#ordered().findIndex((job) => job.Name === name);
    if (at < 0) return;
    const page = Math.floor(at / PAGE);
    if (page !== this.app.choices.page) this.app.choices.change({ page });
    const found = this.#rowOf(name);
    if (!found) return;
    const room = this.scroll.clientHeight / 2;
    this.scroll.scrollTop = found.offsetTop - room;
  }

  #columns() {
    const { trials, choices } = this.app;
    return columnsOf(trials).filter(({ key }) => !choices.hidden.has(key));
  }

  /** Jobs that pass the filters, in the order chosen. */
  #ordered() {
    const { trials, choices, passing } = this.app;
    const columns = columnsOf(trials);
    const column = columns.find(({ key }) => key === choices.sort.column) ?? columns[0];
    return sorted(
      trials.jobs.filter((job) => passing.has(job.Name)),
      column,
      choices.sort.descending,
    );
  }

  /** @param {string} name */
  #rowOf(name) {
    return [...this.#body.rows].find((each) => each.dataset.job === name);
  }

  /** One row can be tabbed to, from which the arrow keys go on. @param {string | undefined} focused */
  #makeReachable(focused) {
    const marked = this.app.choices.job;
    const first = this.#rowOf(focused ?? "") ?? this.#rowOf(marked ?? "") ?? this.#body.rows[0];
    const opener = first?.querySelector("button");
    if (opener) opener.tabIndex = 0;
    if (focused) opener?.focus({ preventScroll: true });
  }

  /** @param {MouseEvent} event */
  #choose({ target }) {
    if (!(target instanceof Element) || getSelection()?.type === "Range") return;
    const name = target.closest("tr")?.dataset.job;
    if (name) this.app.choices.change({ job: name });
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const here = event.target instanceof Element ? event.target.closest("tr") : null;
    const next = {
      ArrowDown: here?.nextElementSibling,
      ArrowUp: here?.previousElementSibling,
      Home: this.#body.firstElementChild,
      End: this.#body.lastElementChild,
    }[event.key];
    const opener = next?.querySelector("button");
    if (!here || !opener) return;
    event.preventDefault();
    here.querySelectorAll("button").forEach((each) => (each.tabIndex = -1));
    opener.tabIndex = 0;
    opener.focus();
  }
}

/** @param {number} all @param {number} shown @param {boolean} isPrinted */
function whyNothing(all, shown, isPrinted) {
  if (all === 0) return "No training job has been started.";
  if (shown === 0) return "No training job passes the filters.";
  return isPrinted && shown > PRINTED ? `The first ${PRINTED} of ${shown} rows are printed.` : "";
}

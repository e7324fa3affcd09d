// @ts-check
/** Charts, table and panel of one report, and of each newer one of the same. */

import { Charts } from "./charts/charts.js";
import { Choices } from "./choices.js";
import { element } from "./elements.js";
import { passing } from "./filters.js";
import { Panel } from "./panel.js";
import { JobTable } from "./table/table.js";
import { readTheme } from "./theme.js";
import { Tooltip } from "./tooltip.js";
import { readTrials } from "./trials.js";

// Choices that no chart shows.
const OF_THE_TABLE = ["sort", "page", "hidden"];

export class App {
  choices = new Choices();
  tooltip = new Tooltip();
  theme = readTheme();
  /** @type {Set<string>} */
  passing = new Set();

  /** @param {Element} place @param {import("./report.d.ts").Report} report */
  constructor(place, report) {
    this.trials = readTrials(report);
    this.charts = new Charts(this);
    this.table = new JobTable(this);
    this.panel = new Panel(this);
    place.replaceChildren(
      element("h2", {}, "What tuning found"),
      this.charts.node,
      this.table.node,
      this.panel.node,
      this.tooltip.node,
    );
    document.addEventListener("click", ({ target }) => this.#markNamed(target));
    this.choices.listen((changed) => this.update(changed));
    this.#followThemes();
    this.update();
  }

  /** A newer document; what the reader chose stays. @param {import("./report.d.ts").Report} report */
  show(report) {
    this.trials = readTrials(report);
    this.update();
  }

  /** Marks a job everywhere, or none. @param {string | null} job */
  mark(job) {
    this.tooltip.hide();
    this.choices.change({ job });
    if (job !== null) this.table.reveal(job);
  }

  /** A link in the text of the report that names a job. @param {EventTarget | null} target */
  #markNamed(target) {
    const link = target instanceof Element ? target.closest("a[data-marks]") : null;
    const name = link?.getAttribute("data-marks") ?? "";
    if (this.trials.byName.has(name)) this.mark(name);
  }

  /** @param {string[] | null} changed Of the choices; null for anything else. */
  update(changed = null) {
    this.passing = passing(this.trials, this.choices);
    if (!changed?.every((name) => OF_THE_TABLE.includes(name))) this.charts.update();
    this.table.update();
    this.panel.update();
  }

  /** Light, dark and paper have colours of their own; paper has all rows and charts. */
  #followThemes() {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#recolour());
    matchMedia("print").addEventListener("change", ({ matches }) => {
      this.table.isPrinted = matches;
      this.#recolour();
      if (matches) this.charts.drawAll();
    });
  }

  #recolour() {
    this.theme = readTheme();
    this.update();
  }
}

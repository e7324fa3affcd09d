// @ts-check
/** All charts of the page, in the order in which a reader asks. */

import { between } from "../theme.js";
import { element, fill } from "../elements.js";
import { metric } from "../formats.js";
import { whyNothing } from "../trials.js";
import { contour } from "./contour.js";
import { curves } from "./curves.js";
import { distribution } from "./distribution.js";
import { Figure } from "./figure.js";
import { history } from "./history.js";
import { importance } from "./importance.js";
import { parallel } from "./parallel.js";
import { slices } from "./slices.js";
import { timeline } from "./timeline.js";

/** @typedef {import("../app.js").App} App */

export class Charts {
  #legend = element("p", { class: "legend" });
  #grid = element("div", { class: "figures" });
  /** @type {Figure[]} */
  #figures = [];

  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.node = element("div", {}, this.#legend, this.#grid);
  }

  update() {
    this.#writeLegend();
    this.#match(chartsOf(this.app.trials));
    this.#figures.forEach((figure) => figure.update());
  }

  /** A figure for each chart: those that are there stay, others come and go.
   * @param {import("./chart.d.ts").Chart[]} charts */
  #match(charts) {
    const known = new Map(this.#figures.map((figure) => [nameOf(figure.chart), figure]));
    if (charts.map(nameOf).join() === [...known.keys()].join()) return;
    this.#figures = charts.map((chart) => known.get(nameOf(chart)) ?? new Figure(chart, this.app));
    [...known.values()]
      .filter((figure) => !this.#figures.includes(figure))
      .forEach((figure) => figure.dispose());
    fill(this.#grid, ...this.#figures.map(({ node }) => node));
  }

  /** Also those that are far from the window: paper has no window. */
  drawAll() {
    this.#figures.forEach((figure) => {
      figure.update();
      figure.draw();
    });
  }

  #writeLegend() {
    const { objective, scored } = this.app.trials;
    this.#legend.hidden = scored.length < 2;
    const { theme } = this.app;
    const steps = [0, 0.25, 0.5, 0.75, 1].map((share) => {
      const step = element("span", { class: "step" });
      step.style.background = between(theme.poor, theme.good, share);
      return step;
    });
    fill(
      this.#legend,
      `Colour is ${objective.name}: ${metric(objective.poor)} or poorer `,
      ...steps,
      ` ${metric(objective.best)}, the best`,
    );
  }
}

/** @param {import("./chart.d.ts").Chart} chart */
const nameOf = ({ key, title }) => `${key} ${title}`;

/** Without any objective one sentence tells so, not each chart.
 * @param {import("../trials.js").Trials} trials */
function chartsOf(trials) {
  if (whyNothing(trials) !== null) return [history, timeline];
  return [
    history,
    importance,
    distribution,
    ...slices(trials),
    contour,
    parallel,
    curves,
    timeline,
  ];
}

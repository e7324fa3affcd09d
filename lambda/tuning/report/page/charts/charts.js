// @ts-check
/** All charts of the page, in the order in which a reader asks. */

import { between } from "../theme.js";
import { element, fill } from "../elements.js";
import { metric } from "../formats.js";
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
    const charts = chartsOf(this.app.trials);
    const names = charts.map(({ key, title }) => `${key} ${title}`).join();
    if (names !== this.#figures.map(({ chart }) => `${chart.key} ${chart.title}`).join()) {
      this.#figures = charts.map((chart) => new Figure(chart, this.app));
      fill(this.#grid, ...this.#figures.map(({ node }) => node));
    }
    this.#figures.forEach((figure) => figure.update());
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

/** @param {import("../trials.js").Trials} trials */
function chartsOf(trials) {
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

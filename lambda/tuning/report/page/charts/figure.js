// @ts-check
/** A chart in the page: heading, caption, drawing; or a sentence where there is nothing to draw. */

import { element, fill } from "../elements.js";
import { aboutJob } from "../tooltip.js";
import { init } from "./echarts.js";

/** @typedef {import("./chart.d.ts").Chart} Chart */
/** @typedef {import("../app.js").App} App */
/** @typedef {import("echarts/core").ECharts} ECharts */

const NEAR = "400px"; // a chart is drawn when it comes so near to the window

export class Figure {
  #heading = element("h3");
  #controls = element("div");
  #caption = element("figcaption");
  #plot;
  #scroll;
  /** @type {ECharts | null} */
  #drawn = null;
  #isNear = false;
  #isOld = true;
  #isHeld = false; // a part of an axis is being drawn, which a new drawing would end

  /** @param {Chart} chart @param {App} app */
  constructor(chart, app) {
    this.chart = chart;
    this.app = app;
    const caption = `caption-${chart.key}`;
    this.#caption.id = caption;
    this.#plot = element("div", {
      class: "plot",
      role: "application",
      tabindex: 0,
      "aria-roledescription": "chart",
      "aria-label": `${chart.title}: the arrow keys mark one job after the other`,
      "aria-describedby": caption,
    });
    this.#plot.addEventListener("keydown", (event) => this.#step(event));
    this.#plot.addEventListener("pointerdown", () => (this.#isHeld = true));
    addEventListener("pointerup", () => this.#release());
    addEventListener("pointercancel", () => this.#release());
    this.#scroll = element("div", { class: "scroll" }, this.#plot);
    this.node = element(
      "figure",
      { id: `chart-${chart.key}`, class: chart.isWide ? "wide" : "" },
      this.#heading,
      this.#caption,
      this.#controls,
      this.#scroll,
    );
    fill(this.#heading, chart.title);
    new IntersectionObserver(([entry]) => this.#approach(entry.isIntersecting), {
      rootMargin: NEAR,
    }).observe(this.node);
    new ResizeObserver(() => this.#fit()).observe(this.#scroll);
  }

  dispose() {
    this.#isNear = false;
    this.#drawn?.dispose();
  }

  /** Draws it again: now if it is near, else when it comes near. */
  update() {
    this.#isOld = true;
    if (this.#isNear) requestAnimationFrame(() => this.draw());
  }

  /** @param {boolean} isNear */
  #approach(isNear) {
    this.#isNear = isNear;
    if (isNear) this.draw();
  }

  #fit() {
    if (this.#drawn && this.#drawn.getWidth() !== this.#plot.clientWidth) this.update();
  }

  #release() {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    if (this.#isNear) requestAnimationFrame(() => this.draw());
  }

  draw() {
    if (!this.#isOld || this.#isHeld) return;
    this.#isOld = false;
    const { chart, app } = this;
    const { trials, choices } = app;
    const why = chart.whyEmpty(trials);
    this.#scroll.hidden = why !== null;
    fill(this.#caption, why ?? chart.caption(trials, choices));
    const focused = document.activeElement;
    if (!this.#controls.contains(focused)) {
      fill(this.#controls, (why === null && chart.controls?.(trials, choices)) || null);
    }
    if (why === null) this.#paint();
  }

  #paint() {
    const { chart, app } = this;
    this.#plot.style.height = `${chart.height(app.trials)}px`;
    this.#plot.style.minWidth = `${chart.leastWidth?.(app.trials) ?? 0}px`;
    if (!this.#drawn) {
      this.#drawn = init(this.#plot);
      this.#connect(this.#drawn);
    }
    this.#drawn.resize();
    this.#drawn.setOption(
      { textStyle: { fontFamily: "system-ui, sans-serif" }, ...chart.option(this.#scene()) },
      { notMerge: true },
    );
    chart.drawn?.(this.#drawn, this.#scene());
    this.#drawn.getZr().flush();
  }

  #scene() {
    const { trials, choices, passing, theme } = this.app;
    return { trials, choices, passing, theme, width: this.#plot.clientWidth };
  }

  /** @param {ECharts} drawn */
  #connect(drawn) {
    const { tooltip } = this.app;
    drawn.on("click", (params) => {
      const job = this.#jobOf(params);
      if (job) this.app.mark(job.Name);
    });
    drawn.on("mousemove", (params) => {
      const job = this.#jobOf(params);
      const lines = job ? aboutJob(job, this.app.trials) : Object(params.data).about;
      const event = params.event?.event;
      if (lines && event instanceof MouseEvent) tooltip.show(lines, event.clientX, event.clientY);
    });
    drawn.on("mouseout", () => tooltip.hide());
    drawn.on("globalout", () => tooltip.hide());
    this.chart.connect?.(drawn, () => this.#scene());
  }

  /** @param {{data?: unknown, seriesName?: string}} params */
  #jobOf({ data, seriesName }) {
    const { byName } = this.app.trials;
    return byName.get(Object(data).job) ?? byName.get(seriesName ?? "");
  }

  /** @param {KeyboardEvent} event */
  #step(event) {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    const order = this.chart.order(this.app.trials);
    if (!step || order.length === 0) return;
    event.preventDefault();
    const at = order.indexOf(this.app.choices.job ?? "");
    const next = at < 0 ? (step > 0 ? 0 : order.length - 1) : at + step;
    this.app.mark(order[Math.min(Math.max(next, 0), order.length - 1)]);
  }
}

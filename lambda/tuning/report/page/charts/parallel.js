// @ts-check
/** Each job as a line through its hyperparameters to its objective; brushing filters the table. */

import { translucent } from "../theme.js";
import { whyNothing } from "../trials.js";
import { shortened } from "./axes.js";
import { axesOf } from "./brushed_axes.js";
import { opacityOf } from "./dots.js";

/** @typedef {import("./chart.d.ts").Scene} Scene */
/** @typedef {import("../choices.js").ValueFilter} ValueFilter */

const AXIS_WIDTH = 96;
const MANY = 400; // from here on lines are drawn fainter, so that the crowd can be seen through

/** @type {import("./chart.d.ts").Chart} */
export const parallel = {
  key: "parallel",
  title: "Parallel coordinates",
  isWide: true,
  height: () => 380,
  leastWidth: (trials) => AXIS_WIDTH * (trials.shared.length + 1),
  whyEmpty: (trials) =>
    whyNothing(trials) ??
    (trials.shared.length < 1 ? "No hyperparameter was varied in all jobs." : null),
  caption: ({ objective }) =>
    `A line a job, to its ${objective.name} at the right. Draw along an axis to keep the jobs that pass there: the table follows, and so does “Filter by value” in the table, which does the same by keyboard. A click on an axis lifts its filter.`,
  order: ({ scored, objective }) =>
    scored.toSorted((a, b) => (objective.better(a.Value, b.Value) ? -1 : 1)).map((job) => job.Name),
  option(scene) {
    const { trials, theme, choices } = scene;
    const { objective, shared } = trials;
    const jobs = trials.scored.toSorted((a, b) => (objective.better(a.Value, b.Value) ? 1 : -1));
    const lines = jobs.flatMap((job) => {
      const places = shared.map((scale) => scale.position(job.HyperParameters[scale.name]));
      if (places.includes(null)) return [];
      return [
        {
          value: [...places, objective.drawn(job.Value)],
          job: job.Name,
          lineStyle: lineOf(job, scene),
        },
      ];
    });
    return {
      animation: false,
      parallel: { left: 52, right: 60, top: 40, bottom: 24 },
      parallelAxis: axesOf(trials).map(({ key, title, axis }, dim) => ({
        ...labelled(axis(theme), theme),
        id: key,
        dim,
        realtime: false, // a filter redraws the chart, which must not happen while the pointer draws
        name: shortened(title),
        nameLocation: "end",
      })),
      series: [
        {
          type: "parallel",
          id: "jobs",
          data: lines,
          inactiveOpacity: 0.04,
          activeOpacity: 0.8,
          smooth: false,
        },
        {
          type: "parallel",
          id: "marked",
          silent: true,
          z: 5,
          inactiveOpacity: 1,
          activeOpacity: 1,
          data: lines
            .filter((line) => line.job === choices.job)
            .map(({ value, job }) => ({
              value,
              job,
              lineStyle: { color: theme.text, width: 4, opacity: 1 },
            })),
        },
      ],
    };
  },
  connect(drawn, scene) {
    drawn.on("axisareaselected", (/** @type {any} */ event) => {
      const { trials, choices } = scene();
      if (event.isShown) return;
      const axis = axesOf(trials).find(({ key }) => key === event.parallelAxisId);
      if (axis) choices.filter(axis.key, axis.filter(event.intervals));
    });
  },
  drawn(drawn, { trials, choices }) {
    const filtered = axesOf(trials).filter(({ key }) => choices.values.has(key));
    for (const { key, intervals } of filtered) {
      const filter = /** @type {ValueFilter} */ (choices.values.get(key));
      drawn.dispatchAction({
        type: "axisAreaSelect",
        parallelAxisId: key,
        intervals: intervals(filter),
        isShown: true,
      });
    }
    // Only another drawing shows the part of an axis that an action has selected.
    if (filtered.length) drawn.setOption({});
  },
};

/** @param {import("../trials.js").ScoredJob} job @param {Scene} scene */
function lineOf(job, scene) {
  const { trials, theme } = scene;
  return {
    color: trials.objective.colour(job.Value, theme),
    width: trials.scored.length > MANY ? 1 : 1.5,
    opacity: opacityOf(job.Name, scene) * Math.min(MANY / trials.scored.length, 0.8),
  };
}

/** Labels lie above the lines. @param {ReturnType<typeof import("./axes.js").scaleAxis>} axis
 * @param {import("../theme.js").Theme} theme */
function labelled(axis, theme) {
  const behind = { backgroundColor: translucent(theme.card, 0.75), padding: [1, 2] };
  return { ...axis, z: 6, axisLabel: { ...axis.axisLabel, ...behind } };
}

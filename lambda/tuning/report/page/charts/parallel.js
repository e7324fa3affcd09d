// @ts-check
/** Each job as a line through its hyperparameters to its objective; brushing filters the table. */

import { keyOf } from "../columns.js";
import { number } from "../formats.js";
import { translucent } from "../theme.js";
import { whyNothing } from "../trials.js";
import { plainAxis, scaleAxis, shortened } from "./axes.js";
import { opacityOf } from "./dots.js";

/** @typedef {import("../trials.js").Trials} Trials */
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
    whyNothing(trials) ?? (trials.shared.length < 1 ? "No hyperparameter was varied in all jobs." : null),
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
      return [{ value: [...places, objective.drawn(job.Value)], job: job.Name, lineStyle: lineOf(job, scene) }];
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
        { type: "parallel", id: "jobs", data: lines, inactiveOpacity: 0.04, activeOpacity: 0.8, smooth: false },
        {
          type: "parallel",
          id: "marked",
          silent: true,
          z: 5,
          inactiveOpacity: 1,
          activeOpacity: 1,
          data: lines
            .filter((line) => line.job === choices.job)
            .map(({ value, job }) => ({ value, job, lineStyle: { color: theme.text, width: 4, opacity: 1 } })),
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

/** The hyperparameters, then the objective: each with the filter that a brushed part of it means.
 * @param {Trials} trials */
function axesOf({ shared, objective, report }) {
  return [
    ...shared.map((scale) => ({
      key: keyOf(scale.name),
      title: scale.name,
      axis: (/** @type {import("../theme.js").Theme} */ theme) => scaleAxis(scale, theme),
      filter: (/** @type {number[][]} */ parts) => filterOf(parts, scale),
      intervals: (/** @type {ValueFilter} */ filter) => intervalsOf(filter, scale),
    })),
    {
      key: "Value",
      title: report.Metric.Name,
      axis: (/** @type {import("../theme.js").Theme} */ theme) =>
        plainAxis(objective.axis, (at) => number(at), theme),
      filter: (/** @type {number[][]} */ parts) => filterOf(parts, valueScale(objective)),
      intervals: (/** @type {ValueFilter} */ filter) => intervalsOf(filter, valueScale(objective)),
    },
  ];
}

/** @param {import("../objective.js").Objective} objective @returns {import("../scales.js").Scale} */
function valueScale({ name, axis }) {
  return {
    ...axis,
    name,
    categories: null,
    isInteger: false,
    position: Number,
    value: (position) => position,
    label: (position) => number(position),
  };
}

/** @param {number[][]} parts @param {import("../scales.js").Scale} scale @returns {ValueFilter | null} */
function filterOf(parts, scale) {
  if (parts.length === 0) return null;
  const [from, to] = parts[0].toSorted((a, b) => a - b);
  if (scale.categories) {
    const values = scale.categories.filter((_, at) => at >= from && at <= to);
    return { low: null, high: null, values: new Set(values) };
  }
  return { low: scale.value(from), high: scale.value(to), values: null };
}

/** @param {ValueFilter} filter @param {import("../scales.js").Scale} scale @returns {number[][]} */
function intervalsOf({ low, high, values }, scale) {
  if (values && scale.categories) {
    const places = [...values].map((value) => scale.position(value) ?? 0);
    return places.length ? [[Math.min(...places) - 0.3, Math.max(...places) + 0.3]] : [];
  }
  const from = low === null ? scale.min : (scale.position(String(low)) ?? scale.min);
  const to = high === null ? scale.max : (scale.position(String(high)) ?? scale.max);
  return [[Math.max(from, scale.min), Math.min(to, scale.max)]];
}

/** @param {import("../trials.js").ScoredJob} job @param {Scene} scene */
function lineOf(job, scene) {
  const { trials, theme } = scene;
  return {
    color: trials.objective.colour(job.Value, theme),
    width: trials.scored.length > MANY ? 1 : 1.5,
    opacity: opacityOf(job.Name, scene) * Math.min(MANY / trials.scored.length, 0.8),
  };
}

/** Labels lie above the lines. @param {ReturnType<typeof scaleAxis>} axis
 * @param {import("../theme.js").Theme} theme */
function labelled(axis, theme) {
  const behind = { backgroundColor: translucent(theme.card, 0.75), padding: [1, 2] };
  return { ...axis, z: 6, axisLabel: { ...axis.axisLabel, ...behind } };
}

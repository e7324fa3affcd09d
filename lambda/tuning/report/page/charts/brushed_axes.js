// @ts-check
/** The axes of parallel coordinates: a brushed part of one is a filter, and a filter such a part. */

import { keyOf } from "../columns.js";
import { number } from "../formats.js";
import { plainAxis, scaleAxis } from "./axes.js";

/** @typedef {import("../trials.js").Trials} Trials */
/** @typedef {import("../choices.js").ValueFilter} ValueFilter */

/** The hyperparameters, then the objective: each with the filter that a brushed part of it means.
 * @param {Trials} trials */
export function axesOf({ shared, objective, report }) {
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

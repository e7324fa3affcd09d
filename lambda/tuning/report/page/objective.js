// @ts-check
/** The objective of all charts: which value is better, its colour, and the axis it is drawn on. */

import { extent, median, nice, quantileSorted, ticks } from "d3-array";

import { between } from "./theme.js";

// A value so many times further from the median than the best one is drawn at the edge of the
// chart: a single trial that went wrong must not squeeze all others into a line.
const FAR = 6;
const MOST_AT_THE_EDGE = 0.25;
// The poorest tenth has the poor end's colour, so that the colours tell the others apart.
const POOR = 0.1;
// Jobs of one colour are drawn at once, which is what makes thousands of them fast.
const STEPS = 24;

/** @typedef {ReturnType<typeof makeObjective>} Objective */

/** @param {import("./report.d.ts").Report} report */
export function makeObjective(report) {
  const sign = report.Metric.Type === "Minimize" ? -1 : 1;
  const values = report.Jobs.flatMap((job) => (job.Value === null ? [] : [job.Value]));
  const goods = values.map((value) => sign * value).sort((a, b) => a - b);
  const best = sign * (goods.at(-1) ?? 0);
  const poor = sign * (quantileSorted(goods, POOR) ?? 0);
  const edge = sign * edgeOf(goods);
  const drawn = values.map((value) => sign * Math.max(sign * value, sign * edge));
  const [low, high] = axisEnds([...drawn, ...(report.Baseline ? [report.Baseline.Value] : [])]);
  return {
    name: report.Metric.Name,
    maximizes: sign > 0,
    best,
    poor,
    atTheEdge: values.filter((value) => (sign > 0 ? value < low : value > high)).length,
    axis: { min: low, max: high, ticks: ticks(low, high, 5) },
    /** @param {number} value @param {number} than */
    better: (value, than) => sign * value > sign * than,
    /** Where a value is drawn. @param {number} value */
    drawn: (value) => Math.min(Math.max(value, low), high),
    /** From poor to good. @param {number | null} value
     * @param {import("./theme.js").Theme} theme */
    colour(value, theme) {
      if (value === null) return theme.quiet;
      const share = best === poor ? 1 : (value - poor) / (best - poor);
      const step = Math.round(Math.min(Math.max(share, 0), 1) * STEPS) / STEPS;
      return between(theme.poor, theme.good, step);
    },
  };
}

/** The poorest value that is drawn where it is; of values where more is better, sorted.
 * @param {number[]} goods */
function edgeOf(goods) {
  const [middle, best] = [median(goods) ?? 0, goods.at(-1) ?? 0];
  const edge = middle - FAR * (best - middle);
  const beyond = goods.filter((value) => value < edge).length;
  return beyond === 0 || beyond > MOST_AT_THE_EDGE * goods.length ? (goods[0] ?? 0) : edge;
}

/** @param {number[]} values @returns {[number, number]} */
function axisEnds(values) {
  const [low, high] = extent(values);
  if (low === undefined || high === undefined) return [0, 1];
  const room = high === low ? Math.abs(low) * 0.05 || 1 : (high - low) * 0.03;
  return nice(low - room, high + room, 8);
}

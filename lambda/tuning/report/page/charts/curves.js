// @ts-check
/** The objective of the best jobs while they trained. */

import { counted, number } from "../formats.js";
import { whyNothing } from "../trials.js";
import { GRID, plainAxis } from "./axes.js";
import { opacityOf } from "./dots.js";
import { extent, nice, ticks } from "d3-array";

/** @typedef {import("../trials.js").Trials} Trials */
/** @typedef {import("../report.d.ts").Job} Job */

/** @type {import("./chart.d.ts").Chart} */
export const curves = {
  key: "curves",
  title: "Learning curves",
  isWide: true,
  height: () => 320,
  whyEmpty: (trials) => {
    if (withCurve(trials).length) return null;
    if (trials.jobs.length === 0) return whyNothing(trials);
    return trials.report.Curves.Note ?? "There is no learning curve.";
  },
  caption,
  order: (trials) => withCurve(trials).map((job) => job.Name),
  option(scene) {
    const { trials, theme, choices, width } = scene;
    const jobs = withCurve(trials);
    const points = jobs.flatMap((job) => job.Curve?.Points ?? []);
    const [first, last] = extent(points, ([step]) => step);
    const across = { min: first ?? 0, max: Math.max(last ?? 1, (first ?? 0) + 1) };
    const steps = ticks(across.min, across.max, width / 90).filter(Number.isInteger);
    const [low, high] = nice(...endsOf(points), 8);
    return {
      animation: false,
      grid: { ...GRID, bottom: 24 },
      xAxis: {
        ...plainAxis({ ...across, ticks: steps }, String, theme),
        name: trials.report.Curves.Unit,
        nameLocation: "middle",
        nameGap: 26,
      },
      yAxis: {
        ...plainAxis(
          { min: low, max: high, ticks: ticks(low, high, 5) },
          (at) => number(at),
          theme,
        ),
        splitLine: { show: true, lineStyle: { color: theme.line, opacity: 0.6 } },
      },
      series: jobs.map((job) => lineOf(job, job.Name === choices.job, scene)),
    };
  },
};

/** The best last, so that they lie on top. @param {Trials} trials */
function withCurve({ jobs }) {
  return jobs
    .filter((job) => job.Curve && job.Curve.Points.length > 0)
    .sort((a, b) => (b.Rank ?? Infinity) - (a.Rank ?? Infinity));
}

/** @param {[number, number][]} points @returns {[number, number]} */
function endsOf(points) {
  const [low, high] = extent(points, ([, value]) => value);
  if (low === undefined || high === undefined) return [0, 1];
  const room = (high - low) * 0.03 || Math.abs(low) * 0.05 || 1;
  return [low - room, high + room];
}

/** Dashed, and with a diamond at its end, when the job was stopped early.
 * @param {Job} job @param {boolean} isMarked @param {import("./chart.d.ts").Scene} scene */
function lineOf(job, isMarked, scene) {
  const { trials, theme } = scene;
  const colour = isMarked ? theme.text : trials.objective.colour(job.Value, theme);
  const points = job.Curve?.Points ?? [];
  const hasEnd = job.EarlyStopped || points.length === 1;
  return {
    type: "line",
    id: job.Name,
    name: job.Name, // all that an event of a line tells of it
    triggerLineEvent: true,
    z: isMarked ? 5 : 3,
    data: points.map((value, at) => ({
      value,
      job: job.Name,
      symbol:
        hasEnd && at === points.length - 1 ? (job.EarlyStopped ? "diamond" : "circle") : "none",
    })),
    symbolSize: 9,
    showAllSymbol: true,
    itemStyle: { color: colour },
    lineStyle: {
      color: colour,
      width: isMarked ? 3.5 : 1.5,
      type: job.EarlyStopped ? "dashed" : "solid",
      opacity: isMarked ? 1 : opacityOf(job.Name, scene),
    },
  };
}

/** @param {Trials} trials */
function caption(trials) {
  const drawn = withCurve(trials);
  const { LeftOut, Unit, Note } = trials.report.Curves;
  const early = drawn.filter((job) => job.EarlyStopped).length;
  const names = [...new Set(drawn.map((job) => job.Curve?.Metric))].join(", ");
  return [
    `${names} by ${Unit} of ${counted(drawn.length, "job")}.`,
    ...(early ? [`Dashed with a diamond: stopped early (${early}).`] : []),
    ...(Note ? [Note] : []),
    ...(LeftOut
      ? [`${counted(LeftOut, "other job")} ${LeftOut === 1 ? "is" : "are"} left out.`]
      : []),
  ].join(" ");
}

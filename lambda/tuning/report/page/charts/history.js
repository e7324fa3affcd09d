// @ts-check
/** The objective of each job in the order of creation, and the best until then. */

import { counted, metric, number } from "../formats.js";
import { whyNothing } from "../trials.js";
import { GRID, objectiveAxis, plainAxis, straightLine } from "./axes.js";
import { dotSeries, LEGEND } from "./dots.js";
import { ticks } from "d3-array";

/** @typedef {import("../trials.js").Trials} Trials */

/** @type {import("./chart.d.ts").Chart} */
export const history = {
  key: "history",
  title: "History",
  isWide: true,
  height: () => 320,
  whyEmpty: whyNothing,
  caption,
  order: ({ jobs }) => byNumber(jobs).map((job) => job.Name),
  option(scene) {
    const { trials, theme } = scene;
    const { objective, report } = trials;
    const jobs = byNumber(trials.jobs);
    const last = jobs.at(-1)?.Number ?? 1;
    const numbers = ticks(1, last, scene.width / 90).filter(Number.isInteger);
    const steps = bestSoFar(trials);
    return {
      animation: false,
      grid: GRID,
      xAxis: plainAxis({ min: 0.5, max: last + 0.5, ticks: numbers }, String, theme),
      yAxis: objectiveAxis(objective, theme),
      series: [
        {
          type: "line",
          id: "best so far",
          step: "end",
          symbol: "none",
          silent: true,
          data: [...steps, [last + 0.5, steps.at(-1)?.[1]]],
          lineStyle: { color: theme.text, width: 1.5 },
          markLine: report.Baseline
            ? straightLine({ yAxis: report.Baseline.Value }, { color: theme.quiet, type: "dashed" })
            : undefined,
        },
        ...dotSeries(
          jobs.map((job) => ({ job, x: job.Number, y: heightOf(job, trials) })),
          scene,
        ),
      ],
    };
  },
};

/** What has no score stands at the poor edge. @param {import("../trials.js").Job} job
 * @param {Trials} trials */
export function heightOf(job, { objective }) {
  const poorEdge = objective.maximizes ? objective.axis.min : objective.axis.max;
  return job.Value === null ? poorEdge : objective.drawn(job.Value);
}

/** @param {import("../trials.js").Job[]} jobs */
function byNumber(jobs) {
  return jobs.toSorted((a, b) => a.Number - b.Number);
}

/** @param {Trials} trials @returns {[number, number][]} */
function bestSoFar({ scored, objective }) {
  /** @type {[number, number][]} */
  const steps = [];
  let best = scored[0]?.Value ?? 0;
  for (const job of scored) {
    if (objective.better(job.Value, best)) best = job.Value;
    steps.push([job.Number, objective.drawn(best)]);
  }
  return steps;
}

/** @param {Trials} trials */
function caption({ scored, unscored, objective, report }) {
  const parts = [`The line is the best of ${objective.name} so far.`];
  const last = scored.findLast((job) => job.Rank === 1);
  if (last && scored.length > 1) {
    const first = scored[0].Value;
    parts.push(
      `It went from ${metric(first)} to ${metric(last.Value)}, which came with job ${last.Number} of ${report.Jobs.length}.`,
    );
  }
  const { Baseline } = report;
  if (Baseline) parts.push(`Dashed: ${Baseline.Label}, ${metric(Baseline.Value)}.`);
  if (scored.some((job) => job.EarlyStopped)) parts.push(LEGEND);
  if (unscored.length)
    parts.push(`A cross at the edge has no score (${counted(unscored.length, "job")}).`);
  return [...parts, ...edgeSentence(objective)].join(" ");
}

/** @param {import("../objective.js").Objective} objective */
export function edgeSentence({ atTheEdge, axis, maximizes }) {
  if (!atTheEdge) return [];
  const edge = number(maximizes ? axis.min : axis.max);
  return [
    `${counted(atTheEdge, "job")} poorer than ${edge} ${atTheEdge === 1 ? "is" : "are"} drawn at the edge.`,
  ];
}

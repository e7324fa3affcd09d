// @ts-check
/** How many jobs reached which objective. */

import { bin, max, ticks } from "d3-array";

import { counted, metric, number } from "../formats.js";
import { isScored, whyNothing } from "../trials.js";
import { GRID, plainAxis, straightLine } from "./axes.js";
import { edgeSentence } from "./history.js";

/** @typedef {import("../trials.js").Trials} Trials */

/** @type {import("./chart.d.ts").Chart} */
export const distribution = {
  key: "distribution",
  title: "Distribution of the objective",
  isWide: false,
  height: () => 230,
  whyEmpty: whyNothing,
  caption,
  order: ({ scored }) => scored.toSorted((a, b) => a.Value - b.Value).map((job) => job.Name),
  option({ trials, theme, choices }) {
    const { objective } = trials;
    const bins = binsOf(trials);
    const most = max(bins, (each) => each.length) ?? 1;
    const marked = trials.byName.get(choices.job ?? "");
    return {
      animation: false,
      grid: GRID,
      xAxis: plainAxis(objective.axis, (at) => number(at), theme),
      yAxis: plainAxis(
        { min: 0, max: most, ticks: ticks(0, most, 4).filter(Number.isInteger) },
        String,
        theme,
      ),
      series: [
        {
          type: "custom",
          id: "bins",
          data: bins.map((jobs) => ({
            value: [jobs.x0, jobs.x1, jobs.length],
            about: aboutBin(jobs, trials),
          })),
          encode: { x: [0, 1], y: 2 },
          renderItem: drawBin(bins, objective, theme),
          markLine:
            marked && isScored(marked)
              ? straightLine(
                  { xAxis: objective.drawn(marked.Value) },
                  { color: theme.text, width: 2.5, type: "solid" },
                )
              : undefined,
        },
      ],
    };
  },
};

/** @typedef {import("../trials.js").ScoredJob} ScoredJob */
/** @typedef {import("d3-array").Bin<ScoredJob, number>} JobBin */

/** @param {Trials} trials @returns {JobBin[]} */
function binsOf({ scored, objective }) {
  const { min, max } = objective.axis;
  const wanted = Math.min(Math.max(Math.ceil(Math.sqrt(scored.length) * 1.5), 6), 40);
  const bins = /** @type {import("d3-array").HistogramGeneratorNumber<ScoredJob, number>} */ (
    /** @type {unknown} */ (bin())
  );
  return bins
    .value((job) => objective.drawn(job.Value))
    .domain([min, max])
    .thresholds(ticks(min, max, wanted))(scored)
    .filter((jobs) => jobs.length > 0);
}

/** @param {JobBin[]} bins @param {Trials["objective"]} objective
 * @param {import("../theme.js").Theme} theme */
function drawBin(bins, objective, theme) {
  /** @param {{dataIndex: number}} params @param {any} api */
  return ({ dataIndex }, api) => {
    const jobs = bins[dataIndex];
    const [x0, x1] = [jobs.x0 ?? 0, jobs.x1 ?? 0];
    const [left, top] = api.coord([x0, jobs.length]);
    const [right, bottom] = api.coord([x1, 0]);
    const width = Math.max(right - left - 1, 1);
    return {
      type: "rect",
      shape: { x: left, y: top, width, height: bottom - top },
      style: { fill: objective.colour((x0 + x1) / 2, theme) },
    };
  };
}

/** @param {JobBin} jobs @param {Trials} trials */
function aboutBin(jobs, { objective }) {
  const names = jobs.slice(0, 3).map((job) => `${job.Label} ${metric(job.Value)}`);
  const more = jobs.length > names.length ? [`and ${jobs.length - names.length} more`] : [];
  const range = `${objective.name} ${number(jobs.x0 ?? 0)} to ${number(jobs.x1 ?? 0)}`;
  return [`${counted(jobs.length, "job")}: ${range}`, ...names, ...more];
}

/** @param {Trials} trials */
function caption({ scored, objective, report }) {
  const values = scored.map((job) => job.Value).sort((a, b) => a - b);
  const middle = values[Math.floor(values.length / 2)];
  return [
    `${counted(scored.length, "job")} with a value of ${objective.name}, from ${metric(values[0])} to ${metric(values[values.length - 1])}; half are up to ${metric(middle)}.`,
    ...noiseSentence(report.Noise),
    ...edgeSentence(objective),
  ].join(" ");
}

/** @param {import("../report.d.ts").Report["Noise"]} noise */
function noiseSentence(noise) {
  if (!noise) return [];
  const { Jobs, StandardDeviation } = noise;
  if (StandardDeviation === 0) return [`${Jobs} of them repeat hyperparameters, without noise.`];
  return [
    `${Jobs} of them repeat hyperparameters: their values have a standard deviation of ${number(StandardDeviation)}, which is noise.`,
  ];
}

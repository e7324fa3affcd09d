// @ts-check
/** When each job ran, and what ran beside it. */

import { ticks } from "d3-array";

import { counted, duration } from "../formats.js";
import { whyNothing } from "../trials.js";
import { GRID, plainAxis } from "./axes.js";
import { opacityOf } from "./dots.js";
import { barsOf, lanesOf } from "./lanes.js";

/** @typedef {import("./lanes.js").Bar} Bar */

const LANE = 22;
const UNITS = [
  { name: "days", seconds: 86400 },
  { name: "hours", seconds: 3600 },
  { name: "minutes", seconds: 60 },
  { name: "seconds", seconds: 1 },
];

/** @type {import("./chart.d.ts").Chart} */
export const timeline = {
  key: "timeline",
  title: "Timeline",
  isWide: true,
  height: (trials) => 70 + Math.min(LANE * lanesOf(barsOf(trials)), 700),
  whyEmpty: (trials) => {
    if (barsOf(trials).length) return null;
    return trials.jobs.length ? "No job has begun to train." : whyNothing(trials);
  },
  caption(trials) {
    const bars = barsOf(trials);
    const end = Math.max(...bars.map(({ to }) => to));
    const several = trials.report.TuningJobs.length > 1;
    const begin = several
      ? "its own tuning job's first job began, one tuning job below the other"
      : "the first job began";
    return `${counted(bars.length, "job")} within ${duration(end)}, up to ${counted(lanesOf(bars), "job")} one above the other; measured from when ${begin}. A bar without filling has no score.`;
  },
  order: (trials) => barsOf(trials).map(({ job }) => job.Name),
  option(scene) {
    const { trials, theme } = scene;
    const bars = barsOf(trials);
    const end = Math.max(...bars.map(({ to }) => to), 1);
    const unit = UNITS.find(({ seconds }) => end >= 2 * seconds) ?? UNITS[3];
    const steps = ticks(0, end / unit.seconds, scene.width / 100).map((at) => at * unit.seconds);
    const lanes = lanesOf(bars);
    return {
      animation: false,
      grid: { ...GRID, bottom: 24 },
      xAxis: {
        ...plainAxis(
          { min: 0, max: end, ticks: steps },
          (at) => String(+(at / unit.seconds).toFixed(2)),
          theme,
        ),
        name: unit.name,
        nameLocation: "middle",
        nameGap: 26,
      },
      yAxis: { type: "value", min: 0, max: lanes, inverse: true, show: false },
      series: [
        {
          type: "custom",
          id: "bars",
          encode: { x: [0, 1], y: 2 },
          data: bars.map(({ job, lane, from, to }) => ({ value: [from, to, lane], job: job.Name })),
          renderItem: drawBar(bars, scene),
        },
      ],
    };
  },
};

/** @param {Bar[]} bars @param {import("./chart.d.ts").Scene} scene */
function drawBar(bars, scene) {
  const { trials, theme, choices } = scene;
  /** @param {{dataIndex: number}} params @param {any} api */
  return ({ dataIndex }, api) => {
    const { job, lane, from, to } = bars[dataIndex];
    const [left, top] = api.coord([from, lane]);
    const [right, bottom] = api.coord([to, lane + 1]);
    const isMarked = job.Name === choices.job;
    const colour = trials.objective.colour(job.Value, theme);
    return {
      type: "rect",
      shape: {
        x: left,
        y: top + 2,
        width: Math.max(right - left - 1, 2),
        height: Math.max(bottom - top - 4, 1),
      },
      style: {
        fill: job.Value === null ? theme.card : colour,
        stroke: isMarked ? theme.text : colour,
        lineWidth: isMarked ? 3 : 1,
        opacity: isMarked ? 1 : opacityOf(job.Name, scene),
      },
      z2: isMarked ? 10 : 1,
    };
  };
}

// @ts-check
/** When each job ran, and what ran beside it. */

import { ticks } from "d3-array";

import { counted, duration } from "../formats.js";
import { whyNothing } from "../trials.js";
import { GRID, plainAxis } from "./axes.js";
import { opacityOf } from "./dots.js";

/** @typedef {import("../trials.js").Trials} Trials */
/** @typedef {import("../report.d.ts").Job} Job */
/** A job in its lane, in seconds since its tuning job's first training job began.
 * @typedef {{job: Job, lane: number, from: number, to: number}} Bar */

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
    const begin = several ? "its own tuning job's first job began, one tuning job below the other" : "the first job began";
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
        ...plainAxis({ min: 0, max: end, ticks: steps }, (at) => String(+(at / unit.seconds).toFixed(2)), theme),
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

/** @type {WeakMap<Trials, Bar[]>} */
const KNOWN = new WeakMap();

/** Each job in the first lane that is free when it begins; a tuning job has lanes of its own.
 * @param {Trials} trials */
function barsOf(trials) {
  let bars = KNOWN.get(trials);
  if (!bars) {
    bars = [];
    for (const { Name } of trials.report.TuningJobs) {
      bars.push(...packed(trials.jobs.filter((job) => job.TuningJob === Name), lanesOf(bars)));
    }
    KNOWN.set(trials, bars);
  }
  return bars;
}

/** @param {Job[]} jobs @param {number} firstLane @returns {Bar[]} */
function packed(jobs, firstLane) {
  const begun = jobs
    .flatMap((job) => (job.Started === null ? [] : [{ job, began: Date.parse(job.Started) / 1000 }]))
    .sort((a, b) => a.began - b.began);
  const zero = begun[0]?.began ?? 0;
  /** @type {number[]} When each lane becomes free. */
  const free = [];
  return begun.map(({ job, began }) => {
    const from = began - zero;
    const to = Math.max(endOf(job) - zero, from);
    const open = free.findIndex((end) => end <= from);
    const lane = open < 0 ? free.length : open;
    free[lane] = to;
    return { job, lane: firstLane + lane, from, to };
  });
}

/** A job that runs has reached now. @param {Job} job */
function endOf({ Ended }) {
  return (Ended === null ? Date.now() : Date.parse(Ended)) / 1000;
}

/** @param {Bar[]} bars */
function lanesOf(bars) {
  return bars.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
}

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
      shape: { x: left, y: top + 2, width: Math.max(right - left - 1, 2), height: Math.max(bottom - top - 4, 1) },
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

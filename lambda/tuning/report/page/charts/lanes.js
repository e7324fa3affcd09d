// @ts-check
/** Jobs that ran at the same time, in lanes one above the other. */

/** @typedef {import("../trials.js").Trials} Trials */
/** @typedef {import("../report.d.ts").Job} Job */
/** A job in its lane, in seconds since its tuning job's first training job began.
 * @typedef {{job: Job, lane: number, from: number, to: number}} Bar */

/** @type {WeakMap<Trials, Bar[]>} */
const KNOWN = new WeakMap();

/** Each job in the first lane that is free when it begins; a tuning job has lanes of its own.
 * @param {Trials} trials */
export function barsOf(trials) {
  let bars = KNOWN.get(trials);
  if (!bars) {
    bars = [];
    for (const { Name } of trials.report.TuningJobs) {
      bars.push(
        ...packed(
          trials.jobs.filter((job) => job.TuningJob === Name),
          lanesOf(bars),
        ),
      );
    }
    KNOWN.set(trials, bars);
  }
  return bars;
}

/** @param {Job[]} jobs @param {number} firstLane @returns {Bar[]} */
function packed(jobs, firstLane) {
  const begun = jobs
    .flatMap((job) =>
      job.Started === null ? [] : [{ job, began: Date.parse(job.Started) / 1000 }],
    )
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
export function lanesOf(bars) {
  return bars.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
}

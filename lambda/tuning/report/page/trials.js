// @ts-check
/** A report as table and charts ask for it. */

import { makeObjective } from "./objective.js";
import { makeScale } from "./scales.js";

/** @typedef {import("./report.d.ts").Job} Job */
/** @typedef {Job & {Value: number}} ScoredJob */
/** @typedef {ReturnType<typeof readTrials>} Trials */

/** @param {import("./report.d.ts").Report} report */
export function readTrials(report) {
  const jobs = report.Jobs;
  // A hyperparameter may have the name of something that every object has, such as constructor.
  jobs.forEach((job) => Object.setPrototypeOf(job.HyperParameters, null));
  const scales = report.Ranges.map((range) => makeScale(range, jobs));
  const scored = jobs.filter(isScored);
  const varied = scales.filter(
    ({ name }) => new Set(scored.map((job) => job.HyperParameters[name])).size > 1,
  );
  return {
    report,
    jobs,
    /** In the order of creation. */
    scored: scored.toSorted((a, b) => a.Number - b.Number),
    unscored: jobs.filter((job) => job.Value === null),
    byName: new Map(jobs.map((job) => [job.Name, job])),
    objective: makeObjective(report),
    scales,
    /** Of hyperparameters of which scored jobs tried at least two values. */
    varied,
    /** Of those, what each scored job has: jobs of several definitions need not have the same. */
    shared: varied.filter(({ name }) => scored.every((job) => name in job.HyperParameters)),
  };
}

/** @param {Job} job @returns {job is ScoredJob} */
export function isScored(job) {
  return job.Value !== null;
}

/** Why no chart of the objective can be drawn; null when it can.
 * @param {Trials} trials */
export function whyNothing({ report, jobs, scored }) {
  if (jobs.length === 0) return "No training job has been started.";
  if (scored.length > 0) return null;
  const failed = jobs.filter((job) => job.Status === "Failed").length;
  if (failed === jobs.length) return "All training jobs failed: there is nothing to draw.";
  return `No training job has a value of ${report.Metric.Name}${report.Live ? " yet" : ""}.`;
}

// @ts-check
/** The columns of the table of training jobs. */

import { duration, hyperparameter, metric, moment } from "./formats.js";

/** @typedef {import("./report.d.ts").Job} Job */
/** `text` is what is shown, `value` what is sorted and filtered by; `kind` tells what it is.
 * @typedef {object} Column
 * @property {string} key
 * @property {string} title
 * @property {"number" | "category" | "text"} kind
 * @property {(job: Job) => number | string | null} value
 * @property {(job: Job) => string} text
 * @property {string[]} [categories]
 * @property {boolean} [isFixed]  Always in view.
 */

/** @type {WeakMap<import("./trials.js").Trials, Column[]>} */
const KNOWN = new WeakMap();

/** Job and objective, which are always in view, then what tells the jobs apart.
 * @param {import("./trials.js").Trials} trials */
export function columnsOf(trials) {
  let columns = KNOWN.get(trials);
  if (!columns) {
    columns = makeColumns(trials);
    KNOWN.set(trials, columns);
  }
  return columns;
}

/** The key of a hyperparameter's column. @param {string} name */
export const keyOf = (name) => `HyperParameters.${name}`;

/** @param {import("./trials.js").Trials} trials @returns {Column[]} */
function makeColumns({ report, jobs, scales }) {
  /** @param {(job: Job) => unknown} has */
  const some = (has) => jobs.some(has);
  /** @type {(Column | null)[]} */
  const columns = [
    { ...words("Job", "Job", (job) => job.Label), isFixed: true },
    { ...numbers("Value", report.Metric.Name, (job) => job.Value, metric), isFixed: true },
    numbers(
      "Rank",
      "Rank",
      (job) => job.Rank,
      (rank) => (rank === null ? "–" : String(rank)),
    ),
    words("Status", "Status", statusOf),
    numbers("Seconds", "Time", (job) => job.Seconds, duration),
    some((job) => job.BillableSeconds !== null)
      ? numbers("BillableSeconds", "Billable", (job) => job.BillableSeconds, duration)
      : null,
    ...scales.map(hyperparameterColumn),
    some((job) => job.Definition !== null)
      ? categories("Definition", "Definition", jobs, (job) => job.Definition)
      : null,
    report.TuningJobs.length > 1
      ? categories("TuningJob", "Tuning job", jobs, (job) => job.TuningJob)
      : null,
    { ...words("Started", "Started", (job) => job.Started), text: (job) => moment(job.Started) },
    some((job) => job.FailureReason !== null)
      ? words("FailureReason", "Reason", (job) => job.FailureReason)
      : null,
  ];
  return columns.filter((column) => column !== null);
}

/** @param {Job} job */
export function statusOf(job) {
  return job.EarlyStopped ? `${job.Status}, early` : job.Status;
}

/** @param {import("./scales.js").Scale} scale @returns {Column} */
function hyperparameterColumn({ name, categories }) {
  /** @param {Job} job */
  const text = (job) => job.HyperParameters[name];
  if (categories) return { ...words(keyOf(name), name, text), kind: "category", categories };
  return {
    key: keyOf(name),
    title: name,
    kind: "number",
    value: (job) => (text(job) === undefined ? null : Number(text(job))),
    text: (job) => hyperparameter(text(job)),
  };
}

/** @param {string} key @param {string} title @param {(job: Job) => string | null | undefined} value
 * @returns {Column} */
function words(key, title, value) {
  return {
    key,
    title,
    kind: "text",
    value: (job) => value(job) ?? null,
    text: (job) => value(job) ?? "",
  };
}

/** Filtered by name. @param {string} key @param {string} title @param {Job[]} jobs
 * @param {(job: Job) => string | null} value @returns {Column} */
function categories(key, title, jobs, value) {
  const found = new Set(jobs.map(value).filter((each) => each !== null));
  return { ...words(key, title, value), kind: "category", categories: [...found].sort() };
}

/** @param {string} key @param {string} title @param {(job: Job) => number | null} value
 * @param {(value: number | null) => string} write @returns {Column} */
function numbers(key, title, value, write) {
  return { key, title, kind: "number", value, text: (job) => write(value(job)) };
}

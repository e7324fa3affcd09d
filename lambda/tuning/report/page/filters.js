// @ts-check
/** Which jobs pass the filters that the reader has set. */

import { columnsOf } from "./columns.js";

/** @typedef {import("./trials.js").Trials} Trials */
/** @typedef {import("./report.d.ts").Job} Job */

/** What the list of statuses offers, in the order of a job's life. */
export const STATUSES = ["InProgress", "Completed", "Stopping", "Stopped", "Failed"];
export const EARLY = "stopped early";

/** Names of the jobs that pass.
 * @param {Trials} trials @param {import("./choices.js").Choices} choices */
export function passing(trials, choices) {
  const columns = columnsOf(trials);
  const text = choices.text.trim().toLowerCase();
  const passed = trials.jobs.filter((job) => {
    if (text && !wordsOf(job).includes(text)) return false;
    if (choices.status && !hasStatus(job, choices.status)) return false;
    return [...choices.values].every(([key, filter]) => {
      const column = columns.find((each) => each.key === key);
      return !column || hasValue(column.value(job), filter);
    });
  });
  return new Set(passed.map((job) => job.Name));
}

/** @param {Job} job @param {string} status */
function hasStatus(job, status) {
  return status === EARLY ? job.EarlyStopped : job.Status === status;
}

/** @param {number | string | null} value @param {import("./choices.js").ValueFilter} filter */
function hasValue(value, { low, high, values }) {
  if (values) return values.has(String(value));
  if (typeof value !== "number") return false;
  return (low === null || value >= low) && (high === null || value <= high);
}

/** @type {WeakMap<Job, string>} */
const WORDS = new WeakMap();

/** All text of a job in lower case: eta=0.1 finds a value. @param {Job} job */
function wordsOf(job) {
  let words = WORDS.get(job);
  if (words === undefined) {
    const tuned = Object.entries(job.HyperParameters).map(([name, value]) => `${name}=${value}`);
    const parts = [job.Label, job.Name, job.Status, job.Definition, job.FailureReason, ...tuned];
    words = parts.filter(Boolean).join("\n").toLowerCase();
    WORDS.set(job, words);
  }
  return words;
}

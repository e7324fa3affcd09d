// @ts-check
/** The order of the table's rows. */

const WORDS = new Intl.Collator("en", { numeric: true });

/** Jobs that lack the value come last in either direction; equal ones stay best first.
 * @param {import("./report.d.ts").Job[]} jobs @param {import("./columns.js").Column} column
 * @param {boolean} descending */
export function sorted(jobs, column, descending) {
  const sign = descending ? -1 : 1;
  return jobs
    .map((job) => ({ job, value: column.value(job), rank: job.Rank ?? Infinity }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        return Number(a.value === null) - Number(b.value === null) || ranked(a, b);
      }
      return sign * compared(a.value, b.value) || ranked(a, b);
    })
    .map(({ job }) => job);
}

/** @param {number | string} a @param {number | string} b */
function compared(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return WORDS.compare(String(a), String(b));
}

/** @param {{rank: number, job: {Number: number}}} a @param {{rank: number, job: {Number: number}}} b */
function ranked(a, b) {
  return a.rank === b.rank ? a.job.Number - b.job.Number : a.rank - b.rank;
}

// @ts-check
/** What a chart says of the thing under the pointer. */

import { element, fill } from "./elements.js";
import { hyperparameter, metric } from "./formats.js";

const MOST_HYPERPARAMETERS = 8;
const GAP = 14;

export class Tooltip {
  node = element("div", { class: "tip", role: "status", hidden: true });

  /** Beside a point of the window, within it. @param {string[]} lines @param {number} x
   * @param {number} y */
  show(lines, x, y) {
    const [first, ...others] = lines;
    fill(
      this.node,
      element("strong", {}, first),
      ...others.map((line) => element("div", {}, line)),
    );
    this.node.hidden = false;
    const { width, height } = this.node.getBoundingClientRect();
    const left = x + GAP + width > innerWidth ? x - GAP - width : x + GAP;
    const top = y + GAP + height > innerHeight ? y - GAP - height : y + GAP;
    this.node.style.left = `${Math.max(left, 0)}px`;
    this.node.style.top = `${Math.max(top, 0)}px`;
  }

  hide() {
    this.node.hidden = true;
  }
}

/** A job's name, its objective and what was tuned.
 * @param {import("./report.d.ts").Job} job @param {import("./trials.js").Trials} trials */
export function aboutJob(job, { objective, scales }) {
  const tuned = scales.filter(({ name }) => name in job.HyperParameters);
  const shown = tuned.slice(0, MOST_HYPERPARAMETERS);
  return [
    job.Label,
    `${objective.name} ${metric(job.Value)}${job.Rank ? `, rank ${job.Rank}` : ""}`,
    ...(job.Status === "Completed" ? [] : [job.EarlyStopped ? "stopped early" : job.Status]),
    ...shown.map(({ name }) => `${name} ${hyperparameter(job.HyperParameters[name])}`),
    ...(tuned.length > shown.length ? [`and ${tuned.length - shown.length} more`] : []),
  ];
}

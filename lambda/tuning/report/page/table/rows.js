// @ts-check
/** A row of the table. */

import { element } from "../elements.js";

/** @typedef {import("../columns.js").Column} Column */
/** @typedef {import("../report.d.ts").Job} Job */
/** @typedef {import("../app.js").App} App */

/** @param {Job} job @param {Column[]} columns @param {App} app */
export function row(job, columns, app) {
  const { trials, choices } = app;
  const isMarked = job.Name === choices.job;
  const classes = [
    job.Name === trials.report.Best ? "best" : "",
    job.Value === null ? "unscored" : "",
    isMarked ? "marked" : "",
  ];
  return element(
    "tr",
    {
      class: classes.filter(Boolean).join(" "),
      "data-job": job.Name,
      "aria-current": isMarked && "true",
    },
    ...columns.map((column) => cell(column, job, app)),
  );
}

/** @param {Column} column @param {Job} job @param {App} app */
function cell(column, job, app) {
  const text = column.text(job);
  if (column.key === "Job") return nameCell(text, job, app);
  const exact = column.value(job);
  const attributes = {
    class: [
      column.kind === "number" ? "number" : "",
      column.isFixed ? `fixed ${column.key}` : "",
      column.key === "FailureReason" ? "reason" : "",
    ]
      .filter(Boolean)
      .join(" "),
    title: exact !== null && String(exact) !== text ? String(exact) : null,
  };
  if (column.key !== "Value") return element("td", attributes, text);
  const colour = element("span", { class: "step" });
  colour.style.background = app.trials.objective.colour(job.Value, app.theme);
  return element("td", attributes, job.Value === null ? null : colour, text);
}

/** @param {string} label @param {Job} job @param {App} app */
function nameCell(label, job, { trials }) {
  const { Best, Deployed } = trials.report;
  const badges = [
    ...(job.Name === Best ? ["best"] : []),
    ...(job.Name === Deployed ? ["deployed"] : []),
  ];
  return element(
    "th",
    { scope: "row", class: "fixed Job", title: job.Name },
    element("button", { type: "button", tabindex: -1 }, label),
    ...badges.map((badge) => element("b", {}, badge)),
  );
}

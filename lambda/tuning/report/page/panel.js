// @ts-check
/** All of the job that is marked: beside the page, on a phone below it. */

import { statusOf } from "./columns.js";
import { copyButton } from "./copy.js";
import { button, element, fill } from "./elements.js";
import { duration, metric, moment } from "./formats.js";
import { sparkline } from "./sparkline.js";

/** @typedef {import("./report.d.ts").Job} Job */
/** @typedef {import("./app.js").App} App */

export class Panel {
  #title = element("h2", { id: "panel-title" });
  #body = element("div", { class: "body" });
  #announcement = element("p", { class: "unseen", "aria-live": "polite" });
  #shown = "";

  /** @param {App} app */
  constructor(app) {
    this.app = app;
    const close = button("Close", () => app.mark(null), { "aria-label": "Close the job" });
    this.#body.tabIndex = 0;
    this.aside = element(
      "aside",
      { class: "panel", "aria-labelledby": "panel-title", hidden: true },
      element("div", { class: "bar" }, this.#title, close),
      this.#body,
    );
    this.node = element("div", {}, this.aside, this.#announcement);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && app.choices.job !== null) app.mark(null);
    });
  }

  update() {
    const { trials, choices } = this.app;
    const job = trials.byName.get(choices.job ?? "") ?? null;
    this.aside.hidden = job === null;
    document.body.classList.toggle("has-panel", job !== null);
    const shown = JSON.stringify(job);
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (job) this.#write(job);
    fill(
      this.#announcement,
      job ? `Marked: ${job.Label}, ${trials.objective.name} ${metric(job.Value)}` : "",
    );
  }

  /** @param {Job} job */
  #write(job) {
    const isAnother = this.#title.textContent !== job.Label;
    fill(this.#title, job.Label);
    fill(
      this.#body,
      facts(job, this.app),
      job.FailureReason === null ? null : element("p", { class: "reason" }, job.FailureReason),
      ...hyperparameters(job),
      ...curve(job, this.app),
      ...log(job),
    );
    if (isAnother) this.#body.scrollTop = 0;
  }
}

/** @param {Job} job @param {App} app */
function facts(job, { trials }) {
  /** @type {[string, string | null][]} */
  const entries = [
    ["Training job", job.Name],
    [trials.objective.name, metric(job.Value)],
    ["Rank", job.Rank === null ? null : `${job.Rank} of ${trials.scored.length}`],
    ["Status", statusOf(job)],
    ["Definition", job.Definition],
    ["Tuning job", trials.report.TuningJobs.length > 1 ? job.TuningJob : null],
    ["Started", moment(job.Started)],
    ["Time", duration(job.Seconds)],
    ["Billable", job.BillableSeconds === null ? null : duration(job.BillableSeconds)],
    ["Model", job.Name === trials.report.Deployed ? "deployed" : null],
  ];
  return list(entries);
}

/** @param {[string, string | null][]} entries */
function list(entries) {
  const known = entries.filter(([, value]) => value !== null);
  return element(
    "dl",
    {},
    ...known.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );
}

/** @param {Job} job */
function hyperparameters(job) {
  const entries = Object.entries(job.HyperParameters);
  if (entries.length === 0) return [];
  return [
    element("h3", {}, "Hyperparameters"),
    list(entries),
    copyButton("Copy as JSON", () => JSON.stringify(job.HyperParameters, null, 2)),
  ];
}

/** @param {Job} job @param {App} app */
function curve(job, { trials, theme }) {
  if (!job.Curve || job.Curve.Points.length < 2) return [];
  const { Metric, Points } = job.Curve;
  const [first, last] = [Points[0], Points[Points.length - 1]];
  const unit = trials.report.Curves.Unit;
  const said = `From ${metric(first[1])} in ${unit} ${first[0]} to ${metric(last[1])} in ${unit} ${last[0]}.`;
  return [
    element("h3", {}, Metric),
    sparkline(Points, theme.accent),
    element("p", { class: "note" }, job.EarlyStopped ? `${said} Stopped early.` : said),
  ];
}

/** @param {Job} job */
function log(job) {
  const { LogUrl, LogCommand } = job;
  const link = LogUrl === null ? null : logLink(LogUrl);
  if (LogCommand === null) return link ? [element("h3", {}, "Log"), link] : [];
  return [
    element("h3", {}, "Log"),
    link,
    element("p", {}, element("code", {}, LogCommand)),
    copyButton("Copy the command", () => LogCommand),
  ];
}

/** In the console, or on the live page, which has a page for it. @param {string} address */
function logLink(address) {
  const isHere = address.startsWith("/");
  if (!isHere && !address.startsWith("https://")) return null;
  const name = isHere ? "Follow the log" : "Log in CloudWatch";
  return element("p", {}, element("a", { href: address, rel: "noreferrer" }, name));
}

// @ts-check
/** One chart a hyperparameter: the objective of each job over the range that was searched. */

import { counted } from "../formats.js";
import { whyNothing } from "../trials.js";
import { GRID, objectiveAxis, scaleAxis } from "./axes.js";
import { dotSeries } from "./dots.js";
import { edgeSentence, heightOf } from "./history.js";

/** @param {import("../trials.js").Trials} trials @returns {import("./chart.d.ts").Chart[]} */
export function slices(trials) {
  return trials.varied.map(({ name }, at) => slice(name, at));
}

/** @param {string} name @param {number} at @returns {import("./chart.d.ts").Chart} */
function slice(name, at) {
  /** @param {import("../trials.js").Trials} trials */
  const dots = (trials) => {
    const scale = scaleOf(name, trials);
    return trials.jobs.flatMap((job) => {
      const x = scale?.position(job.HyperParameters[name]) ?? null;
      return x === null
        ? []
        : [{ job, x: x + spread(job, scale, STEP_ACROSS), y: heightOf(job, trials) }];
    });
  };
  return {
    key: `slice-${at}`,
    title: name,
    isWide: false,
    height: () => 230,
    whyEmpty: whyNothing,
    caption: (trials) => caption(name, trials),
    order: (trials) =>
      dots(trials)
        .sort((a, b) => a.x - b.x)
        .map(({ job }) => job.Name),
    option(scene) {
      const { trials, theme } = scene;
      const scale = /** @type {import("../scales.js").Scale} */ (scaleOf(name, trials));
      return {
        animation: false,
        grid: GRID,
        xAxis: scaleAxis(scale, theme),
        yAxis: objectiveAxis(trials.objective, theme),
        series: dotSeries(dots(trials), scene),
      };
    },
  };
}

/** @param {string} name @param {import("../trials.js").Trials} trials */
export function scaleOf(name, trials) {
  return trials.scales.find((scale) => scale.name === name);
}

// Multiples of these spread evenly between 0 and 1, and over a square when taken together.
export const STEP_ACROSS = 0.754878;
export const STEP_UP = 0.56984;

/** Jobs of one category stand side by side, always at the same place.
 * @param {{Number: number}} job @param {import("../scales.js").Scale | undefined} scale
 * @param {number} step */
export function spread({ Number: number }, scale, step) {
  return scale?.categories ? (((number * step) % 1) - 0.5) * 0.5 : 0;
}

/** @param {string} name @param {import("../trials.js").Trials} trials */
function caption(name, trials) {
  const range = trials.report.Ranges.find((each) => each.Name === name);
  const scaling = { Logarithmic: ", logarithmic", ReverseLogarithmic: ", reverse logarithmic" };
  const kind = scaling[/** @type {keyof typeof scaling} */ (range?.Scaling)] ?? "";
  const values = new Set(trials.scored.map((job) => job.HyperParameters[name])).size;
  const searched =
    range?.Kind === "Categorical"
      ? `${counted(values, "value")} tried.`
      : `Searched from ${range?.Min} to ${range?.Max}${kind}; ${counted(values, "value")} tried.`;
  return [searched, ...edgeSentence(trials.objective)].join(" ");
}

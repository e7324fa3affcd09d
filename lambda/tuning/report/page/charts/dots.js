// @ts-check
/** Jobs as dots, the same in each chart that has them. */

import { group } from "d3-array";

import { translucent } from "../theme.js";

/** @typedef {import("./chart.d.ts").Scene} Scene */
/** @typedef {import("../report.d.ts").Job} Job */
/** @typedef {{job: Job, x: number, y: number}} Dot */

const CROSS = "path://M2,0 L5,3 L8,0 L10,2 L7,5 L10,8 L8,10 L5,7 L2,10 L0,8 L3,5 L0,2 Z";
const FAINT = 0.12;
const MANY = 1000;

export const LEGEND = "A diamond was stopped early.";

/** Dots in the colour of their objective; a cross has no score.
 * @param {Dot[]} dots @param {Scene} scene */
export function dotSeries(dots, scene) {
  const { theme, choices } = scene;
  const isMany = dots.length > MANY;
  const marked = dots.filter(({ job }) => job.Name === choices.job);
  const series = [...group(dots, (dot) => lookOf(dot, scene))].map(([look, alike]) => {
    const [symbol, color, z] = look.split(" ");
    return {
      type: "scatter",
      id: look,
      symbol: symbol === "cross" ? CROSS : symbol,
      symbolSize: isMany ? 5 : 9,
      large: isMany,
      largeThreshold: MANY / 100,
      clip: false,
      z: Number(z),
      emphasis: { disabled: true },
      itemStyle: { color, opacity: 1, borderColor: theme.card, borderWidth: isMany ? 0 : 0.5 },
      data: alike.map(dataOf),
    };
  });
  const ring = { color: "transparent", borderColor: theme.text, borderWidth: 2.5 };
  return [
    ...series,
    {
      type: "scatter",
      id: "marked",
      symbolSize: 18,
      clip: false,
      z: 5,
      itemStyle: ring,
      data: marked.map(dataOf),
    },
  ];
}

/** Symbol, colour and depth, which are all that tells dots apart. @param {Dot} dot @param {Scene} scene */
function lookOf({ job }, { trials, theme, passing }) {
  const colour = trials.objective.colour(job.Value, theme);
  const opacity = passing.has(job.Name) ? 0.9 : FAINT;
  return `${symbolOf(job)} ${translucent(colour, opacity)} ${passing.has(job.Name) ? 3 : 2}`;
}

/** @param {Dot} dot */
const dataOf = ({ job, x, y }) => ({ value: [x, y], job: job.Name });

/** @param {Job} job */
function symbolOf(job) {
  if (job.Value === null) return "cross";
  return job.EarlyStopped ? "diamond" : "circle";
}

/** How visible what belongs to a job is. @param {string} name @param {Scene} scene */
export function opacityOf(name, { passing }) {
  return passing.has(name) ? 0.9 : FAINT;
}

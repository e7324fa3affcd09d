// @ts-check
/** Axes as ECharts wants them, in the page's colours. */

import { number } from "../formats.js";
import { visible } from "../visible.js";

/** @typedef {import("../theme.js").Theme} Theme */

const LONGEST_LABEL = 14;

/** @param {Theme} theme */
function look(theme) {
  return {
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
    axisTick: { show: true, lineStyle: { color: theme.line } },
    splitLine: { show: true, lineStyle: { color: theme.line, opacity: 0.6 } },
    axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true },
    nameTextStyle: { color: theme.quiet, fontSize: 12 },
  };
}

/** An axis with labels at the given places and no others.
 * @param {{min: number, max: number, ticks: number[]}} ends @param {(at: number) => string} label
 * @param {Theme} theme */
export function plainAxis({ min, max, ticks }, label, theme) {
  const style = look(theme);
  return {
    type: "value",
    min,
    max,
    ...style,
    axisTick: { ...style.axisTick, customValues: ticks },
    axisLabel: {
      ...style.axisLabel,
      customValues: ticks,
      /** @param {number} at */
      formatter: (at) => shortened(label(at)),
    },
    splitLine: { ...style.splitLine, show: false },
  };
}

/** @param {import("../objective.js").Objective} objective @param {Theme} theme */
export function objectiveAxis(objective, theme) {
  return {
    ...plainAxis(objective.axis, (at) => number(at), theme),
    splitLine: look(theme).splitLine,
    interval: (objective.axis.ticks[1] ?? 1) - (objective.axis.ticks[0] ?? 0),
  };
}

/** The searched range of a hyperparameter. @param {import("../scales.js").Scale} scale
 * @param {Theme} theme */
export function scaleAxis(scale, theme) {
  return plainAxis(scale, scale.label, theme);
}

/** Both ends of a long text: names often differ in the last signs. @param {string} text */
export function shortened(text) {
  const signs = [...visible(text)];
  if (signs.length <= LONGEST_LABEL) return signs.join("");
  const half = Math.floor((LONGEST_LABEL - 1) / 2);
  return `${signs.slice(0, half).join("")}…${signs.slice(-half).join("")}`;
}

/** Room for the labels of both axes. */
export const GRID = { left: 8, right: 18, top: 14, bottom: 8, outerBoundsMode: "same" };

/** A line across the chart; ECharts would round its place to two digits.
 * @param {{xAxis: number} | {yAxis: number}} place @param {object} lineStyle */
export function straightLine(place, lineStyle) {
  const plain = { silent: true, symbol: "none", label: { show: false }, precision: 20 };
  return { ...plain, data: [place], lineStyle };
}

// @ts-check
/** The axis of a hyperparameter: the range that was searched, in the space that was searched. */

import { ticks } from "d3-array";

import { number } from "./formats.js";

/** Values become positions on a plain axis, so that every kind of chart draws every kind of range.
 * @typedef {object} Scale
 * @property {string} name
 * @property {string[] | null} categories
 * @property {boolean} isInteger
 * @property {number} min  Position of the lower end; of a category, one half before the first.
 * @property {number} max
 * @property {number[]} ticks  Positions with a label, both ends of the range among them.
 * @property {(text: string | undefined) => number | null} position
 * @property {(position: number) => number} value  Of a number.
 * @property {(position: number) => string} label
 */

/** @type {Record<string, {to: (value: number) => number, from: (position: number) => number}>} */
const SPACES = {
  Linear: { to: (value) => value, from: (position) => position },
  Logarithmic: { to: Math.log10, from: (position) => 10 ** position },
  // SageMaker searches log(1 - x), for ranges within 0 and 1.
  ReverseLogarithmic: { to: (value) => -Math.log10(1 - value), from: (at) => 1 - 10 ** -at },
};
// Ticks nearer to an end of the range than this share of it would collide with its label.
const NEAR = 0.13;
const MOST_TICKS = 6;

/** @param {import("./report.d.ts").Range} range @param {import("./report.d.ts").Job[]} jobs
 * @returns {Scale} */
export function makeScale(range, jobs) {
  const tried = jobs.flatMap((job) => job.HyperParameters[range.Name] ?? []);
  return range.Kind === "Categorical" ? categorical(range, tried) : numeric(range, tried);
}

/** @param {import("./report.d.ts").Range} range @param {string[]} tried @returns {Scale} */
function categorical(range, tried) {
  const categories = [...new Set([...(range.Values ?? []), ...tried])];
  return {
    name: range.Name,
    categories,
    isInteger: false,
    min: -0.5,
    max: Math.max(categories.length, 1) - 0.5,
    ticks: categories.map((_, at) => at),
    position: (text) => (text === undefined ? null : categories.indexOf(text)),
    value: (position) => position,
    label: (position) => categories[position] ?? "",
  };
}

/** Jobs of earlier tuning jobs may lie outside the range of the last one: the axis reaches them.
 * @param {import("./report.d.ts").Range} range @param {string[]} tried @returns {Scale} */
function numeric(range, tried) {
  const isInteger = range.Kind === "Integer";
  const values = tried.map(Number).filter(Number.isFinite);
  const low = range.Min ?? least([0, ...values]);
  const high = range.Max ?? most([0, ...values]);
  const space = spaceOf(range.Scaling, [low, high, ...values]);
  const ends = [low, high].map(space.to);
  const positions = [...ends, ...values.map(space.to)];
  const [min, max] = padded(least(positions), most(positions));
  return {
    name: range.Name,
    categories: null,
    isInteger,
    min,
    max,
    ticks: ticksOf(low, high, space, isInteger),
    position: (text) => finite(space.to(text === undefined ? NaN : Number(text))),
    value: space.from,
    label: (position) => label(space.from(position), space, isInteger),
  };
}

/** A space in which some value has no place is no space of these values: they are drawn as they are.
 * @param {string | null} scaling @param {number[]} values */
function spaceOf(scaling, values) {
  const space = SPACES[scaling ?? "Linear"] ?? SPACES.Linear;
  return values.every((value) => Number.isFinite(space.to(value))) ? space : SPACES.Linear;
}

/** Near 1 the reversed axis needs more digits: 0.9999. @param {number} value
 * @param {typeof SPACES.Linear} space @param {boolean} isInteger */
function label(value, space, isInteger) {
  if (isInteger) return String(Math.round(value));
  return number(value, space === SPACES.ReverseLogarithmic ? Math.ceil(space.to(value)) + 2 : 3);
}

/** Both ends, and round values between them that keep their distance.
 * @param {number} low @param {number} high @param {typeof SPACES.Linear} space
 * @param {boolean} isInteger */
function ticksOf(low, high, space, isInteger) {
  const [first, last] = [space.to(low), space.to(high)];
  if (!(last > first)) return [first];
  const near = NEAR * (last - first);
  const inner = roundValues(low, high, space)
    .filter((value) => !isInteger || Number.isInteger(value))
    .map(space.to)
    .filter((at) => at > first + near && at < last - near);
  return [first, ...thinned(inner), last];
}

/** @param {number} low @param {number} high @param {typeof SPACES.Linear} space */
function roundValues(low, high, space) {
  if (space === SPACES.Linear) return ticks(low, high, MOST_TICKS - 1);
  const decades = [];
  const [first, last] = [Math.floor(space.to(low)), Math.ceil(space.to(high))];
  const steps = last - first > 3 ? [1] : [1, 2, 5];
  for (let power = first; power <= last; power += 1) {
    for (const step of steps) decades.push(roundValue(power, step, space));
  }
  return decades.sort((a, b) => a - b);
}

/** 1, 2 or 5 of a decade; on the reversed axis its distance from 1: 0.9, 0.95, 0.99.
 * @param {number} power @param {number} step @param {typeof SPACES.Linear} space */
function roundValue(power, step, space) {
  const size = space === SPACES.Logarithmic ? power : -power;
  const value = Number(`${step}e${size}`);
  return space === SPACES.Logarithmic ? value : 1 - value;
}

/** @param {number[]} positions */
function thinned(positions) {
  const every = Math.ceil(positions.length / (MOST_TICKS - 2));
  return positions.filter((_, at) => at % every === 0);
}

/** A little room, so that jobs at the ends are seen whole. @param {number} low @param {number} high */
function padded(low, high) {
  const room = high > low ? (high - low) * 0.03 : 0.5;
  return [low - room, high + room];
}

/** @param {number} value */
const finite = (value) => (Number.isFinite(value) ? value : null);
/** @param {number[]} values */
const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
/** @param {number[]} values */
const most = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);

// @ts-check
/** The objective over two hyperparameters, which the reader chooses. */

import { contours } from "d3-contour";
import { ticks } from "d3-array";

import { element } from "../elements.js";
import { between } from "../theme.js";
import { whyNothing } from "../trials.js";
import { GRID, scaleAxis, shortened } from "./axes.js";
import { dotSeries } from "./dots.js";
import { spread, STEP_ACROSS, STEP_UP } from "./slices.js";
import { GRID_SIZE, surface } from "./surface.js";

/** @typedef {import("../trials.js").Trials} Trials */
/** @typedef {import("../choices.js").Choices} Choices */
/** @typedef {import("../scales.js").Scale} Scale */

/** @type {import("./chart.d.ts").Chart} */
export const contour = {
  key: "contour",
  title: "Two hyperparameters together",
  isWide: true,
  height: () => 420,
  whyEmpty: (trials) =>
    whyNothing(trials) ??
    (trials.varied.length < 2 ? "Fewer than two hyperparameters were varied." : null),
  caption: (trials, choices) => {
    const [x, y] = pairOf(trials, choices);
    const bands = isSurface(x, y)
      ? "Bands estimate it from the jobs nearby; where none was near there is no band."
      : "There are no bands between categories.";
    return `${trials.objective.name} over ${x.name} (across) and ${y.name} (up), a dot a job. ${bands}`;
  },
  order: ({ scored }) => scored.map((job) => job.Name),
  controls(trials, choices) {
    if (trials.varied.length < 2) return null;
    const [x, y] = pairOf(trials, choices);
    return element(
      "div",
      { class: "controls" },
      chooser("Across", x.name, y.name, trials, (name) =>
        choices.change({ pair: [name, pairOf(trials, choices)[1].name] }),
      ),
      chooser("Up", y.name, x.name, trials, (name) =>
        choices.change({ pair: [pairOf(trials, choices)[0].name, name] }),
      ),
    );
  },
  option(scene) {
    const { trials, choices, theme } = scene;
    const [x, y] = pairOf(trials, choices);
    const dots = trials.jobs.flatMap((job) => {
      const at = x.position(job.HyperParameters[x.name]);
      const up = y.position(job.HyperParameters[y.name]);
      return at === null || up === null
        ? []
        : [{ job, x: at + spread(job, x, STEP_ACROSS), y: up + spread(job, y, STEP_UP) }];
    });
    return {
      animation: false,
      grid: { ...GRID, top: 30 },
      xAxis: {
        ...scaleAxis(x, theme),
        name: shortened(x.name),
        nameLocation: "middle",
        nameGap: 26,
      },
      yAxis: {
        ...scaleAxis(y, theme),
        name: shortened(y.name),
        nameTextStyle: { align: "left", color: theme.quiet },
      },
      series: [...(isSurface(x, y) ? [bands(dots, x, y, scene)] : []), ...dotSeries(dots, scene)],
    };
  },
};

/** What the reader chose, or what the report proposes, as far as both were varied.
 * @param {Trials} trials @param {Choices} choices @returns {[Scale, Scale]} */
export function pairOf(trials, choices) {
  const { varied, shared, report } = trials;
  for (const pair of [choices.pair, report.Pair]) {
    const [x, y] = (pair ?? []).map((name) => varied.find((scale) => scale.name === name));
    if (x && y) return [x, y];
  }
  const [x, y] = shared.length > 1 ? shared : varied;
  return [x, y];
}

/** @param {Scale} x @param {Scale} y */
const isSurface = (x, y) => !x.categories && !y.categories;

/** @param {string} label @param {string} chosen @param {string} taken @param {Trials} trials
 * @param {(name: string) => void} choose */
function chooser(label, chosen, taken, trials, choose) {
  const options = trials.varied.map(({ name }) =>
    element("option", { value: name, selected: name === chosen, disabled: name === taken }, name),
  );
  const select = element("select", {}, ...options);
  const names = trials.varied.map(({ name }) => name);
  select.addEventListener("change", () => choose(names[select.selectedIndex]));
  return element("label", {}, `${label} `, select);
}

/** @param {import("./dots.js").Dot[]} dots @param {Scale} x @param {Scale} y
 * @param {import("./chart.d.ts").Scene} scene */
function bands(dots, x, y, { trials, theme }) {
  const heights = surface(dots, x, y, trials.objective);
  const known = heights.filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const levels = [low, ...ticks(low, high, 9).filter((level) => level > low)];
  const shapes = contours().size([GRID_SIZE, GRID_SIZE]).thresholds(levels)(heights);
  return {
    type: "custom",
    id: "bands",
    silent: true,
    clip: true,
    z: 1,
    data: shapes.map(({ value }) => [x.min, y.min, value]),
    /** @param {{dataIndex: number}} params @param {any} api */
    renderItem({ dataIndex }, api) {
      const [left, bottom] = api.coord([x.min, y.min]);
      const [right, top] = api.coord([x.max, y.max]);
      const next = levels[dataIndex + 1] ?? high;
      const middle = (levels[dataIndex] + next) / 2;
      /** @param {number[]} point */
      const place = ([column, row]) =>
        `${left + (column / GRID_SIZE) * (right - left)},${bottom + (row / GRID_SIZE) * (top - bottom)}`;
      return {
        type: "path",
        shape: { pathData: pathOf(shapes[dataIndex].coordinates, place) },
        style: {
          fill: between(theme.card, trials.objective.colour(middle, theme), 0.5),
          stroke: theme.card,
          lineWidth: 1,
        },
      };
    },
  };
}

/** @param {number[][][][]} polygons @param {(point: number[]) => string} place */
function pathOf(polygons, place) {
  return polygons
    .flat()
    .map((ring) => `M${ring.map(place).join("L")}Z`)
    .join("");
}

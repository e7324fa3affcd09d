// @ts-check
/** How much of the objective each hyperparameter explains, as two evaluators estimate it. */

import { element } from "../elements.js";
import { whyNothing } from "../trials.js";
import { GRID, plainAxis, shortened } from "./axes.js";

/** @typedef {import("../trials.js").Trials} Trials */
/** @typedef {import("../choices.js").Choices} Choices */

const ROW = 34;

/** @type {import("./chart.d.ts").Chart} */
export const importance = {
  key: "importance",
  title: "What mattered",
  isWide: false,
  height: ({ report }) =>
    60 + ROW * Math.max(...report.Importance.map(({ Shares }) => Shares.length), 3),
  whyEmpty: (trials) => {
    if (trials.report.Importance.length) return null;
    return (
      whyNothing(trials) ?? trials.report.ImportanceNote ?? "The trials cannot tell what mattered."
    );
  },
  caption(trials, choices) {
    const { Evaluator, Shares } = chosen(trials, choices);
    const [first] = Shares.toSorted((a, b) => b.Share - a.Share);
    const sure = Shares.some(({ Low }) => Low !== null)
      ? " A line is where it lies in 90\u00a0% of resampled trials."
      : "";
    return `Share of the differences in ${trials.objective.name} that each hyperparameter explains, by ${Evaluator}; ${first?.Name} the most, ${percent(first?.Share ?? 0)}.${sure}`;
  },
  order: () => [],
  controls(trials, choices) {
    const names = trials.report.Importance.map(({ Evaluator }) => Evaluator);
    if (names.length < 2) return null;
    const { Evaluator } = chosen(trials, choices);
    const options = names.map((name) =>
      element("option", { value: name, selected: name === Evaluator }, name),
    );
    const select = element("select", {}, ...options);
    select.addEventListener("change", () => choices.change({ evaluator: select.selectedIndex }));
    return element("div", { class: "controls" }, element("label", {}, "By ", select));
  },
  option({ trials, choices, theme }) {
    const shares = chosen(trials, choices).Shares.toSorted((a, b) => a.Share - b.Share);
    const most = Math.max(...shares.map(({ Share, High }) => Math.max(Share, High ?? 0)), 0.1);
    const end = Math.ceil(most * 10) / 10;
    const ticks = [0, end / 2, end];
    return {
      animation: false,
      grid: GRID,
      xAxis: plainAxis({ min: 0, max: end, ticks }, percent, theme),
      yAxis: plainAxis(
        { min: -0.5, max: shares.length - 0.5, ticks: shares.map((_, at) => at) },
        (at) => shortened(shares[at]?.Name ?? ""),
        theme,
      ),
      series: [
        {
          type: "custom",
          id: "shares",
          data: shares.map((share, at) => ({ value: [share.Share, at], about: aboutShare(share) })),
          renderItem: drawShare(shares, theme),
        },
      ],
    };
  },
};

/** @typedef {import("../report.d.ts").Importance["Shares"][number]} Share */

/** @param {Trials} trials @param {Choices} choices */
function chosen({ report }, { evaluator }) {
  return report.Importance[evaluator] ?? report.Importance[0];
}

/** A bar, and a line from the low to the high end of what is sure.
 * @param {Share[]} shares @param {import("../theme.js").Theme} theme */
function drawShare(shares, theme) {
  /** @param {{dataIndex: number}} params @param {any} api */
  return ({ dataIndex }, api) => {
    const { Share, Low, High } = shares[dataIndex];
    const [left, middle] = api.coord([0, dataIndex]);
    const [right] = api.coord([Share, dataIndex]);
    const height = Math.min(api.size([0, 1])[1] * 0.55, 18);
    const bar = {
      type: "rect",
      shape: { x: left, y: middle - height / 2, width: Math.max(right - left, 1), height },
      style: { fill: theme.accent },
    };
    if (Low === null || High === null) return { type: "group", children: [bar] };
    const [from, to] = [api.coord([Low, dataIndex])[0], api.coord([High, dataIndex])[0]];
    const lines = [
      [from, middle, to, middle],
      [from, middle - 4, from, middle + 4],
      [to, middle - 4, to, middle + 4],
    ].map(([x1, y1, x2, y2]) => ({
      type: "line",
      shape: { x1, y1, x2, y2 },
      style: { stroke: theme.text, lineWidth: 1.5 },
    }));
    return { type: "group", children: [bar, ...lines] };
  };
}

/** @param {Share} share */
function aboutShare({ Name, Share, Low, High }) {
  const range =
    Low === null || High === null
      ? []
      : [`${percent(Low)} to ${percent(High)} in 90 % of resampled trials`];
  return [Name, `explains ${percent(Share)}`, ...range];
}

/** @param {number} share */
const percent = (share) => `${Math.round(share * 100)}\u00a0%`;

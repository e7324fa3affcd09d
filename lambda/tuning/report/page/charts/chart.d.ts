import type { ECharts, EChartsCoreOption } from "echarts/core";
import type { Choices } from "../choices.js";
import type { Theme } from "../theme.js";
import type { Trials } from "../trials.js";

/** What a chart is drawn from. */
export interface Scene {
  trials: Trials;
  choices: Choices;
  /** Names of the jobs that pass the filters; the others are drawn faintly. */
  passing: Set<string>;
  theme: Theme;
  /** Width in pixels. */
  width: number;
}

export interface Chart {
  /** Names the chart in the page: its element's id is `chart-KEY`. */
  key: string;
  title: string;
  isWide: boolean;
  /** Height and least width in pixels; a narrower page scrolls. */
  height(trials: Trials): number;
  leastWidth?(trials: Trials): number;
  /** Why there is nothing to draw; null when there is. */
  whyEmpty(trials: Trials): string | null;
  /** What the chart shows, for everybody and above all for who cannot see it. */
  caption(trials: Trials, choices: Choices): string;
  option(scene: Scene): EChartsCoreOption;
  /** Names of its jobs in the order in which the arrow keys go. */
  order(trials: Trials): string[];
  /** Lists or buttons above the chart. */
  controls?(trials: Trials, choices: Choices): HTMLElement | null;
  /** Once, when the chart is made. */
  connect?(drawn: ECharts, scene: () => Scene): void;
  /** After each drawing. */
  drawn?(drawn: ECharts, scene: Scene): void;
}

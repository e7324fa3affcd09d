// Bars on stdin as JSON, SVG on stdout: how much of its limit each figure takes.
import { readFileSync } from "node:fs";
import * as echarts from "echarts";

const GREEN = "#2e7d32";
const RED = "#c62828";
const ROW = 26;

/** @type {{ name: string, share: number, met: boolean, label: string }[]} */
const bars = JSON.parse(readFileSync(0, "utf8"));
const chart = echarts.init(null, null, {
  renderer: "svg",
  ssr: true,
  width: 900,
  height: 60 + ROW * bars.length,
});
chart.setOption({
  animation: false,
  backgroundColor: "#fff",
  grid: { left: 430, right: 110, top: 34, bottom: 8 },
  xAxis: {
    type: "value",
    position: "top",
    min: 0,
    max: Math.max(1.25, ...bars.map((bar) => Math.min(bar.share, 2.5))),
    axisLabel: { formatter: (/** @type {number} */ share) => `${Math.round(share * 100)} %` },
  },
  yAxis: {
    type: "category",
    inverse: true,
    data: bars.map((bar) => bar.name),
    axisLabel: { width: 415, overflow: "truncate", color: "#222" },
    axisTick: { show: false },
  },
  series: [
    {
      type: "bar",
      barWidth: 14,
      data: bars.map((bar) => ({
        value: Math.min(bar.share, 2.5),
        itemStyle: { color: bar.met ? GREEN : RED },
        label: { show: true, position: "right", formatter: bar.label, color: "#222" },
      })),
      markLine: {
        symbol: "none",
        silent: true,
        label: { show: false },
        lineStyle: { color: "#222", type: "dashed" },
        data: [{ xAxis: 1 }],
      },
    },
  ],
});
// ECharts leaves a timer behind, with which the process would go on.
process.stdout.write(chart.renderToSVGString(), () => process.exit());

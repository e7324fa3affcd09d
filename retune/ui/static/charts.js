// The report's own charts and table, which get a newer document while the tuning job runs.
import { follow } from "./live.js";

const charts = document.getElementById("charts");

follow(
  () => charts.dataset.report,
  (text) => {
    const report = JSON.parse(text); // null before there is a tuning job
    if (report) window.retune.show(report);
  },
);

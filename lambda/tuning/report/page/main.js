// @ts-check
/** Finds the report's data in the page and shows it; `retune.show` shows a newer document. */

import { App } from "./app.js";
import { offerCopies } from "./copy.js";

/** @type {App | null} */
let app = null;

/** @param {import("./report.d.ts").Report} report */
function show(report) {
  const place = document.querySelector("#trials");
  if (!place) throw new Error("The page has no element with the id trials.");
  if (app) app.show(report);
  else app = new App(place, report);
}

window.retune = { show };
offerCopies();

const data = document.querySelector("#report-data");
if (data) show(JSON.parse(data.textContent ?? ""));

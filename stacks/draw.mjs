// Graphviz's language on stdin, SVG on stdout.
import { readFileSync } from "node:fs";
import { instance } from "@viz-js/viz";

const viz = await instance();
process.stdout.write(viz.renderString(readFileSync(0, "utf8"), { format: "svg" }));

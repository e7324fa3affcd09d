// @ts-check
/** A small curve without axes. */

const WIDTH = 260;
const HEIGHT = 70;
const EDGE = 3;

/** @param {[number, number][]} points @param {string} colour */
export function sparkline(points, colour) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const across = position(Math.min(...xs), Math.max(...xs), WIDTH);
  const up = position(Math.min(...ys), Math.max(...ys), HEIGHT);
  const line = points.map(([x, y]) => `${across(x)},${HEIGHT - up(y)}`).join(" ");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("aria-hidden", "true");
  const polyline = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  polyline.setAttribute("points", line);
  polyline.setAttribute("fill", "none");
  polyline.setAttribute("stroke", colour);
  polyline.setAttribute("stroke-width", "2");
  svg.append(polyline);
  return svg;
}

/** @param {number} low @param {number} high @param {number} size */
function position(low, high, size) {
  const room = size - 2 * EDGE;
  return (/** @type {number} */ value) =>
    EDGE + (high > low ? ((value - low) / (high - low)) * room : room / 2);
}

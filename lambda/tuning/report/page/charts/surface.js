// @ts-check
/** The objective between the jobs: at each point the mean of the jobs, the near ones foremost. */

export const GRID_SIZE = 48;

// Of a Gaussian kernel, in parts of the axis, for one job; it narrows as jobs become many (Scott).
const WIDTH = 0.2;
// Where all jobs together weigh less, none is within about two widths: nothing is known there.
const LEAST_WEIGHT = 0.12;
// More tell no more at this resolution.
const MOST_JOBS = 2000;

/** Row by row from the lower end of `y`; not a number where no job is near.
 * @param {import("./dots.js").Dot[]} dots @param {import("../scales.js").Scale} x
 * @param {import("../scales.js").Scale} y @param {import("../objective.js").Objective} objective */
export function surface(dots, x, y, objective) {
  const scored = dots.filter(({ job }) => job.Value !== null);
  const every = Math.ceil(scored.length / MOST_JOBS);
  const points = scored
    .filter((_, at) => at % every === 0)
    .map((dot) => ({
      across: (dot.x - x.min) / (x.max - x.min),
      up: (dot.y - y.min) / (y.max - y.min),
      value: objective.drawn(dot.job.Value ?? 0),
    }));
  const width = WIDTH * points.length ** (-1 / 6);
  return Array.from({ length: GRID_SIZE ** 2 }, (_, cell) => {
    const across = ((cell % GRID_SIZE) + 0.5) / GRID_SIZE;
    const up = (Math.floor(cell / GRID_SIZE) + 0.5) / GRID_SIZE;
    let [weights, sum] = [0, 0];
    for (const point of points) {
      const distance = (point.across - across) ** 2 + (point.up - up) ** 2;
      const weight = Math.exp(-distance / (2 * width ** 2));
      weights += weight;
      sum += weight * point.value;
    }
    return weights < LEAST_WEIGHT ? NaN : sum / weights;
  });
}

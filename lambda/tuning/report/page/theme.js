// @ts-check
/** The page's colours, which page.css gives for light, dark and paper, handed to the charts. */

/** @typedef {ReturnType<typeof readTheme>} Theme */

export function readTheme() {
  const style = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour("text"),
    quiet: colour("quiet"),
    line: colour("line"),
    card: colour("card"),
    accent: colour("accent"),
    poor: colour("poor"),
    good: colour("good"),
  };
}

/** A colour between two, each as #rrggbb. @param {string} from @param {string} to
 * @param {number} share */
export function between(from, to, share) {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((colour) => parseInt(colour.slice(at, at + 2), 16));
    return hexadecimal(a + (b - a) * share);
  });
  return `#${parts.join("")}`;
}

/** @param {string} colour As #rrggbb. @param {number} opacity */
export function translucent(colour, opacity) {
  return colour + hexadecimal(opacity * 255);
}

/** @param {number} part From 0 to 255. */
function hexadecimal(part) {
  return Math.round(part).toString(16).padStart(2, "0");
}

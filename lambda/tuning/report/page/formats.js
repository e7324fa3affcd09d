// @ts-check
/** Numbers and times as people read them. */

const METRIC_DIGITS = 5;

/** Some significant digits, an exponent only where zeros would be hard to count.
 * @param {number} value @param {number} [digits] */
export function number(value, digits = 4) {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size >= 1e15 || (size < 1e-6 && size > 0)) return rounded.toExponential();
  return rounded.toLocaleString("en", { useGrouping: false, maximumSignificantDigits: digits });
}

/** An objective's value with five digits, also when they are zeros, so that a column of them is
 * aligned; a dash where there is none. @param {number | null} value */
export function metric(value) {
  if (value === null) return "–";
  if (Math.abs(value) >= 10_000 || (Math.abs(value) < 1e-6 && value !== 0)) return number(value, 5);
  return value.toLocaleString("en", {
    useGrouping: false,
    minimumSignificantDigits: METRIC_DIGITS,
    maximumSignificantDigits: METRIC_DIGITS,
  });
}

/** A hyperparameter's value; text that is no number stays as it is.
 * @param {string | undefined} text */
export function hyperparameter(text) {
  if (text === undefined) return "";
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? text : number(value);
}

/** The two largest units: 45 s, 12 min 5 s, 3 h 20 min.
 * @param {number | null} seconds */
export function duration(seconds) {
  if (seconds === null) return "–";
  const whole = Math.round(seconds);
  const [days, hours] = [Math.floor(whole / 86400), Math.floor((whole % 86400) / 3600)];
  const [minutes, rest] = [Math.floor((whole % 3600) / 60), whole % 60];
  if (days) return `${days} d ${hours} h`;
  if (hours) return `${hours} h ${minutes} min`;
  if (minutes) return rest ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}

/** A time of ISO 8601 with its zone, to the second.
 * @param {string | null} time */
export function moment(time) {
  if (time === null) return "–";
  return time
    .replace("T", " ")
    .replace(/\.\d+/, "")
    .replace(/(\+00:00|Z)$/, " UTC");
}

/** @param {number} count @param {string} noun */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

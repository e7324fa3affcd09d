// @ts-check
/** What the reader has chosen: a job, an order, filters. It stays when a newer document is shown. */

/** Numbers from `low` to `high`, or some of the values of a category.
 * @typedef {{low: number | null, high: number | null, values: Set<string> | null}} ValueFilter */

export class Choices {
  /** @type {string | null} Name of the job that is marked everywhere. */
  job = null;
  text = "";
  status = "";
  /** @type {Map<string, ValueFilter>} By a column's key. */
  values = new Map();
  sort = { column: "Rank", descending: false };
  /** @type {Set<string>} Keys of the columns that are hidden. */
  hidden = new Set();
  page = 0;
  /** @type {[string, string] | null} Hyperparameters of the contour. */
  pair = null;
  evaluator = 0;

  /** @type {((changed: string[]) => void)[]} */
  #listeners = [];

  /** @param {(changed: string[]) => void} listener Is told what has changed, by name. */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Partial<Choices>} part */
  change(part) {
    Object.assign(this, part);
    this.#listeners.forEach((listener) => listener(Object.keys(part)));
  }

  /** Only jobs with such a value; null lifts the filter.
   * @param {string} column
   * @param {ValueFilter | null} filter */
  filter(column, filter) {
    const values = new Map(this.values);
    if (filter) values.set(column, filter);
    else values.delete(column);
    this.change({ values, page: 0 });
  }

  get isFiltering() {
    return this.text !== "" || this.status !== "" || this.values.size > 0;
  }

  liftFilters() {
    this.change({ text: "", status: "", values: new Map(), page: 0 });
  }
}

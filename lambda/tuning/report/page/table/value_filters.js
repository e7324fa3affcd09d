// @ts-check
/** Filters by value: numbers from and to, categories by name. A brushed chart sets the same. */

import { columnsOf } from "../columns.js";
import { element, fill } from "../elements.js";
import { number } from "../formats.js";

/** @typedef {import("../columns.js").Column} Column */
/** @typedef {import("../choices.js").ValueFilter} ValueFilter */

export class ValueFilters {
  #fields = element("div", { class: "boxes" });
  #summary = element("summary");
  #keys = "";
  /** @type {((filters: Map<string, ValueFilter>) => void)[]} */
  #writers = [];

  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
    this.node = element("details", {}, this.#summary, this.#fields);
  }

  update() {
    const { trials, choices } = this.app;
    const columns = columnsOf(trials).filter(({ kind }) => kind !== "text");
    const keys = columns
      .map(({ key, categories }) => [key, ...(categories ?? [])].join())
      .join("\n");
    if (keys !== this.#keys) {
      this.#keys = keys;
      this.#writers = [];
      fill(this.#fields, ...columns.map((column) => this.#field(column)));
    }
    const count = choices.values.size;
    fill(this.#summary, count ? `Filter by value (${count})` : "Filter by value");
    this.#writers.forEach((write) => write(choices.values));
  }

  /** @param {Column} column */
  #field(column) {
    const inputs = column.categories ? this.#boxes(column, column.categories) : this.#ends(column);
    return element("fieldset", {}, element("legend", {}, column.title), ...inputs);
  }

  /** @param {Column} column */
  #ends({ key, title }) {
    const [low, high] = ["from", "to"].map((end) =>
      element("input", {
        type: "text",
        inputmode: "decimal",
        size: 7,
        "aria-label": `${title} ${end}`,
        placeholder: end,
      }),
    );
    const read = () => {
      const [from, to] = [low, high].map(numberOf);
      const isFree = from === null && to === null;
      this.app.choices.filter(key, isFree ? null : { low: from, high: to, values: null });
    };
    [low, high].forEach((input) => input.addEventListener("change", read));
    this.#writers.push((filters) => {
      const filter = filters.get(key);
      write(low, filter?.low ?? null);
      write(high, filter?.high ?? null);
    });
    return [low, " ", high];
  }

  /** @param {Column} column @param {string[]} categories */
  #boxes({ key }, categories) {
    const boxes = categories.map(() => element("input", { type: "checkbox" }));
    const read = () => {
      const values = new Set(categories.filter((_, at) => boxes[at].checked));
      const isFree = values.size === categories.length;
      this.app.choices.filter(key, isFree ? null : { low: null, high: null, values });
    };
    boxes.forEach((box) => box.addEventListener("change", read));
    this.#writers.push((filters) => {
      const values = filters.get(key)?.values;
      categories.forEach((category, at) => (boxes[at].checked = values?.has(category) ?? true));
    });
    return categories.map((category, at) => element("label", {}, boxes[at], ` ${category} `));
  }
}

/** What the reader typed; null for nothing, and for what is no number, which is marked as such.
 * @param {HTMLInputElement} input */
function numberOf(input) {
  const text = input.value.trim().replace(",", ".");
  const value = Number(text);
  input.setAttribute("aria-invalid", String(!Number.isFinite(value)));
  return text === "" || !Number.isFinite(value) ? null : value;
}

/** Not while somebody types there. @param {HTMLInputElement} input @param {number | null} value */
function write(input, value) {
  if (input === document.activeElement) return;
  if (value === null && input.getAttribute("aria-invalid") === "true") return;
  if (value !== null && numberOf(input) === value) return;
  input.value = value === null ? "" : number(value);
}

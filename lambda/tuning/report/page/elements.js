// @ts-check
/** The one place where text becomes elements: always as text, never as markup. */

import { visible } from "./visible.js";

/** An element with attributes and children. An attribute that is null or false is left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | null>} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]} */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    made.setAttribute(name, value === true ? "" : visible(String(value)));
  }
  made.append(...texts(children));
  return made;
}

/** @param {Element} parent @param {...(Node | string | null)} children */
export function fill(parent, ...children) {
  parent.replaceChildren(...texts(children));
}

/** @param {(Node | string | null)[]} children */
function texts(children) {
  return children
    .filter((child) => child !== null)
    .map((child) => (typeof child === "string" ? visible(child) : child));
}

/** @param {string} text @param {() => void} act @param {Record<string, string>} [attributes] */
export function button(text, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

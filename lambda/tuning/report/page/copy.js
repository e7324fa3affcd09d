// @ts-check
/** Buttons that copy text. */

import { button, element, fill } from "./elements.js";

/** @param {string} label @param {() => string} text */
export function copyButton(label, text) {
  const made = button(label, async () => {
    try {
      await navigator.clipboard.writeText(text());
      fill(made, "Copied");
    } catch {
      showToCopy(made, text());
    }
  });
  return made;
}

/** Where the browser does not let a page write the clipboard, the text is selected.
 * @param {HTMLElement} beside @param {string} text */
function showToCopy(beside, text) {
  const area = element("textarea", { readonly: true, rows: 6, "aria-label": "To copy" });
  area.value = text;
  beside.replaceWith(area);
  area.select();
}

/** A button below each text of the page that is there to be copied. */
export function offerCopies() {
  for (const text of document.querySelectorAll("pre.copied")) {
    text.after(copyButton("Copy", () => text.textContent ?? ""));
  }
}

// @ts-check
/** As tuning/visible.py: a character without a picture of its own is written out, not obeyed. */

const WITHOUT_A_PICTURE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** @param {string} text */
export function visible(text) {
  return text.replace(WITHOUT_A_PICTURE, (character) => {
    const code = /** @type {number} */ (character.codePointAt(0));
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
    return code < 0x10000
      ? `\\u${code.toString(16).padStart(4, "0")}`
      : `\\U${code.toString(16).padStart(8, "0")}`;
  });
}

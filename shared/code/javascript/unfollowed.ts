/** What a file holds that nobody here follows, told by words that only that has. */

/** How webpack names modules that it leaves as texts for `eval` (devtool "eval", the default of its development mode). */
const markOfEval = "//# sourceURL=webpack";

/** Why a file is code only as texts; undefined: it is not. */
export function codeInTexts(text: string): string | undefined {
  return text.includes(markOfEval) ? "its modules are texts for eval (webpack's development mode)" : undefined;
}

/** What a file holds that nobody here follows, told by words that only that has: the list of calls is then not whole, and says so. */
import type { UnresolvedCall } from "../../model/code.ts";

/** A setting that only version 2 of the SDK reads, in its HTTP handler for Node. */
const markOfV2 = "AWS_NODEJS_CONNECTION_REUSE_ENABLED";
/** How webpack names modules that it leaves as texts for `eval` (devtool "eval", the default of its development mode). */
const markOfEval = "//# sourceURL=webpack";

/** Calls through an SDK of version 2 that was bundled in: its clients are made at run time, from tables. */
export function callsOfBundledV2(path: string, text: string): UnresolvedCall[] {
  return text.includes(markOfV2) ? [{ what: "what is called through version 2 of the SDK that is bundled in", at: `${path}:1` }] : [];
}

/** Why a file is code only as texts; undefined: it is not. */
export function codeInTexts(text: string): string | undefined {
  return text.includes(markOfEval) ? "its modules are texts for eval (webpack's development mode)" : undefined;
}

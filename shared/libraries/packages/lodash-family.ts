/**
 * lodash, its parts that are published by themselves (`lodash.merge`), and lodash-es are one source. The whole is told by what only it has: it can
 * make another lodash of itself. Where it is there, a part of it cannot be told from it. Pure.
 */
import { featureOfName } from "./code-features.ts";

const makesAnother = featureOfName("runInContext");
/** Others have members of that name, too (node:vm); these are the next ones of lodash since 3.0. */
const besides = [featureOfName("snakeCase"), featureOfName("sortedIndex")];
const window = 24;

/** Whether the code of lodash as a whole stands in a text of those features. */
export function isLodash(hashes: Uint32Array): boolean {
  for (let at = hashes.indexOf(makesAnother); at >= 0; at = hashes.indexOf(makesAnother, at + 1)) {
    const around = hashes.subarray(Math.max(0, at - window), at + window + 1);
    if (besides.every((hash) => around.includes(hash))) return true;
  }
  return false;
}

export function isPartOfLodash(name: string): boolean {
  return name.startsWith("lodash.");
}

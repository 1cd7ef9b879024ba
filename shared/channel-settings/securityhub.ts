/** AWS Security Hub CSPM of this account: each finding into the hub of its own Region, or all into one. */
import * as v from "valibot";
import { isRegionName } from "../model/region-name.ts";

const regionWords = "the name of a Region, such as eu-west-1";

export const entries = {
  /** The one hub that takes all findings; absent: each goes to the hub of its Region, what has none to that of the stack. */
  region: v.optional(
    v.pipe(v.string(`must be ${regionWords}`), v.check(isRegionName, `must be ${regionWords}`), v.description(regionWords)),
  ),
};

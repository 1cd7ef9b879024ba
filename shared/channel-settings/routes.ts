/** Which findings go to which channels. Pure. */
import * as v from "valibot";
import { severities } from "../model/finding.ts";

const namesWords = 'must be a list of names such as ["payments"]';
const anyNames = v.array(v.pipe(v.string(namesWords), v.minLength(1, namesWords)), namesWords);
const names = v.pipe(anyNames, v.minLength(1, `${namesWords}; leave it out to match all`));
// a route cannot do without channels
const channelNames = v.pipe(anyNames, v.minLength(1, "must name at least one channel; leave the route out if it is to lead nowhere"));

/** Keys of a route, with their schemas. */
export const routeEntries = {
  teams: v.optional(v.pipe(names, v.description('teams, `*` and `?` allowed; "unowned" is what nobody owns'))),
  env: v.optional(v.pipe(names, v.description("values of the env tag, `*` and `?` allowed"))),
  rules: v.optional(v.pipe(names, v.description("rule ids such as lambda/*"))),
  minSeverity: v.optional(
    v.pipe(v.picklist(severities, `must be one of ${severities.join(", ")}`), v.description("this severity and graver ones")),
  ),
  channels: v.pipe(channelNames, v.description("names of channels")),
};

/** A pattern with `*` and `?` as a regular expression for whole names. */
export function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "su");
}

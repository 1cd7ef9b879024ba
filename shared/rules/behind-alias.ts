/** What is advised where callers of an alias get a published version: a change of the function reaches them only by a new one. */
import { awsCommand } from "../wording/aws-cli.ts";

/** One alias, and where it leads now. */
export interface AliasNow {
  readonly name: string;
  readonly version: string;
}

/** Said before commands that publish. */
export const publishingAdvice =
  "A new version takes everything that the function ($LATEST) has by now, its code too: test that first. Where a deployment tool makes versions and aliases, deploy with it instead.";

/** Commands that publish the function as it is and lead the aliases there, and back. */
export function pointAliases(
  functionName: string,
  region: string,
  aliases: readonly AliasNow[],
): { readonly forth: readonly string[]; readonly back: readonly string[] } {
  const publish = awsCommand("lambda", "publish-version", { "function-name": functionName, region, query: "Version", output: "text" });
  const lead = (name: string) => awsCommand("lambda", "update-alias", { "function-name": functionName, name, region });
  return {
    // publishing what was published already gives the same version again
    forth: aliases.map(({ name }) => `${lead(name)} --function-version "$(${publish})"`),
    back: aliases.map(({ name, version }) => `${lead(name)} --function-version ${version}`),
  };
}

/** `alias live`, `aliases beta and live`, `aliases a, b and 3 more`. @param more beside those that are named */
export function aliasesText(names: readonly string[], more = 0): string {
  const [first = "", second] = names;
  const all = names.length + more;
  if (all === 1) return `alias ${first}`;
  return all === 2 ? `aliases ${first} and ${second}` : `aliases ${first}, ${second} and ${all - 2} more`;
}

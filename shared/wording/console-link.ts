/** Where the AWS console shows a resource. */

import { resourceTypes } from "../data/resource-types.ts";
import { lastPieceOf, parseArn } from "../model/arn.ts";
import type { Resource } from "../model/graph.ts";
import { isRegionName } from "../model/region-name.ts";

const domains: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** The console's address of the resource; undefined where none is known. */
export function consoleLink({ type, name, arn, region }: Pick<Resource, "type" | "name" | "arn" | "region">): string | undefined {
  const domain = domains[parseArn(arn)?.partition ?? ""];
  const path = resourceTypes[type]?.console;
  const isRegion = isRegionName(region);
  if (!domain || !path || !(isRegion || region === "global")) return undefined;
  return `https://${isRegion ? `${region}.` : ""}${domain}/${filled(path, { name, arn, region })}`;
}

/** Every foreign part is encoded. */
function filled(path: string, { name, arn: given, region }: Pick<Resource, "name" | "arn" | "region">): string {
  // half a character cannot be encoded
  const [encoded, arn] = [encodeURIComponent(name.toWellFormed()), given.toWellFormed()];
  const values: Readonly<Record<string, string>> = {
    name: encoded,
    // CloudWatch encodes twice, with $ for %
    name$: encodeURIComponent(encoded).replaceAll("%", "$"),
    arn: encodeURIComponent(arn),
    id: encodeURIComponent(lastPieceOf(arn)),
    region,
  };
  return path.replaceAll(/\{([a-z]+\$?)\}/g, (_, part: string) => values[part] ?? "");
}

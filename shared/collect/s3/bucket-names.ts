/** Buckets by name, for functions that are told the name of one. Buckets belong to the account: a Region's own lists do not show them. */
import type { CollectContext } from "../contract/collector.ts";
import type { EnvironmentValues } from "../lambda/functions.ts";
import { listBuckets } from "./s3.ts";

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Asked only where a variable that speaks of a bucket holds what may be its name. Refused, such names lead nowhere. */
export async function bucketArns(
  context: CollectContext,
  values: EnvironmentValues,
): Promise<readonly { readonly name: string; readonly arn: string }[]> {
  const speaks = [...values.values()].some((variables) =>
    variables.some(([name, value]) => /bucket|s3/i.test(name) && bucketName.test(value)),
  );
  if (!speaks) return [];
  try {
    const buckets = await listBuckets(context);
    return buckets.flatMap(({ Name: name }) => (name ? [{ name, arn: `arn:${context.partition}:s3:::${name}` }] : []));
  } catch {
    // the s3 collector asks the same, and reports the refusal
    return [];
  }
}

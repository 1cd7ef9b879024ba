/** The artifacts of one function, as the last scan knows them, with their package lists. */
import type { KeptList } from "../shared/libraries/packages/kept-list.ts";
import { functionArnOf, lambdaNameOf } from "../shared/model/arn.ts";
import { cleanText } from "../shared/model/plain-text.ts";
import { listOf } from "../shared/scan/package-blobs.ts";
import { type ArtifactUse, usedArtifacts } from "../shared/scan/posting-blob.ts";
import type { Blobs } from "../shared/store/blobs.ts";
import { didYouMean } from "./nearest.ts";
import { commandName } from "./terminal.ts";
import { CannotStartError, UsageError } from "./usage-error.ts";

export interface FunctionArtifacts {
  readonly arn: string;
  /** Its code, its layers, and what only versions behind its aliases have. */
  readonly artifacts: readonly ArtifactUse[];
}

/** @throws UsageError where there is none of that name, or several */
export async function usesOf(blobs: Blobs, account: string, text: string): Promise<FunctionArtifacts> {
  const artifacts = await usedArtifacts(blobs, account);
  if (!artifacts) throw nothingListed();
  const arns = new Set(artifacts.flatMap(({ usedBy }) => usedBy.map(([arn]) => arn)));
  const wanted = functionArnOf(text);
  const found = [...arns].filter((arn) => (wanted === undefined ? lambdaNameOf(arn).name === text : arn === wanted));
  const [arn, ...others] = found;
  if (arn === undefined) {
    const names = [...new Set([...arns].map((one) => lambdaNameOf(one).name ?? one))];
    throw new UsageError(
      `the last scan knows no zip or image of a function ${cleanText(text)}${didYouMean(text, names)}; ` +
        `where a container image could not be read, ${commandName} show FUNCTION says why, and what ECR or Amazon Inspector says of it`,
    );
  }
  if (others.length > 0)
    throw new UsageError(`${found.length} functions are called ${cleanText(text)}; give the ARN of one: ${found.slice(0, 8).join(", ")}`);
  return { arn, artifacts: artifacts.filter(({ usedBy }) => usedBy.some(([user]) => user === arn)) };
}

/** By the key of each artifact; what was not read has none. */
export async function listsOf(blobs: Blobs, account: string, artifacts: readonly ArtifactUse[]): Promise<ReadonlyMap<string, KeptList>> {
  const lists = new Map<string, KeptList>();
  for (const { key } of artifacts) {
    const list = await listOf(blobs, account, key);
    if (list) lists.set(key, list);
  }
  return lists;
}

/** There is no index: nothing was ever listed. */
export function nothingListed(): CannotStartError {
  return new CannotStartError("the last scan listed no packages: scan with this version, and not with --no-code");
}

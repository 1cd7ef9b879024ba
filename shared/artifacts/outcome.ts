/** What becomes of an artifact, be it a zip, a layer or an image: what was learned, why nothing can be, or what stood in the way this time. */
import { codeOf, isExpiredCode, operationOf, outOfTime } from "../aws/errors.ts";
import { LinkError } from "../aws/ranged-get.ts";
import { cleanText } from "../model/plain-text.ts";
import { type KeptArtifact, type Refusal, unpackerVersion } from "./kept-artifact.ts";

/** Why an artifact could not be read this time. */
export interface ReadFailure {
  readonly operation?: string;
  readonly code: string;
  readonly message: string;
}

/** Of an artifact that is neither learned of nor failed: it is left for the next scan. */
export type Outcome = { readonly key: string } & (
  | { readonly kept: KeptArtifact }
  | { readonly failure: ReadFailure }
  | { readonly left: true }
);

/** After so many refusals and no answer, a Region is not asked any more. */
export const refusalsInARow = 10;

/** What the error is for this scan: another one may do better. @throws it where it is true of every artifact */
export function failedThisTime(error: unknown, key: string): Outcome {
  const code = codeOf(error);
  // the credentials are over for everything, and what they would refuse says nothing about code
  if (isExpiredCode(code)) throw error;
  if (code === outOfTime) return { key, left: true };
  const operation = operationOf(error);
  const message = cleanText(error instanceof Error ? error.message : String(error), 300);
  return { key, failure: { ...(operation ? { operation } : {}), code, message } };
}

/** Of what will not be read as long as it is the same. */
export function refusal(code: string, why: string): Refusal {
  return { code, why: cleanText(why, 300), unpacker: unpackerVersion };
}

export function refusedArtifact(key: string, seenAt: string, refused: Refusal): KeptArtifact {
  return { key, seenAt, refused, readings: [] };
}

export function timeIsOver(): LinkError {
  return new LinkError(outOfTime, "the time for reading is over");
}

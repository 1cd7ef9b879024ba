/** What becomes of an image or a layer of one when its reading fails. */
import { codeOf, isExpiredCode, isGone, operationOf, outOfTime } from "../aws/errors.ts";
import { cleanText } from "../model/plain-text.ts";
import { type KeptArtifact, type Refusal, unpackerVersion } from "./kept-artifact.ts";
import type { Outcome } from "./read-artifacts.ts";
import { ArtifactRefusedError } from "./refusal.ts";

/** @throws where it is true of every image */
export function failedImage(error: unknown, key: string, seenAt: string): Outcome {
  const refusal = refusalIn(error);
  if (refusal) return { key, kept: refusedArtifact(key, seenAt, refusal) };
  const code = codeOf(error);
  if (isExpiredCode(code)) throw error;
  if (code === outOfTime) return { key, left: true };
  const operation = operationOf(error);
  const message = cleanText(error instanceof Error ? error.message : String(error), 300);
  return { key, failure: { ...(operation ? { operation } : {}), code, message } };
}

export function refusedArtifact(key: string, seenAt: string, refusal: Refusal): KeptArtifact {
  return { key, seenAt, refused: refusal, readings: [] };
}

/** Why it is not read for as long as it is the same; undefined where another try may do. */
export function refusalIn(error: unknown): Refusal | undefined {
  // with its repository an image is gone, too
  const known = isGone(error) ? new ArtifactRefusedError("ImageGone") : error;
  if (!(known instanceof ArtifactRefusedError)) return undefined;
  return { code: known.name, why: cleanText(known.message, 300), unpacker: unpackerVersion };
}

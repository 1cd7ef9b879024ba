/** What becomes of an image or a layer of one when its reading fails. */
import { isGone } from "../aws/errors.ts";
import type { Refusal } from "./kept-artifact.ts";
import { failedThisTime, type Outcome, refusal, refusedArtifact } from "./outcome.ts";
import { ArtifactRefusedError } from "./refusal.ts";

/** @throws where it is true of every image */
export function failedImage(error: unknown, key: string, seenAt: string): Outcome {
  const refused = refusalIn(error);
  return refused ? { key, kept: refusedArtifact(key, seenAt, refused) } : failedThisTime(error, key);
}

/** Why it is not read for as long as it is the same; undefined where another try may do. */
export function refusalIn(error: unknown): Refusal | undefined {
  // with its repository an image is gone, too
  const known = isGone(error) ? new ArtifactRefusedError("ImageGone") : error;
  return known instanceof ArtifactRefusedError ? refusal(known.name, known.message) : undefined;
}

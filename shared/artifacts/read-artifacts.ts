/** Reads artifacts one after the other, some at a time, until the time is over. What one of them does ends that one only. */

import type { Clients } from "../aws/clients.ts";
import { codeOf, isGone, statusOf } from "../aws/errors.ts";
import { forEachAtMost } from "../aws/paginate.ts";
import { accountOf } from "../model/arn.ts";
import { artifactBytes } from "./artifact-bytes.ts";
import { codeChanged, functionLink, layerLink } from "./code-links.ts";
import { type AnalyzerFor, type Lister, layerGone } from "./kept-artifact.ts";
import { failedThisTime, type Outcome, type ReadFailure, refusal, refusalsInARow, refusedArtifact, timeIsOver } from "./outcome.ts";
import { type Inspected, readArtifact } from "./read-artifact.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import { Room } from "./room.ts";
import type { WantedArtifact } from "./wanted-artifacts.ts";

/** The list of what is in an artifact, by which version of the lister. */
export interface Listed<Summary = unknown> {
  readonly version: number;
  readonly inspected: Inspected<Summary>;
}

export interface ReadingContext<Summary = unknown> {
  readonly clients: Clients;
  readonly analyzerFor: AnalyzerFor;
  /** Absent: nothing is listed. */
  readonly lister?: Lister<Summary>;
  /** The scan's time. */
  readonly now: Date;
  readonly isOutOfTime: () => boolean;
}

const artifactsAtOnce = 4;
/** Of a Lambda function with 512 MB: half of what it has left beside the program. */
const roomBytes = 96 * 1024 * 1024;

/** Tells `keep` of every artifact, in the order in which they are done. @throws when the credentials have expired */
export async function readArtifacts<Summary>(
  artifacts: readonly WantedArtifact[],
  context: ReadingContext<Summary>,
  keep: (outcome: Outcome, listed?: Listed<Summary>) => Promise<void>,
): Promise<void> {
  const room = new Room(roomBytes);
  const refused = new Map<string, ReadFailure[]>();
  await forEachAtMost(artifacts, artifactsAtOnce, async (artifact) => {
    const { key, region, layerArn } = artifact;
    const asked = `${region} ${layerArn === undefined ? "code" : `layer ${accountOf(layerArn)}`}`;
    const [first, ...more] = refused.get(asked) ?? [];
    if (first && more.length + 1 >= refusalsInARow) return keep({ key, failure: first });
    const { outcome, listed }: Done<Summary> = context.isOutOfTime() ? leftAlone(key) : await outcomeOf(artifact, context, room);
    if ("failure" in outcome && statusOf(named(outcome.failure)) === "denied")
      refused.set(asked, [...(refused.get(asked) ?? []), outcome.failure]);
    else if ("kept" in outcome) refused.delete(asked);
    await keep(outcome, listed);
  });
}

interface Done<Summary> {
  readonly outcome: Outcome;
  readonly listed?: Listed<Summary>;
}

function leftAlone<Summary>(key: string): Done<Summary> {
  return { outcome: { key, left: true } };
}

function named({ code, message }: ReadFailure): Error {
  return Object.assign(new Error(message), { name: code });
}

async function outcomeOf<Summary>(artifact: WantedArtifact, context: ReadingContext<Summary>, room: Room): Promise<Done<Summary>> {
  const { key, questions, isListed } = artifact;
  const lister = isListed ? context.lister : undefined;
  const seenAt = context.now.toISOString();
  const asked = questions.flatMap((question) => {
    const analyzer = context.analyzerFor(question.runtime);
    return analyzer ? [{ question, analyzer }] : [];
  });
  try {
    const { readings, inspected } = await readArtifact(bytesOf(artifact, context), asked, room, lister?.inspector);
    const outcome = { key, kept: { key, seenAt, readings } };
    return lister && inspected ? { outcome, listed: { version: lister.version, inspected } } : { outcome };
  } catch (error) {
    return { outcome: failed(error, artifact, seenAt) };
  }
}

/** @throws where it is true of every artifact */
function failed(error: unknown, { key, layerArn }: WantedArtifact, seenAt: string): Outcome {
  const refused = (code: string, why: string) => ({ key, kept: refusedArtifact(key, seenAt, refusal(code, why)) });
  if (error instanceof ArtifactRefusedError) return refused(error.name, error.message);
  // a version of a layer that was deleted goes on in the functions that have it, and is given to nobody any more
  if (layerArn !== undefined && isGone(error)) return refused(layerGone, "this version of the layer was deleted");
  if (codeOf(error) === codeChanged || isGone(error)) return { key, left: true };
  return failedThisTime(error, key);
}

function bytesOf(
  { key, region, functionArn = "", codeSha256 = "", layerArn }: WantedArtifact,
  { clients, isOutOfTime }: Pick<ReadingContext, "clients" | "isOutOfTime">,
) {
  const link = layerArn === undefined ? functionLink(clients, region, functionArn, codeSha256) : layerLink(clients, region, layerArn);
  const read = clients.codeBytes.open(key, region, link);
  return artifactBytes((range) => {
    if (isOutOfTime()) throw timeIsOver();
    return read(range);
  });
}

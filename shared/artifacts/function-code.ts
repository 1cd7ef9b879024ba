/** What is known of the code of every function, from what is kept of artifacts; and how much of it is not. Pure. */

import { statusOf } from "../aws/errors.ts";
import { accountOf } from "../model/arn.ts";
import type { CodeSummary, FunctionCode } from "../model/code.ts";
import type { Coverage } from "../model/coverage.ts";
import type { FunctionConfiguration } from "../model/snapshot.ts";
import { type AnalyzerFor, answerTo, type KeptArtifact, layerGone, type Question, type Reading, refusalOf } from "./kept-artifact.ts";
import type { ReadFailure } from "./read-artifacts.ts";
import { type Asked, askedOf } from "./wanted-artifacts.ts";

/** Name of the collector in coverage rows. */
export const codeCollector = "code";

export interface KnownCode {
  readonly analyzerFor: AnalyzerFor;
  readonly kept: ReadonlyMap<string, KeptArtifact>;
  /** Of this scan, by key. */
  readonly failures: ReadonlyMap<string, ReadFailure>;
}

/** What became of one thing that was asked. */
type Fate =
  | { readonly code: CodeSummary; readonly gaps?: ReadFailure }
  | { readonly unread: string; readonly failure?: ReadFailure; readonly left?: true };

export function functionCode(f: FunctionConfiguration, known: KnownCode): FunctionCode {
  const { analyzerFor } = known;
  const asked = askedOf(f, analyzerFor);
  const own = asked.find(({ layerArn }) => layerArn === undefined);
  const fate = own ? fateOf(own, known) : { unread: whyNotAsked(f, analyzerFor) };
  return {
    ...("code" in fate ? { code: fate.code } : { unread: fate.unread }),
    layers: f.layers.map((arn) => {
      const layer = asked.find(({ layerArn }) => layerArn === arn);
      const of = layer ? fateOf(layer, known) : { unread: whyNotAsked(f, analyzerFor) };
      return "code" in of ? { arn, code: of.code } : { arn, unread: of.unread };
    }),
  };
}

/** The row of a Region: what nobody reads (images, runtimes without a reader) is no gap of this scan, and is said of each function. */
export function codeCoverage(region: string, functions: readonly FunctionConfiguration[], account: string, known: KnownCode): Coverage {
  let read = 0;
  let left = 0;
  const failures: ReadFailure[] = [];
  for (const f of functions) {
    for (const asked of askedOf(f, known.analyzerFor)) {
      const fate = fateOf(asked, known);
      const gap = "code" in fate ? fate.gaps : fate.failure;
      if ("code" in fate) read += 1;
      else if (fate.left) left += 1;
      // whether others let their layer be read is theirs to say; the layer says that it was not
      if (gap && !isForeignRefusal(asked, gap, account)) failures.push({ ...gap, message: `${f.name}: ${gap.message}` });
    }
  }
  const row = { collector: codeCollector, region, resources: read };
  const [first, ...more] = failures;
  if (first) {
    if (first.code === notRecorded) return { ...row, code: notRecorded, message: noCodeRecorded, status: "disabled", listed: true };
    const message = more.length > 0 ? `${first.message} (and ${more.length} more)` : first.message;
    const status = read > 0 ? "partial" : statusOf(named(first));
    return { ...row, ...first, message, status, listed: true };
  }
  return { ...row, status: left > 0 ? "left" : "complete", ...(left > 0 ? { listed: true } : {}) };
}

/** A recording holds no code, unless it was made to: there is nothing to read in it, which is no failure. */
const notRecorded = "NotRecorded";
const noCodeRecorded = "the recording holds no code";

function isForeignRefusal({ layerArn }: Asked, failure: ReadFailure, account: string): boolean {
  return layerArn !== undefined && accountOf(layerArn) !== account && statusOf(named(failure)) === "denied";
}

function named({ code, message }: ReadFailure): Error {
  return Object.assign(new Error(message), { name: code });
}

function fateOf({ key, question }: Asked, { analyzerFor, kept, failures }: KnownCode): Fate {
  const artifact = kept.get(key);
  const refusal = refusalOf(artifact);
  if (refusal?.code === layerGone) return { unread: refusal.why };
  if (refusal) return { unread: `its zip is not read: ${refusal.why}`, failure: { code: refusal.code, message: refusal.why } };
  const reading = answerTo(artifact, question, analyzerFor(question.runtime)?.version ?? 0);
  if (reading) return readFate(reading, question);
  const failure = failures.get(key);
  if (!failure) return { unread: "left for the next scan", left: true };
  if (failure.code === notRecorded) return { unread: noCodeRecorded, failure };
  return { unread: `${failure.operation ?? "reading it"} failed (${failure.code}): ${failure.message}`, failure };
}

function readFate({ summary, failed, unread }: Reading, { kind }: Question): Fate {
  if (failed !== undefined) {
    const why = `the reader of ${kind} failed: ${failed}`;
    return { unread: why, failure: { code: "ReaderFailed", message: why } };
  }
  const code = summary as CodeSummary;
  if (unread.length === 0) return { code };
  const whole = { ...code, unread: [...code.unread, ...unread.map(({ file, why }) => ({ file, why }))] };
  const gap = unread.find(({ declined }) => !declined);
  return { code: whole, ...(gap ? { gaps: { code: "FileLeft", message: `${gap.file}: ${gap.why}` } } : {}) };
}

function whyNotAsked({ packageType, runtime, codeSha256 }: FunctionConfiguration, analyzerFor: AnalyzerFor): string {
  if (packageType === "Image") return "container image";
  if (runtime !== undefined && !analyzerFor(runtime)) return `code of ${runtime} is not read`;
  return codeSha256 === undefined ? "AWS did not say which code it is" : "AWS did not say which runtime it has";
}

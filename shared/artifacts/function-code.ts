/** What is known of the code of every function, from what is kept of artifacts; and how much of it is not. Pure. */

import type { CodeSummary, FunctionCode } from "../model/code.ts";
import type { Coverage } from "../model/coverage.ts";
import type { FunctionConfiguration } from "../model/snapshot.ts";
import { type AnalyzerFor, answerTo, type KeptArtifact, layerGone, type Question, type Reading, refusalOf } from "./kept-artifact.ts";
import type { ReadFailure } from "./outcome.ts";
import { coverageRow, noCodeRecorded, notRecorded, type Told, whyFailed } from "./told-of-artifacts.ts";
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
  const told = functions.flatMap((f) =>
    askedOf(f, known.analyzerFor).map((asked): Told => {
      const { layerArn } = asked;
      const fate = fateOf(asked, known);
      const of = { of: f.name, ...(layerArn === undefined ? {} : { layerArn }) };
      if ("code" in fate) return { ...of, isRead: true, ...(fate.gaps ? { gap: fate.gaps } : {}) };
      return { ...of, isRead: false, ...(fate.failure ? { gap: fate.failure } : {}), ...(fate.left ? { isLeft: true } : {}) };
    }),
  );
  return coverageRow(codeCollector, region, told, account);
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
  return { unread: failure.code === notRecorded ? noCodeRecorded : whyFailed(failure), failure };
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

/** Which artifacts of the account have to be read, each once, and in which order. Pure. */
import type { FunctionConfiguration } from "../model/snapshot.ts";
import { type AnalyzerFor, answerTo, codeKey, type KeptArtifact, layerKey, type Question, refusalOf } from "./kept-artifact.ts";

export interface WantedArtifact {
  readonly key: string;
  readonly region: string;
  /** For a function's code: a function that has it, and its digest. */
  readonly functionArn?: string;
  readonly codeSha256?: string;
  /** For a layer. */
  readonly layerArn?: string;
  readonly questions: readonly Question[];
}

/** One thing to ask: of the code of a function, or of one of its layers. */
export interface Asked {
  readonly key: string;
  readonly question: Question;
  readonly layerArn?: string;
}

/** What has to be asked to know the code of `f`; empty where nobody reads such code. */
export function askedOf(f: FunctionConfiguration, analyzerFor: AnalyzerFor): Asked[] {
  const { packageType, runtime, codeSha256, handler, layers } = f;
  const analyzer = packageType === "Zip" && runtime !== undefined ? analyzerFor(runtime) : undefined;
  if (!analyzer || runtime === undefined) return [];
  const { kind } = analyzer;
  const own = { kind, runtime, ...(handler === undefined ? {} : { handler }) };
  return [
    ...(codeSha256 === undefined ? [] : [{ key: codeKey(codeSha256), question: own }]),
    ...layers.map((layerArn) => ({ key: layerKey(layerArn), question: { kind, runtime }, layerArn })),
  ];
}

/** An artifact that has to be read, with the functions that use it. */
interface Unknown extends WantedArtifact {
  readonly usedBy: readonly string[];
}

/** What is not known yet, each artifact once. */
export function unknownArtifacts(
  functions: readonly FunctionConfiguration[],
  analyzerFor: AnalyzerFor,
  kept: ReadonlyMap<string, KeptArtifact>,
): Unknown[] {
  const unknown = new Map<string, Unknown>();
  for (const f of functions) {
    for (const { key, question, layerArn } of askedOf(f, analyzerFor)) {
      const known = kept.get(key);
      const version = analyzerFor(question.runtime)?.version ?? 0;
      if (refusalOf(known) || answerTo(known, question, version)) continue;
      const { questions = [], usedBy = [], ...place } = unknown.get(key) ?? placeOf(f, key, layerArn);
      const isAsked = questions.some(({ kind, handler }) => kind === question.kind && handler === question.handler);
      unknown.set(key, { ...place, questions: isAsked ? questions : [...questions, question], usedBy: [...usedBy, f.arn] });
    }
  }
  return [...unknown.values()];
}

/** The order in which they are read. @param riskOf of a function by its ARN: what is larger is read earlier */
export function riskiestFirst(unknown: readonly Unknown[], riskOf: (arn: string) => number): WantedArtifact[] {
  return unknown
    .map(({ usedBy, ...artifact }) => ({ artifact, risk: Math.max(0, ...usedBy.slice(0, mostUsers).map(riskOf)) }))
    .toSorted((a, b) => b.risk - a.risk)
    .map(({ artifact }) => artifact);
}

/** A layer of everybody is early whoever is asked. */
const mostUsers = 1000;

function placeOf(
  { arn, region, codeSha256 }: FunctionConfiguration,
  key: string,
  layerArn: string | undefined,
): Omit<Unknown, "questions" | "usedBy"> & Partial<Unknown> {
  if (layerArn !== undefined) return { key, region, layerArn };
  return { key, region, functionArn: arn, ...(codeSha256 === undefined ? {} : { codeSha256 }) };
}

/** Which artifacts of the account have to be read, each once, and in which order. Pure. */
import { functionArnOf } from "../model/arn.ts";
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
  /** For a container image. */
  readonly image?: WantedImage;
  readonly questions: readonly Question[];
  /** What is in it is listed, too. */
  readonly isListed?: true;
}

export interface WantedImage {
  readonly repository: string;
  /** `sha256:...`. */
  readonly digest: string;
  /** As Lambda names it. */
  readonly architecture: string;
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
export interface UnknownArtifact extends WantedArtifact {
  readonly usedBy: readonly string[];
}

/** An artifact that a function has. */
export interface Place {
  readonly key: string;
  readonly layerArn?: string;
}

/** A function, or a published version of one. */
export type ZipOwner = Pick<FunctionConfiguration, "arn" | "region" | "packageType" | "codeSha256" | "layers">;

/** The zips of `f`, in whatever language: its code and the versions of its layers. None of an image. */
export function artifactsOf({ packageType, codeSha256, layers }: Omit<ZipOwner, "arn" | "region">): Place[] {
  if (packageType === "Image") return [];
  return [
    ...(codeSha256 === undefined ? [] : [{ key: codeKey(codeSha256) }]),
    ...layers.map((layerArn) => ({ key: layerKey(layerArn), layerArn })),
  ];
}

export interface Known {
  readonly analyzerFor: AnalyzerFor;
  readonly kept: ReadonlyMap<string, KeptArtifact>;
  /** Whether a list of what is in the artifact is still to be made; absent: none is made of any. */
  readonly isUnlisted?: (key: string) => boolean;
}

/**
 * What is not known yet, each artifact once.
 * @param versions those behind aliases, of which only the lists are made
 */
export function unknownArtifacts(
  functions: readonly FunctionConfiguration[],
  versions: readonly ZipOwner[],
  { analyzerFor, kept, isUnlisted }: Known,
): UnknownArtifact[] {
  const unknown = new Map<string, UnknownArtifact>();
  const note = (f: ZipOwner, { key, layerArn }: Place, more: Partial<UnknownArtifact>) => {
    const { questions = [], usedBy = [], ...place } = unknown.get(key) ?? placeOf(f, key, layerArn);
    const fresh = (more.questions ?? []).filter((question) => !questions.some((one) => isSame(one, question)));
    unknown.set(key, { ...place, ...more, questions: [...questions, ...fresh], usedBy: [...usedBy, functionArnOf(f.arn) ?? f.arn] });
  };
  for (const f of functions) {
    for (const { question, ...place } of askedOf(f, analyzerFor)) {
      const known = kept.get(place.key);
      const version = analyzerFor(question.runtime)?.version ?? 0;
      if (!refusalOf(known) && !answerTo(known, question, version)) note(f, place, { questions: [question] });
    }
  }
  for (const f of isUnlisted ? [...functions, ...versions] : []) {
    for (const place of artifactsOf(f)) {
      if (!refusalOf(kept.get(place.key)) && isUnlisted?.(place.key)) note(f, place, { isListed: true });
    }
  }
  return [...unknown.values()];
}

function isSame(a: Question, b: Question): boolean {
  return a.kind === b.kind && a.handler === b.handler;
}

/** The order in which they are read. @param riskOf of a function by its ARN: what is larger is read earlier */
export function riskiestFirst(unknown: readonly UnknownArtifact[], riskOf: (arn: string) => number): WantedArtifact[] {
  return unknown
    .map(({ usedBy, ...artifact }) => ({ artifact, risk: Math.max(0, ...usedBy.slice(0, mostUsers).map(riskOf)) }))
    .toSorted((a, b) => b.risk - a.risk)
    .map(({ artifact }) => artifact);
}

/** A layer of everybody is early whoever is asked. */
const mostUsers = 1000;

function placeOf(
  { arn, region, codeSha256 }: ZipOwner,
  key: string,
  layerArn: string | undefined,
): Omit<UnknownArtifact, "questions" | "usedBy"> & Partial<UnknownArtifact> {
  if (layerArn !== undefined) return { key, region, layerArn };
  return { key, region, functionArn: arn, ...(codeSha256 === undefined ? {} : { codeSha256 }) };
}

/** What is kept of an artifact between scans: what was learned from it, or why nothing can be. Never the code. */
import type { Analyzer } from "./analyzer.ts";
import type { LayerInspector } from "./inspect-layer.ts";
import type { Inspector } from "./inspector.ts";

/** Who reads the code of a runtime; undefined where nobody does. */
export type AnalyzerFor = (runtime: string) => Analyzer | undefined;

/** What lists the content of every artifact, whatever it is written in. */
export interface Lister<Summary = unknown> {
  /** Of its lists: with the next number every artifact is listed again, as time allows. */
  readonly version: number;
  readonly inspector: Inspector<Summary>;
}

/** A layer of an image with what is in it. */
export interface KnownLayer<Contents> {
  /** `sha256:...`. */
  readonly digest: string;
  readonly contents: Contents;
}

/** What lists the content of images: each layer once, and each image from its layers. */
export interface ImageLister<Contents = unknown, Summary = unknown> {
  /** Of its lists: with the next number every layer is read again, as time allows. */
  readonly version: number;
  readonly inspector: LayerInspector<Contents>;
  /** How long the names in a layer are together: those of all layers of an image are held at once. */
  charactersIn(contents: Contents): number;
  /** What an image holds. @param layers the lowest first */
  merge(layers: readonly KnownLayer<Contents>[]): Summary;
}

/** Of the reading of zips and layers. With the next number what was refused is tried once more. */
export const unpackerVersion = 1;

/** What somebody wants to know of an artifact: code may depend on which handler is meant. */
export interface Question {
  readonly kind: string;
  readonly runtime: string;
  /** Absent for a layer. */
  readonly handler?: string;
}

export interface UnreadFile {
  readonly file: string;
  readonly why: string;
  /** The analyzer does not take files of such a size. Data and libraries mostly: no gap of the scan, though the code is not known as a whole. */
  readonly declined?: true;
}

/** The answer to one question. */
export interface Reading {
  readonly kind: string;
  readonly version: number;
  readonly handler?: string;
  /** As the analyzer made it; absent where it failed. */
  readonly summary?: unknown;
  readonly failed?: string;
  /** Files that were left alone, with why. */
  readonly unread: readonly UnreadFile[];
}

export interface Refusal {
  readonly code: string;
  readonly why: string;
  /** Version of what refused it. */
  readonly unpacker: number;
}

export interface KeptArtifact {
  /**
   * `code DIGEST` of a function's zip, `layer ARN` of a layer's version, `image DIGEST ARCHITECTURE` of a container image, `image-layer DIGEST`
   * of a layer in one. Equal keys have equal bytes, for ever.
   */
  readonly key: string;
  /** When a scan last met it in the account, ISO 8601: what is gone for long is forgotten. */
  readonly seenAt: string;
  readonly refused?: Refusal;
  readonly readings: readonly Reading[];
  /** Of an image, the keys of its layers: they are remembered as long as it is. */
  readonly layers?: readonly string[];
}

export function codeKey(codeSha256: string): string {
  return `code ${codeSha256}`;
}

export function layerKey(arn: string): string {
  return `layer ${arn}`;
}

/** @param architecture of the function: an image may be a list of images, of which one is for it */
export function imageKey(digest: string, architecture: string): string {
  return `image ${digest} ${architecture}`;
}

export function imageLayerKey(digest: string): string {
  return `image-layer ${digest}`;
}

/** What an artifact with this key is: the code of functions in a zip, a layer of such, or a container image. */
export function kindOf(key: string): "code" | "layer" | "image" {
  if (key.startsWith("image ")) return "image";
  return key.startsWith("layer ") ? "layer" : "code";
}

/** Of a layer its ARN; undefined of anything else. */
export function layerArnOf(key: string): string | undefined {
  return kindOf(key) === "layer" ? key.slice("layer ".length) : undefined;
}

/** What is known in answer to `question`, by an analyzer of that version; undefined when nothing is yet. */
export function answerTo(kept: KeptArtifact | undefined, { kind, handler }: Question, version: number): Reading | undefined {
  return kept?.readings.find((one) => one.kind === kind && one.version === version && one.handler === handler);
}

/** Refused by this version of the program: it is not fetched again. */
export function refusalOf(kept: KeptArtifact | undefined): Refusal | undefined {
  return kept?.refused?.unpacker === unpackerVersion ? kept.refused : undefined;
}

/** What is known of an artifact after `more` was learned: new answers take the place of older ones to the same question. */
export function merged(known: KeptArtifact | undefined, more: KeptArtifact): KeptArtifact {
  if (!known) return more;
  const older = known.readings.filter((one) => !more.readings.some(({ kind, handler }) => kind === one.kind && handler === one.handler));
  return { ...more, readings: [...older, ...more.readings] };
}

/** Codes of refusals that are nobody's failure: there is nothing to read any more, and never will be. */
export const layerGone = "LayerGone";
export const imageGone = "ImageGone";

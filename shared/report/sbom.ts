/** What a bill of materials is made of, whatever its format: a function, and the packages in its code and layers. */
import type { Package, PackageCoverage } from "../model/packages.ts";

export interface SbomPart {
  /** The layer's ARN; absent: the function's own code. */
  readonly layerArn?: string;
  readonly packages: readonly Package[];
  /** Absent where it was not read. */
  readonly coverage?: PackageCoverage;
  /** Why it was not. */
  readonly unread?: string;
}

/** How much of a part is known, in words. */
export function statementsOf({ coverage, unread }: SbomPart): readonly string[] {
  return coverage ? coverage.statements : [`not read: ${unread ?? "its list is gone; the next scan reads it again"}`];
}

export interface SbomSubject {
  readonly arn: string;
  readonly name: string;
  /** CodeSha256 of its code. */
  readonly version?: string;
  readonly parts: readonly SbomPart[];
  /** Published packages of the program that made it. */
  readonly tool: { readonly name: string; readonly version: string };
  /** When the scan that read it ended, ISO 8601. */
  readonly at: string;
  /** Of this document: the same function with the same content has the same. */
  readonly uuid: string;
}

/** A package with where it is; one that is in code and layers is there once for each. */
export interface SbomPackage extends Package {
  readonly layerArn?: string;
  /** Unique in the document. */
  readonly ref: string;
}

export function packagesOf({ parts }: SbomSubject): SbomPackage[] {
  let at = 0;
  return parts.flatMap(({ layerArn, packages }) =>
    packages.map((one): SbomPackage => {
      at += 1;
      return { ...one, ref: `package-${at}`, ...(layerArn === undefined ? {} : { layerArn }) };
    }),
  );
}

/** Whether everything in the function is known. */
export function wholeness({ parts }: SbomSubject): "complete" | "incomplete" | "unknown" {
  const known = parts.map(({ coverage }) => coverage?.status ?? "unknown");
  if (known.every((status) => status === "complete")) return "complete";
  return known.every((status) => status === "unknown") ? "unknown" : "incomplete";
}

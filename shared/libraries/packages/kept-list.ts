/** The packages of one artifact as a line of a blob: as small as JSON makes it, for there are a hundred in each of thousands of artifacts. */
import type { Confidence } from "../../model/finding.ts";
import type { Ecosystem, Package, PackageCoverage, PackageList, PackageNeed } from "../../model/packages.ts";
import type { NotedPackage } from "../match-packages.ts";
import type { LayerContents } from "./layer-contents.ts";
import { purlOf } from "./purl.ts";

/**
 * Ecosystem, name, version, confidence, how it is known, path; where they are known, the need, where its classes lie (Maven), or the range of its
 * version (npm); of an image, the layer. The package URL follows from the first three.
 */
export type PackedPackage = readonly [
  Ecosystem,
  string,
  string | null,
  Confidence,
  string,
  string,
  (PackageNeed | string | null)?,
  string?,
];

export interface KeptList {
  /** `code DIGEST`, `layer ARN`, or `image DIGEST ARCHITECTURE`: equal keys have equal bytes, for ever. */
  readonly key: string;
  /** Of the readers that made it. */
  readonly version: number;
  readonly packages: readonly PackedPackage[];
  readonly declared: readonly PackedPackage[];
  readonly coverage: PackageCoverage;
  /** Why there is none: a code and words. */
  readonly unread?: { readonly code: string; readonly why: string };
}

/** What is in one layer of images, as a line of a blob. */
export interface KeptLayer {
  /** `image-layer DIGEST`. */
  readonly key: string;
  /** Of the readers that made it. */
  readonly version: number;
  readonly contents: LayerContents;
}

export function packed({ ecosystem, name, version, versionRange, confidence, evidence, need, classes }: Package): PackedPackage {
  const line = [ecosystem, name, version, confidence, evidence.how, evidence.path] as const;
  const more = need ?? classes ?? versionRange;
  if (evidence.layer !== undefined) return [...line, more ?? null, evidence.layer];
  return more === undefined ? line : [...line, more];
}

export function unpacked([ecosystem, name, version, confidence, how, path, more, layer]: PackedPackage): Package {
  const evidence = { how, path, ...(layer === undefined ? {} : { layer }) };
  return { purl: purlOf(ecosystem, name, version), name, ecosystem, version, confidence, evidence, ...toldIn(ecosystem, more) };
}

/** What the advisories want of it: of ten thousand artifacts nothing more is made of a line. */
export function noted([ecosystem, name, version, , , , more]: PackedPackage): NotedPackage {
  const told = typeof more === "string" ? toldIn(ecosystem, more) : {};
  return { ecosystem, name, version, ...told };
}

function toldIn(ecosystem: Ecosystem, more: PackedPackage[6]): Pick<Package, "need" | "classes" | "versionRange"> {
  if (typeof more !== "string") return more ? { need: more } : {};
  return ecosystem === "Maven" ? { classes: more } : { versionRange: more };
}

/** @param inspected the list, or why there will never be one */
export function keptList(key: string, version: number, inspected: { readonly summary: PackageList } | KeptList["unread"]): KeptList {
  if (inspected && "summary" in inspected) {
    const { packages, declared, coverage } = inspected.summary;
    const list = { key, version, packages: packages.map(packed), declared: declared.map(packed), coverage };
    // names cut out of a bundle would keep all of it in memory
    return JSON.parse(JSON.stringify(list)) as KeptList;
  }
  const coverage = { status: "unknown", statements: [], opaque: [] } as const;
  return { key, version, packages: [], declared: [], coverage, ...(inspected ? { unread: inspected } : {}) };
}

export function unpackedList({ packages, declared, coverage }: KeptList): PackageList {
  return { packages: packages.map(unpacked), declared: declared.map(unpacked), coverage };
}

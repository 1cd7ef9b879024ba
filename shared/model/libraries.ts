/** What the libraries of an artifact mean: its packages put to the advisories. */
import type { Severity } from "./finding.ts";
import type { Package, PackageCoverage } from "./packages.ts";

/** A package of which a hole is known, with all its holes: one upgrade clears them. */
export interface VulnerablePackage {
  /** Where its version is not known, every one that it may be has those holes: it may have more. */
  readonly package: Package;
  /** Of the advisories that are open for it, GHSA before CVE. */
  readonly ids: readonly string[];
  /** Their other names. */
  readonly aliases: readonly string[];
  /** Of the gravest. */
  readonly severity: Severity;
  /** CVSS of the gravest, 0 to 10; absent where nobody computed one. */
  readonly score?: number;
  /** The package itself was made to harm: it has to be removed. */
  readonly malicious: boolean;
  /** The first day by which CISA wants a hole of it mended that is known to be used, or ""; absent: none is known to be. */
  readonly exploitedDue?: string;
  /** The highest percentile of EPSS, 0 to 1. */
  readonly epss?: number;
  /** The smallest version that clears all; null: there is none. */
  readonly fixed: string | null;
  /** That step leaves the major version. */
  readonly majorJump: boolean;
  /** Whether those that need it allow that version; absent where it is not known. */
  readonly inRange?: boolean;
  /** Published versions in whose code it is, as `7 (live)`, where it is not in the function's own: callers of those aliases get it. */
  readonly inVersions?: readonly string[];
}

/** Artifacts of functions by how much of their content is known. */
export interface ContentCounts {
  readonly complete: number;
  readonly partial: number;
  readonly unknown: number;
  readonly unread: number;
  /** Functions whose container image is not read; none of these images is counted above. */
  readonly images: number;
}

/** What the scan's document says of a function's libraries. */
export interface LibrariesSummary {
  readonly packages: number;
  readonly versionsKnown: number;
  /** Packages with known holes, by the severity of the gravest; absent where there are no advisories. */
  readonly vulnerable?: Readonly<Partial<Record<Severity, number>>>;
  readonly coverage: PackageCoverage["status"] | "unread";
  /** Why it was not read. */
  readonly unread?: string;
  readonly imageScan?: ImageScan;
}

/** What somebody else's scan found in the image that a function runs: packages of its operating system, too. */
export interface ImageScan {
  /** `team/thumbs@sha256:...`. */
  readonly image: string;
  /** As ECR has it: `COMPLETE` or, where it looks on and on (Amazon Inspector), `ACTIVE`; others say why there is no result. */
  readonly status: string;
  /** ISO 8601; null: it never ended. */
  readonly completedAt: string | null;
  /** How many, by ECR's words for severities: `CRITICAL`, `HIGH`, `UNTRIAGED`. Absent: there is no result. */
  readonly severities?: Readonly<Record<string, number>>;
}

/** An artifact with its libraries. */
export interface ArtifactLibraries {
  readonly kind: "code" | "layer" | "image";
  /** Packages in it; of how many the version is known. */
  readonly packages: number;
  readonly versionsKnown: number;
  /** Absent where it was not read. */
  readonly coverage?: PackageCoverage;
  /** Why it was not read. */
  readonly unread?: string;
  /** Of an image its name: `team/thumbs@sha256:...`. */
  readonly image?: string;
  /** Of an image that was scanned by ECR or Amazon Inspector. */
  readonly imageScan?: ImageScan;
  /** It was looked at, and is no zip that can be read: looking again does not help. */
  readonly isRefused?: true;
  /** Gravest first. Absent where there are no advisories to put it to. */
  readonly vulnerable?: readonly VulnerablePackage[];
  /** Packages that could not be put to the advisories, with why: `lodash: its version is not given`. A few of them. */
  readonly untold: readonly string[];
  /**
   * Where not everything could be told: names of packages that could, and that have no known hole in any version that is there. What was open
   * about them is mended.
   */
  readonly cleared?: readonly string[];
}

/** What the document says of a function. */
export function summaryOf({ packages, versionsKnown, coverage, unread, imageScan, vulnerable }: ArtifactLibraries): LibrariesSummary {
  const bySeverity: Partial<Record<Severity, number>> = {};
  for (const { severity } of vulnerable ?? []) bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
  return {
    packages,
    versionsKnown,
    ...(vulnerable ? { vulnerable: bySeverity } : {}),
    coverage: unread === undefined ? (coverage?.status ?? "unknown") : "unread",
    ...(unread === undefined ? {} : { unread }),
    ...(imageScan ? { imageScan } : {}),
  };
}

/**
 * The packages that are in an artifact, as its files tell: read once per code (CodeSha256 or layer version), never by running it. A version
 * that is not certain is null: undecided is an answer, a wrong version is none.
 */
import type { Confidence } from "./finding.ts";

/** As OSV names them: names and versions mean something only within one. */
export const ecosystems = ["npm", "PyPI", "Maven", "Go", "RubyGems", "NuGet"] as const;
export type Ecosystem = (typeof ecosystems)[number];

/** What was found where. */
export interface PackageEvidence {
  /** What told it, in words: `package.json`, `path comment of a bundle`, `name of the jar`. */
  readonly how: string;
  /** Path in the artifact; `!` stands between an archive and what lies in it: `lib/app.jar!/META-INF/maven/g/a/pom.properties`. */
  readonly path: string;
  /** Of an image the digest of the layer that it lies in: `sha256:...`. */
  readonly layer?: string;
}

/** By which ranges others need a package. */
export interface PackageNeed {
  readonly ranges: readonly string[];
  /** Nothing else can need it. */
  readonly isAll: boolean;
}

export interface Package {
  /** Package URL, as its specification encodes it; without a version where that is null. */
  readonly purl: string;
  /** As the ecosystem's advisories name it: `@scope/name`, `group:artifact`, a module path; PyPI names by PEP 503. */
  readonly name: string;
  readonly ecosystem: Ecosystem;
  readonly version: string | null;
  /** npm only, and only where the version is null: what its code tells of it, as npm writes ranges: `>=1.0.0 <1.8.2`. */
  readonly versionRange?: string;
  /** high: its installer or builder wrote it down; medium: a name or text that says so; low: it may be something else of that name. */
  readonly confidence: Confidence;
  readonly evidence: PackageEvidence;
  /** npm only, and only where its installer wrote it down. */
  readonly need?: PackageNeed;
  /** Maven only, and only where no pom.properties tells the group: in which package most of its classes lie, `org.springframework`; empty: in none. */
  readonly classes?: string;
}

/** How much of an artifact's content is known. */
export interface PackageCoverage {
  /** complete: nothing was met that could hold more; unknown: nothing is known and something is there that could hold packages. */
  readonly status: "complete" | "partial" | "unknown";
  /** In words, a line each: `bundled: 180 names, 149 versions known`. */
  readonly statements: readonly string[];
  /** Files that may hold packages which could not be told, with why. */
  readonly opaque: readonly { readonly file: string; readonly why: string }[];
}

export interface PackageList {
  /** What is in the artifact, by ecosystem, name and version. */
  readonly packages: readonly Package[];
  /** What a lock file or list of requirements in it names: wanted once, perhaps not there. */
  readonly declared: readonly Package[];
  readonly coverage: PackageCoverage;
}

/** Every distinct package of the account put to the advisories once, with the artifacts that it is in: the posting index. */
import type { Severity } from "../model/finding.ts";
import { severityRank } from "../model/finding.ts";
import type { VulnerablePackage } from "../model/libraries.ts";
import type { Ecosystem, Package } from "../model/packages.ts";
import type { AdvisoryIndex } from "./advisories/advisory-index.ts";
import { compareIds } from "./advisories/alias-groups.ts";
import { type CheckedPackage, checkPackage, type Hole, idsOf } from "./advisories/check-package.ts";
import type { Exploited } from "./advisories/exploited.ts";
import { comparableName } from "./advisories/package-names.ts";
import { commonOf } from "./packages/java-group.ts";

/** The holes of one version of a package, taken together. */
export type Holes = Omit<VulnerablePackage, "package" | "inRange" | "inVersions">;

/** One version of a package, or what its code tells of a version that is not known. */
export interface Posting {
  readonly version: string | null;
  /** As `Package.versionRange`. */
  readonly versionRange?: string;
  /** Numbers of the artifacts that it is in, ascending. */
  readonly artifacts: number[];
  /** Absent: none is known, or it was not put to the advisories. */
  holes?: Holes;
  /** Why it could not be told. */
  untold?: string;
  /** Of jars whose group is probable or not known: where the classes of all of them lie. */
  classes?: string;
  /** Which package it was taken for, where its name does not say that. */
  as?: string;
}

export interface Advisories {
  readonly index: AdvisoryIndex;
  readonly exploited: Exploited;
}

/** By version or range: no version is written as a range is. */
type Versions = Map<string | null, Posting>;

/** What is noted of a package. */
export interface NotedPackage extends Pick<Package, "ecosystem" | "name" | "version" | "versionRange" | "classes"> {}

export class Postings {
  /** Artifacts of jars that do not say their group: what is said of any group is asked for. */
  readonly #jars = new Set<string>();
  readonly #packages = new Map<Ecosystem, Map<string, Versions>>();

  /** Notes that `artifact` holds the package. @param artifact its number, not smaller than those noted before */
  note(artifact: number, { ecosystem, name, version, versionRange, classes }: NotedPackage): void {
    const names = madeIn(this.#packages, ecosystem, () => new Map<string, Versions>());
    const versions = madeIn(names, name, (): Versions => new Map());
    // lists of older readers do not say where the classes lie
    const where = classes ?? (ecosystem === "Maven" && !name.includes(":") ? "" : undefined);
    const posting = madeIn(versions, version ?? versionRange ?? null, (): Posting => {
      const told = versionRange === undefined ? { version } : { version, versionRange };
      return where === undefined ? { ...told, artifacts: [] } : { ...told, artifacts: [], classes: where };
    });
    if (posting.artifacts.at(-1) !== artifact) posting.artifacts.push(artifact);
    // one that says its group tells what the others of that name are
    if (where === undefined) delete posting.classes;
    else if (posting.classes !== undefined) posting.classes = commonOf(posting.classes, where);
    if (where !== undefined) this.#jars.add(artifactOf(name));
  }

  /** Undefined where it was never noted. */
  posting({ ecosystem, name, version, versionRange }: Omit<NotedPackage, "classes">): Posting | undefined {
    return this.#packages
      .get(ecosystem)
      ?.get(name)
      ?.get(version ?? versionRange ?? null);
  }

  /** Whether any version of a package was noted. */
  names(): (ecosystem: Ecosystem, comparable: string) => boolean {
    const known = new Map(
      [...this.#packages].map(([ecosystem, names]) => [
        ecosystem,
        new Set([...names.keys()].map((name) => comparableName(ecosystem, name))),
      ]),
    );
    return (ecosystem, comparable) =>
      (known.get(ecosystem)?.has(comparable) ?? false) || (ecosystem === "Maven" && this.#jars.has(artifactOf(comparable)));
  }

  /** Puts everything that was noted to the advisories, each version once. */
  putTo({ index, exploited }: Advisories): void {
    for (const { ecosystem, name, versions } of this.entries()) {
      const comparable = comparableName(ecosystem, name);
      for (const posting of versions) {
        const { version, versionRange, classes } = posting;
        const asked = {
          ecosystem,
          name: comparable,
          version,
          ...(versionRange === undefined ? {} : { versionRange }),
          ...(classes === undefined ? {} : { classes }),
        };
        const checked = checkPackage(index, asked, exploited);
        if ("unknown" in checked) {
          posting.untold = checked.unknown;
          continue;
        }
        if (checked.as !== undefined && checked.as !== name) posting.as = checked.as;
        if (checked.holes.length > 0) posting.holes = holesOf(checked);
      }
    }
  }

  /** Each package with its versions. */
  *entries(): Generator<{ readonly ecosystem: Ecosystem; readonly name: string; readonly versions: readonly Posting[] }> {
    for (const [ecosystem, names] of this.#packages) {
      for (const [name, versions] of names) yield { ecosystem, name, versions: [...versions.values()] };
    }
  }
}

function artifactOf(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function madeIn<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}

function holesOf(checked: CheckedPackage): Holes {
  const { holes, fixed, majorJump } = checked;
  const gravest = holes.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity) || (b.score ?? 0) - (a.score ?? 0))[0];
  const ids = idsOf(checked);
  const aliases = [...new Set(holes.flatMap((hole) => hole.aliases))].filter((alias) => !ids.includes(alias)).toSorted(compareIds);
  const due = holes.flatMap(({ exploitedDue }) => exploitedDue ?? []).toSorted()[0];
  const odds = holes.flatMap(({ epss }) => epss ?? []);
  return {
    ids,
    aliases,
    severity: severityOf(gravest),
    ...(gravest?.score === undefined ? {} : { score: gravest.score }),
    malicious: holes.some(({ malicious }) => malicious),
    ...(due === undefined ? {} : { exploitedDue: due }),
    ...(odds.length === 0 ? {} : { epss: Math.max(...odds) }),
    fixed,
    majorJump,
  };
}

function severityOf(gravest: Hole | undefined): Severity {
  return gravest?.severity ?? "MEDIUM";
}

/** Known to be used before what was made to harm, then by how grave, then by odds. */
export function compareHoles(a: Holes, b: Holes): number {
  const exploited = ({ exploitedDue }: Holes) => Number(exploitedDue === undefined);
  return (
    exploited(a) - exploited(b) ||
    Number(b.malicious) - Number(a.malicious) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    (b.epss ?? 0) - (a.epss ?? 0) ||
    (b.score ?? 0) - (a.score ?? 0) ||
    compareIds(a.ids[0] ?? "", b.ids[0] ?? "")
  );
}

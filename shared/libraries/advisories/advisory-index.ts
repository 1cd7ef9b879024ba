/** Advisories by the package they are about, ready to be asked. */
import { type Ecosystem, ecosystems } from "../../model/packages.ts";
import type { VersionOrder } from "../versions/order.ts";
import { orders } from "../versions/orders.ts";
import type { Advisory, Affected, EcosystemAdvisories, Gravity } from "./advisory.ts";
import { AliasGroups } from "./alias-groups.ts";
import { isWithin, type ParsedInterval, parsedInterval } from "./intervals.ts";

/** What one advisory says of one package. */
export interface Entry {
  readonly advisory: Advisory;
  readonly gravity: Gravity;
  readonly intervals: readonly ParsedInterval[];
  /** Parsed. */
  readonly versions: readonly unknown[];
}

interface Version {
  readonly text: string;
  readonly key: unknown;
}

/** Everything about one package. */
export interface KnownPackage {
  readonly order: VersionOrder;
  readonly entries: readonly Entry[];
  /** Versions that mend something and have no known hole, smallest first. */
  readonly clean: readonly Version[];
}

/** What is known of a package is put together when it is asked about first. */
interface Named {
  readonly raw: Raw[];
  known?: KnownPackage;
}

interface Raw {
  readonly advisory: Advisory;
  readonly affected: Affected;
}

export class AdvisoryIndex {
  readonly groups: AliasGroups;
  /** Of which anything is known. */
  readonly ecosystems: ReadonlySet<Ecosystem>;
  readonly #named = new Map<Ecosystem, Map<string, Named>>(ecosystems.map((ecosystem) => [ecosystem, new Map()]));

  #mavenNames?: ReadonlyMap<string, readonly string[]>;

  /** @param known ecosystems of which everything is known, also where nothing of it is in `feeds`; absent: those that are */
  constructor(feeds: readonly EcosystemAdvisories[], known?: Iterable<Ecosystem>) {
    this.groups = new AliasGroups(allOf(feeds));
    this.ecosystems = new Set(known ?? feeds.filter(({ advisories }) => advisories.length > 0).map(({ ecosystem }) => ecosystem));
    for (const { ecosystem, advisories } of feeds) {
      const byName = this.#named.get(ecosystem);
      for (const advisory of advisories) {
        for (const affected of advisory.affected) {
          if (affected.ecosystem !== ecosystem) continue;
          const there = byName?.get(affected.name);
          if (there) there.raw.push({ advisory, affected });
          else byName?.set(affected.name, { raw: [{ advisory, affected }] });
        }
      }
    }
  }

  /** Undefined where nothing was ever said of it. @param name as `comparableName` makes it */
  package(ecosystem: Ecosystem, name: string): KnownPackage | undefined {
    const named = this.#named.get(ecosystem)?.get(name);
    if (!named) return undefined;
    named.known ??= knownPackage(named.raw, orders[ecosystem]);
    return named.known;
  }

  /** Names of Maven's packages with that artifact, of whatever group, of which anything was ever said. */
  mavenNames(artifact: string): readonly string[] {
    this.#mavenNames ??= Map.groupBy(this.#named.get("Maven")?.keys() ?? [], (name) => name.slice(name.indexOf(":") + 1));
    return this.#mavenNames.get(artifact) ?? [];
  }
}

function* allOf(feeds: readonly EcosystemAdvisories[]): Generator<Advisory> {
  for (const { advisories } of feeds) yield* advisories;
}

function knownPackage(raw: readonly Raw[], order: VersionOrder): KnownPackage {
  const entries = raw.map(({ advisory, affected }) => ({
    advisory,
    gravity: affected.gravity ?? advisory.gravity,
    intervals: affected.intervals.map((interval) => parsedInterval(interval, order)),
    versions: (affected.versions ?? []).map((version) => order.parse(version)),
  }));
  const mended = raw.flatMap(({ affected }) =>
    affected.intervals.flatMap(({ to, end }) => (to !== undefined && end === "fixed" ? [to] : [])),
  );
  const clean = [...new Set(mended)]
    .map((text) => ({ text, key: order.parse(text) }))
    .filter(({ key }) => !entries.some((entry) => isAffected(entry, key, order)))
    .toSorted((a, b) => order.compare(a.key, b.key));
  return { order, entries, clean };
}

/** In its versions or in one of its intervals. */
export function isAffected({ intervals, versions }: Entry, key: unknown, order: VersionOrder): boolean {
  for (const interval of intervals) if (isWithin(key, interval, order)) return true;
  for (const version of versions) if (order.compare(key, version) === 0) return true;
  return false;
}

/** The order of versions in each ecosystem, by the name that OSV gives it. */
import type { Ecosystem } from "../../model/packages.ts";
import { goOrder } from "./go.ts";
import { mavenOrder } from "./maven.ts";
import { nugetOrder } from "./nuget.ts";
import { mostCharacters, type VersionOrder } from "./order.ts";
import { pep440Order } from "./pep440.ts";
import { rubygemsOrder } from "./rubygems.ts";
import { semverOrder } from "./semver.ts";

export const orders: Readonly<Record<Ecosystem, VersionOrder>> = {
  npm: bounded(semverOrder),
  PyPI: bounded(pep440Order),
  Maven: bounded(mavenOrder),
  Go: bounded(goOrder),
  RubyGems: bounded(rubygemsOrder),
  NuGet: bounded(nugetOrder),
};

/** Below 0: `a` comes before `b` in `ecosystem`. */
export function compareVersions(ecosystem: Ecosystem, a: string, b: string): number {
  const order = orders[ecosystem];
  return order.compare(order.parse(a), order.parse(b));
}

function bounded<Key>({ parse, compare }: VersionOrder<Key>): VersionOrder {
  return { parse: (version) => parse(version.slice(0, mostCharacters)), compare: (a, b) => compare(a as Key, b as Key) };
}

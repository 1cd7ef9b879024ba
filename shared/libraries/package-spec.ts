/** `axios@<1.8.2`, or `axios <1.8.2`: which packages are meant, and which of their versions. */
import { type Ecosystem, ecosystems } from "../model/packages.ts";
import { comparableName, parsePackageUrl } from "./advisories/package-names.ts";
import { type BoundOperator, mayLie, versionRuns } from "./advisories/version-runs.ts";
import type { VersionOrder } from "./versions/order.ts";
import { orders } from "./versions/orders.ts";

/** Which versions of a package are wanted; undefined: none. */
export type Wanted = (ecosystem: Ecosystem, name: string) => ((version: string | null, versionRange?: string) => boolean) | undefined;

/** A text names no packages; its message says what would. */
export class PackageSpecError extends Error {
  override readonly name = "PackageSpecError";
}

interface Bound {
  readonly operator: BoundOperator;
  readonly version: string;
}

const tests: Readonly<Record<BoundOperator, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
  "=": (order) => order === 0,
};

/**
 * A name as its ecosystem writes it (of Maven also the artifact alone), or a package URL; after an @ one version, or bounds with commas or
 * blanks between them; before a sign such as < a blank does for the @. What has no known version may be any, or any of which its code tells.
 * @throws PackageSpecError where it is none of these
 */
export function packageSpec(spec: string): Wanted {
  const text = spec.trim().replace(/^(@?[^\s@]+)\s+(?=[<>=])/, "$1@");
  // the @ of a scope is the first character of a part
  const at = text.lastIndexOf("@");
  const hasVersion = at > 0 && text[at - 1] !== "/";
  const named = nameOf(hasVersion ? text.slice(0, at) : text);
  const bounds = hasVersion ? boundsOf(decoded(text.slice(at + 1)), text) : [];
  return (ecosystem, name) => {
    if (named.ecosystem !== undefined && named.ecosystem !== ecosystem) return undefined;
    if (!isNamed(ecosystem, name, named.name)) return undefined;
    const order = orders[ecosystem];
    return (version, versionRange) => {
      if (version === null) return bounds.length === 0 || versionRange === undefined || mayBe(versionRange, bounds, order);
      const key = order.parse(version);
      return bounds.every((bound) => tests[bound.operator](order.compare(key, order.parse(bound.version))));
    };
  };
}

/** Whether one of the versions that it may be is wanted. */
function mayBe(range: string, bounds: readonly Bound[], order: VersionOrder): boolean {
  const runs = versionRuns(range, order);
  return !runs || runs.some((run) => bounds.every(({ operator, version }) => mayLie(run, operator, order.parse(version), order)));
}

function nameOf(text: string): { readonly ecosystem?: Ecosystem; readonly name: string } {
  if (!/^pkg:/i.test(text)) return { name: text };
  const url = parsePackageUrl(text);
  if ("wrong" in url) throw new PackageSpecError(`${text}: ${url.wrong}`);
  if ("otherType" in url) throw new PackageSpecError(`${text}: packages of ${ecosystems.join(", ")} are known`);
  return url;
}

function isNamed(ecosystem: Ecosystem, name: string, wanted: string): boolean {
  const known = comparableName(ecosystem, name).toLowerCase();
  const asked = comparableName(ecosystem, wanted).toLowerCase();
  return known === asked || (ecosystem === "Maven" && !asked.includes(":") && known.endsWith(`:${asked}`));
}

function decoded(text: string): string {
  return /%[\da-f]{2}/i.test(text) ? (decodeOrUndefined(text) ?? text) : text;
}

function decodeOrUndefined(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function boundsOf(text: string, spec: string): Bound[] {
  const parts = text
    .replace(/([<>=])\s+/g, "$1")
    .split(/[\s,]+/)
    .filter(Boolean);
  const bounds = parts.map((part): Bound => {
    const [, operator = "", version = ""] = /^(<=|>=|<|>|==?)?(.*)$/.exec(part) ?? [];
    if (!/^[\w.+!:~-]*\d[\w.+!:~-]*$/.test(version)) {
      throw new PackageSpecError(`${spec}: after the @ stand versions, such as @1.7.2, "@<1.8.2" or "@>=1.0.0,<1.8.2"`);
    }
    return { operator: operator === "" || operator === "==" ? "=" : (operator as BoundOperator), version };
  });
  if (bounds.length === 0) throw new PackageSpecError(`${spec}: there is nothing after the @`);
  return bounds;
}

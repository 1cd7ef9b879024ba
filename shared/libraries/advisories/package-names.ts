/** Names of packages as they are compared, and what a package URL names. */

import type { Ecosystem } from "../../model/packages.ts";
import { ecosystemOfType } from "../packages/purl.ts";
import { normalizedPythonName } from "../packages/python-names.ts";

/**
 * PyPI by PEP 503; NuGet knows no case; Go's package URLs have lost theirs, and no two modules differ by it. Names of npm, Maven and RubyGems
 * are what they are: `JSONStream` and `jsonstream` are two packages.
 */
export function comparableName(ecosystem: Ecosystem, name: string): string {
  if (ecosystem === "PyPI") return normalizedPythonName(name);
  return ecosystem === "NuGet" || ecosystem === "Go" ? name.toLowerCase() : name;
}

export type PackageUrl =
  | {
      readonly ecosystem: Ecosystem;
      /** As `comparableName` makes it. */
      readonly name: string;
      /** As the package URL has it, where that is another. */
      readonly written?: string;
      readonly version: string | null;
    }
  /** A package URL of something that we know nothing of. */
  | { readonly otherType: string }
  /** Not a package URL; why, in words. */
  | { readonly wrong: string };

/** Takes a package URL apart as its specification says (github.com/package-url/purl-spec); qualifiers and subpath do not matter here. */
export function parsePackageUrl(text: string): PackageUrl {
  const [, type = "", rest = ""] = /^pkg:\/*([a-z.+-][a-z\d.+-]*)\/+([^?#]+)/i.exec(text) ?? [];
  if (type === "") return { wrong: "a package URL reads like pkg:npm/lodash@4.17.20" };
  const ecosystem = ecosystemOfType(type);
  if (!ecosystem) return { otherType: type.toLowerCase() };
  // an @ before the last slash begins a scope
  const at = rest.lastIndexOf("@");
  const hasVersion = at > rest.lastIndexOf("/") && at > 0 && rest[at - 1] !== "/";
  const [path, version] = hasVersion ? [rest.slice(0, at), decoded(rest.slice(at + 1))] : [rest, ""];
  const parts = path.split("/").filter(Boolean).map(decoded);
  if (version === undefined || parts.includes(undefined)) return { wrong: "its percent signs encode nothing: % itself is %25" };
  const name = ecosystem === "Maven" && parts.length > 1 ? `${parts.slice(0, -1).join(".")}:${parts.at(-1)}` : parts.join("/");
  if (name === "") return { wrong: "it has no name" };
  const comparable = comparableName(ecosystem, name);
  return {
    ecosystem,
    name: comparable,
    ...(comparable === name ? {} : { written: name }),
    version: version === "" ? null : version,
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Package URLs as github.com/package-url/purl-spec encodes them (read 2026-11-27). */
import type { Ecosystem } from "../../model/packages.ts";

const types: Readonly<Record<Ecosystem, string>> = {
  npm: "npm",
  PyPI: "pypi",
  Maven: "maven",
  Go: "golang",
  RubyGems: "gem",
  NuGet: "nuget",
};

const ecosystems: ReadonlyMap<string, Ecosystem> = new Map(
  Object.entries(types).map(([ecosystem, type]) => [type, ecosystem as Ecosystem]),
);

/** The ecosystem of a package URL's type, in any case; undefined for a type that we know no advisories of. */
export function ecosystemOfType(type: string): Ecosystem | undefined {
  return ecosystems.get(type.toLowerCase());
}

/** @param name as the ecosystem's advisories name it: `@scope/name`, `group:artifact`, a module path */
export function purlOf(ecosystem: Ecosystem, name: string, version: string | null): string {
  const path = ecosystem === "Maven" ? name.replace(":", "/") : ecosystem === "Go" ? name.toLowerCase() : name;
  const encoded = path.split("/").filter(Boolean).map(percentEncoded).join("/");
  return `pkg:${types[ecosystem]}/${encoded}${version === null ? "" : `@${percentEncoded(version)}`}`;
}

/** Everything but letters, digits, `.`, `-`, `_`, `~` and the colon is encoded. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":");
}

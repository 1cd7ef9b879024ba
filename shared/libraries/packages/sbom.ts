/** Bills of materials that were shipped with the code: CycloneDX 1.x and SPDX 2.x in JSON. */
import type { Ecosystem } from "../../model/packages.ts";
import { type Add, asObject, asText, baseName, jsonObject, type PackageReader } from "./package-reader.ts";
import { ecosystemOfType } from "./purl.ts";
import { normalizedPythonName } from "./python-names.ts";

const bill = /^(?:bom|sbom)\.json$|\.cdx\.json$|\.spdx\.json$|^(?:cyclonedx|spdx)[\w.-]*\.json$/i;
const largest = 8 * 1024 * 1024;
const deepestComponent = 20;

function isBill(path: string): boolean {
  // what a package ships of its own says nothing of what is installed here, but for Python (PEP 770)
  return bill.test(baseName(path)) && !/(?:^|\/)node_modules\//.test(path);
}

export const sbom: PackageReader = {
  wishOf: (path, bytes) => (isBill(path) && bytes <= largest ? "content" : undefined),
  read({ files }, add) {
    let bills = 0;
    for (const { path, content } of files) {
      const document = isBill(path) ? jsonObject(content.toString("utf8")) : undefined;
      const put: Add = (found) => {
        // those of Python's packages tell of their own package only
        if (!/\.dist-info\/|(?:^|\/)(?:site-packages|_vendor)\//.test(path)) bills += 1;
        add(found);
      };
      if (document?.bomFormat === "CycloneDX") addComponents(document.components, path, put, 0);
      else if (asText(document?.spdxVersion)) addSpdx(document?.packages, path, put);
    }
    return bills > 0
      ? { statements: [`a bill of materials was shipped: it lists ${bills} packages`], opaque: [], isWhole: true }
      : undefined;
  },
};

function addComponents(list: unknown, path: string, add: Add, depth: number): void {
  if (!Array.isArray(list) || depth > deepestComponent) return;
  for (const one of list.map(asObject)) {
    if (!one || one.scope === "excluded") continue;
    addPurl(asText(one.purl), path, "CycloneDX file", add);
    addComponents(one.components, path, add, depth + 1);
  }
}

function addSpdx(list: unknown, path: string, add: Add): void {
  if (!Array.isArray(list)) return;
  for (const one of list.map(asObject)) {
    const references = Array.isArray(one?.externalRefs) ? one.externalRefs.map(asObject) : [];
    for (const reference of references) {
      if (reference?.referenceType === "purl") addPurl(asText(reference.referenceLocator), path, "SPDX file", add);
    }
  }
}

function addPurl(text: string | undefined, path: string, how: string, add: Add): void {
  const found = parsePurl(text ?? "");
  if (found) add({ ...found, confidence: "high", how, path });
}

/** Ecosystem, name and version of a package URL; undefined of another ecosystem, or of what is none. */
export function parsePurl(
  text: string,
): { readonly ecosystem: Ecosystem; readonly name: string; readonly version: string | null } | undefined {
  const [, type = "", rest = ""] = /^pkg:\/*([\w.+-]+)\/+([^?#]+)/i.exec(text) ?? [];
  const ecosystem = ecosystemOfType(type);
  const at = rest.lastIndexOf("@");
  const [path, version] = at > 0 ? [rest.slice(0, at), rest.slice(at + 1)] : [rest, ""];
  try {
    const parts = path.split("/").filter(Boolean).map(decodeURIComponent);
    if (!ecosystem || parts.length === 0) return undefined;
    const known = version === "" ? null : decodeURIComponent(version);
    return { ecosystem, name: nameOf(ecosystem, parts), version: ecosystem === "Go" ? (known?.replace(/^v(?=\d)/, "") ?? null) : known };
  } catch {
    return undefined;
  }
}

function nameOf(ecosystem: Ecosystem, parts: readonly string[]): string {
  if (ecosystem === "Maven") return parts.length > 1 ? `${parts.slice(0, -1).join(".")}:${parts.at(-1)}` : (parts[0] ?? "");
  return ecosystem === "PyPI" ? normalizedPythonName(parts.join("/")) : parts.join("/");
}

/** Python packages: what installers left beside them, and copies that others carry. */
import { type Add, asText, baseName, type PackageReader } from "./package-reader.ts";
import { distributionOf, eggOf, normalizedPythonName, vendoredOf } from "./python-names.ts";

const metadata =
  /(?:^|\/)[^/]+\.dist-info\/METADATA$|(?:^|\/)[^/]+\.egg-info\/PKG-INFO$|(?:^|\/)[^/]+\.egg-info$|(?:^|\/)EGG-INFO\/PKG-INFO$/;
const vendorList = /(?:^|\/)_vendor\/vendor\.txt$/;
const largest = 2 * 1024 * 1024;

export const python: PackageReader = {
  wishOf(path, bytes) {
    const isList = vendorList.test(path);
    if (isList || metadata.test(path)) {
      if (!isList && (distributionOf(path) || eggOf(path))) return "name";
      return bytes <= largest ? "content" : undefined;
    }
    return vendoredOf(path) === undefined ? undefined : "name";
  },
  read({ names, files }, add) {
    const vendored = new Map<string, string>();
    const noted = new Set<string>();
    const at = (path: string, name: string) => `${path.slice(0, path.lastIndexOf("_vendor/"))} ${name}`;
    const put: Add = (found) => {
      noted.add(found.path.slice(0, found.path.lastIndexOf("_vendor/")));
      add(found);
    };
    for (const { path } of names) {
      const dist = distributionOf(path);
      const egg = dist ? undefined : eggOf(path);
      const one = dist ?? egg;
      if (one) put({ ecosystem: "PyPI", ...one, confidence: "high", how: dist ? "dist-info" : "egg-info", path });
      const name = one ? undefined : vendoredOf(path);
      if (name) vendored.set(at(path, normalizedPythonName(name)), path);
    }
    for (const { path, content } of files) {
      const text = content.toString("utf8");
      if (metadata.test(path)) addMetadata(path, text, put);
      if (vendorList.test(path)) addVendorList(path, text, (name) => vendored.has(at(path, name)), put);
    }
    for (const [key, path] of vendored) {
      const name = key.slice(key.lastIndexOf(" ") + 1);
      // where installers left their notes, what has none is part of another package
      if (!noted.has(key.slice(0, key.lastIndexOf(" "))))
        add({ ecosystem: "PyPI", name, version: null, confidence: "low", how: "folder in _vendor", path });
    }
    return undefined;
  },
};

/** Its head is as that of a mail. */
function addMetadata(path: string, text: string, add: Add): void {
  const head = text.slice(0, 20_000).split(/\r?\n\r?\n/, 1)[0] ?? "";
  const [, name] = /^Name:[ \t]*(\S+)[ \t]*\r?$/im.exec(head) ?? [];
  const [, version] = /^Version:[ \t]*(\S+)[ \t]*\r?$/im.exec(head) ?? [];
  if (name === undefined) return;
  add({
    ecosystem: "PyPI",
    name: normalizedPythonName(name),
    version: asText(version) ?? null,
    confidence: "high",
    how: baseName(path) === "METADATA" ? "dist-info" : "egg-info",
    path,
  });
}

/** pip and its like write down which versions they carry; what is not there was taken out. */
function addVendorList(path: string, text: string, isThere: (name: string) => boolean, add: Add): void {
  for (const line of text.split("\n")) {
    const [, name, version] = /^\s*([\w.-]+)==([^\s;#]+)/.exec(line) ?? [];
    if (name === undefined || version === undefined) continue;
    const normal = normalizedPythonName(name);
    if (isThere(normal)) add({ ecosystem: "PyPI", name: normal, version, confidence: "medium", how: "vendor.txt", path });
  }
}

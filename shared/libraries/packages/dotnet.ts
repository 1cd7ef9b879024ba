/** .NET packages, from the list that its build leaves beside the program. */
import { asObject, jsonObject, type PackageReader } from "./package-reader.ts";

const list = /\.deps\.json$/i;
const assembly = /^[^/]+\.dll$/i;
const largest = 8 * 1024 * 1024;

export const dotnet: PackageReader = {
  wishOf(path, bytes) {
    if (list.test(path)) return bytes <= largest ? "content" : undefined;
    return assembly.test(path) ? "name" : undefined;
  },
  read({ names, files }, add) {
    const assemblies = names.filter(({ path }) => assembly.test(path));
    const first = assemblies[0];
    const isListed = files.some(({ path }) => list.test(path));
    for (const { path, content } of files) {
      if (!list.test(path)) continue;
      for (const [key, value] of Object.entries(asObject(jsonObject(content.toString("utf8"))?.libraries) ?? {})) {
        const [name, version, ...more] = key.split("/");
        if (!name || !version || more.length > 0 || asObject(value)?.type !== "package") continue;
        add({ ecosystem: "NuGet", name, version, confidence: "high", how: "deps.json", path });
      }
    }
    if (!first || isListed) return undefined;
    return {
      statements: [],
      opaque: [{ file: first.path, why: `${assemblies.length} assemblies without a deps.json that names their packages` }],
    };
  },
};

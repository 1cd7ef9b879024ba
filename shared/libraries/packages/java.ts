/** Java packages: names of jars, and what Maven left in them. */
import { type Add, baseName, type PackageReader } from "./package-reader.ts";

const archive = /\.(?:jar|war|ear)$/i;
const pom = /(?:^|\/)META-INF\/maven\/([^/]+)\/([^/]+)\/pom\.properties$/;
/** So many are named; one is enough to say that not everything is known. */
const mostNamed = 20;
const largestPom = 64 * 1024;
/** Parts after a version that belong to it. */
const ofVersion =
  /^(?:\d[\w.]*|jre\d*|jdk\d*|android|snapshot|release|final|ga|alpha[\w.]*|beta[\w.]*|rc[\w.]*|cr\d*|m\d+|sp\d*|incubating|redhat[\w.]*|preview[\w.]*|b\d+)$/i;
/** Parts that say for what the jar is built; its version ends before them. */
const classifier =
  /^(?:linux|osx|windows|natives|sources|javadoc|tests?|all|shaded|indy|jar|with|dependencies|x86_64|x86|aarch_?64|amd64|arm64|uber|bin|classes)\w*$/i;

export interface JarName {
  readonly artifact: string;
  /** Null where the name does not tell it without doubt. */
  readonly version: string | null;
}

/** `log4j-1.2-api-2.20.0.jar` is log4j-1.2-api of 2.20.0; `guava-32.1.2-jre.jar` is of 32.1.2-jre. */
export function jarName(path: string): JarName {
  const parts = baseName(path).replace(archive, "").split("-");
  while (parts.length > 2 && classifier.test(parts.at(-1) ?? "")) parts.pop();
  for (let at = 1; at < parts.length; at += 1) {
    const rest = parts.slice(at);
    if (!/^\d/.test(rest[0] ?? "")) continue;
    if (rest.every((part) => ofVersion.test(part))) return { artifact: parts.slice(0, at).join("-"), version: rest.join("-") };
  }
  const from = parts.findLastIndex((part, i) => i > 0 && /^\d+\./.test(part));
  return { artifact: from < 0 ? parts.join("-") : parts.slice(0, from).join("-"), version: null };
}

interface Coordinates {
  readonly group: string;
  readonly artifact: string;
  readonly version: string | null;
  readonly path: string;
}

export const java: PackageReader = {
  wishOf(path, bytes) {
    if (archive.test(path)) return "archive";
    return pom.test(path) && bytes <= largestPom ? "content" : undefined;
  },
  read({ names, files }, add) {
    const inJar = Map.groupBy(
      files.flatMap(({ path, content }) => coordinatesOf(path, content.toString("utf8"))),
      ({ path }) => path.slice(0, Math.max(0, path.lastIndexOf("!/"))),
    );
    for (const { path } of names) {
      if (/\.jar$/i.test(path)) addJar(path, inJar.get(path) ?? [], add);
    }
    for (const [jar, all] of inJar) {
      if (/\.jar$/i.test(jar)) continue;
      // unpacked into the artifact itself, or into a war: everything lies together
      for (const one of all) addShaded(one, add);
    }
    const unnamed = names.filter(({ path }) => /\.jar$/i.test(path) && jarName(path).version === null && !inJar.has(path));
    return {
      statements: [],
      opaque: unnamed.slice(0, mostNamed).map(({ path }) => ({ file: path, why: "a jar that says neither its version nor what is in it" })),
    };
  },
};

function coordinatesOf(path: string, text: string): Coordinates[] {
  const [, group = "", artifact = ""] = pom.exec(path) ?? [];
  if (group === "") return [];
  const value = (key: string) => new RegExp(`^[ \\t]*${key}[ \\t]*[=:][ \\t]*(\\S+)[ \\t]*\\r?$`, "m").exec(text)?.[1];
  const version = value("version");
  return [
    {
      group: value("groupId") ?? group,
      artifact: value("artifactId") ?? artifact,
      version: version === undefined || version.includes("$") ? null : version,
      path,
    },
  ];
}

function addJar(path: string, inside: readonly Coordinates[], add: Add): void {
  const name = jarName(path);
  const own =
    inside.find(({ artifact }) => artifact === name.artifact) ?? inside.find(({ artifact }) => baseName(path).startsWith(artifact));
  if (own) {
    // two that say different versions: one of them is of something else, and nobody knows which
    const agrees = name.version === null || own.version === null || name.version === own.version || own.artifact !== name.artifact;
    const version = agrees ? (own.version ?? name.version) : null;
    add({ ecosystem: "Maven", name: `${own.group}:${own.artifact}`, version, confidence: "high", how: "pom.properties", path: own.path });
  } else if (name.version !== null || inside.length === 0) {
    add({ ecosystem: "Maven", name: name.artifact, version: name.version, confidence: "medium", how: "name of the jar", path });
  }
  for (const one of inside) if (one !== own) addShaded(one, add);
}

function addShaded({ group, artifact, version, path }: Coordinates, add: Add): void {
  add({ ecosystem: "Maven", name: `${group}:${artifact}`, version, confidence: "medium", how: "pom.properties of a part", path });
}

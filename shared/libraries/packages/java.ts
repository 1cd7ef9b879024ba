/** Java packages: names of jars, what Maven left in them, and where it left nothing, their manifests and classes. */
import type { Found } from "../../artifacts/inspector.ts";
import { commonPackage, groupOf, packagesIn } from "./java-group.ts";
import type { Manifest } from "./java-manifest.ts";
import { type Add, baseName, jsonObject, type PackageReader } from "./package-reader.ts";

const archive = /\.(?:jar|war|ear)$/i;
const pom = /(?:^|\/)META-INF\/maven\/([^/]+)\/([^/]+)\/pom\.properties$/;
/** So many are named; one is enough to say that not everything is known. */
const mostNamed = 20;
const largestPom = 64 * 1024;
const manifest = /\.[jwe]ar!\/META-INF\/MANIFEST\.MF$/i;
const largestManifest = 16 * 1024 * 1024;
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

/** What a jar tells beside its name. */
interface Inside {
  readonly coordinates: readonly Coordinates[];
  readonly folders: readonly string[];
  readonly manifest: Manifest;
}

const nothing: Inside = { coordinates: [], folders: [], manifest: {} };

/** Whether a file is the head of what a jar says of itself, which is told in pieces because signed jars go on for long. */
export function isManifest(path: string): boolean {
  return manifest.test(path);
}

export const java: PackageReader = {
  wishOf(path, bytes) {
    if (archive.test(path)) return "archive";
    if (path.includes("!/") && path.endsWith(".class")) return "folder";
    if (isManifest(path)) return bytes <= largestManifest ? "pieces" : undefined;
    return pom.test(path) && bytes <= largestPom ? "content" : undefined;
  },
  read(found, add) {
    const inside = insideOf(found);
    for (const { path } of found.names) if (/\.jar$/i.test(path)) addJar(path, inside.get(path) ?? nothing, add);
    for (const [jar, { coordinates }] of inside) {
      if (/\.jar$/i.test(jar)) continue;
      // unpacked into the artifact itself, or into a war: everything lies together
      for (const one of coordinates) addShaded(one, add);
    }
    const unnamed = found.names.filter(({ path }) => /\.jar$/i.test(path) && isUntold(path, inside.get(path) ?? nothing));
    return {
      statements: [],
      opaque: unnamed.slice(0, mostNamed).map(({ path }) => ({ file: path, why: "a jar that says neither its version nor what is in it" })),
    };
  },
};

/** By the path of the jar, what lies in it; by the empty path what lies in no archive. */
function insideOf({ files, folders, digests }: Found): ReadonlyMap<string, Inside> {
  const poms = files.flatMap(({ path, content }) => coordinatesOf(path, content.toString("utf8")));
  const coordinates = Map.groupBy(poms, ({ path }) => jarOf(path));
  const classes = Map.groupBy(folders, jarOf);
  const manifests = new Map(digests.filter(({ path }) => isManifest(path)).map(({ path, digest }) => [jarOf(path), digest]));
  const jars = new Set([...coordinates.keys(), ...classes.keys(), ...manifests.keys()]);
  return new Map(
    [...jars].map((jar) => [
      jar,
      {
        coordinates: coordinates.get(jar) ?? [],
        folders: (classes.get(jar) ?? []).map((folder) => folder.slice(jar.length + 2)),
        manifest: (jsonObject(manifests.get(jar) ?? "") ?? {}) as Manifest,
      },
    ]),
  );
}

function jarOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("!/")));
}

function isUntold(path: string, { coordinates, manifest: said }: Inside): boolean {
  return coordinates.length === 0 && jarName(path).version === null && versionIn(said) === null;
}

/** Builds write the version of the jar there, some of them with more behind it, and some the one of what it is made for. */
function versionIn(said: Manifest): string | null {
  const version = said["Implementation-Version"] ?? "";
  if (!/^\d+(?:\.\d+)+(?:[.-](?:\d+|[A-Za-z]+\d*))?$/.test(version)) return null;
  const numbers = /^\d+(?:\.\d+){0,2}/;
  const bundle = said["Bundle-Version"];
  return bundle === undefined || bundle.startsWith(numbers.exec(version)?.[0] ?? "") ? version : null;
}

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

function addJar(path: string, { coordinates, folders, manifest: said }: Inside, add: Add): void {
  const name = jarName(path);
  const own =
    coordinates.find(({ artifact }) => artifact === name.artifact) ??
    coordinates.find(({ artifact }) => baseName(path).startsWith(artifact));
  if (own) {
    // two that say different versions: one of them is of something else, and nobody knows which
    const agrees = name.version === null || own.version === null || name.version === own.version || own.artifact !== name.artifact;
    const isForOne =
      own.version !== null && name.version?.startsWith(own.version) && /^[.-](?:jre|jdk)\d+$/.test(name.version.slice(own.version.length));
    const version = isForOne ? name.version : agrees ? (own.version ?? name.version) : null;
    add({ ecosystem: "Maven", name: `${own.group}:${own.artifact}`, version, confidence: "high", how: "pom.properties", path: own.path });
  } else if (name.version !== null || coordinates.length === 0) {
    const packages = packagesIn(folders);
    const classes = commonPackage(packages);
    const version = name.version ?? versionIn(said);
    const group = groupOf({ artifact: name.artifact, version, packages, classes, manifest: said });
    const how = group === undefined ? "name of the jar" : "name of the jar, its classes and its manifest (probable)";
    const known = { name: group === undefined ? name.artifact : `${group}:${name.artifact}`, version, classes };
    add({ ecosystem: "Maven", ...known, confidence: "medium", how, path });
  }
  for (const one of coordinates) if (one !== own) addShaded(one, add);
}

function addShaded({ group, artifact, version, path }: Coordinates, add: Add): void {
  add({
    ecosystem: "Maven",
    name: `${group}:${artifact}`,
    version,
    confidence: "medium",
    how: "pom.properties of a part (probable)",
    path,
  });
}

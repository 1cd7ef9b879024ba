/** The group of a jar that has no pom.properties, from its manifest and from where its classes lie: probable, and only where something says it. */
import { type JavaGroup, javaGroups } from "../../data/java-groups.ts";
import { compareVersions } from "../versions/orders.ts";
import type { Manifest } from "./java-manifest.ts";

export interface JarTold {
  readonly artifact: string;
  readonly version: string | null;
  /** Packages with classes, as `packagesIn` tells them, and what most have in common. */
  readonly packages: readonly string[];
  readonly classes: string;
  readonly manifest: Manifest;
}

const group = /^[a-z][\w-]*(?:\.[\w-]+)*$/i;

/** Undefined where nothing says it, or where it could as well be another one. */
export function groupOf(jar: JarTold): string | undefined {
  return knownGroup(jar) ?? groupInTitle(jar) ?? groupInSymbolicName(jar) ?? groupOfVendor(jar);
}

function knownGroup({ artifact, version, packages, manifest }: JarTold): string | undefined {
  const places = [manifest["Automatic-Module-Name"] ?? "", symbolicName(manifest)];
  const saysNothing = packages.length === 0 && places.every((place) => place === "");
  return javaGroups.find((row) => {
    const isNamed = row.artifact.endsWith("$") ? artifact === row.artifact.slice(0, -1) : artifact.startsWith(row.artifact);
    if (!isNamed || !isOf(row, version)) return false;
    const isThere = (place: string) => row.within.some((one) => isIn(place, one));
    // a jar without anything in it is the place where its platforms part, or its files moved from
    return saysNothing || places.some(isThere) || isMost(packages.filter(isThere).length, packages.length);
  })?.group;
}

/** Of no known version it is not known which of two groups it is. */
function isOf({ from, before }: JavaGroup, version: string | null): boolean {
  if (from === undefined && before === undefined) return true;
  if (version === null) return false;
  return (
    (from === undefined || compareVersions("Maven", version, from) >= 0) &&
    (before === undefined || compareVersions("Maven", version, before) < 0)
  );
}

function symbolicName(manifest: Manifest): string {
  return manifest["Bundle-SymbolicName"]?.split(";", 1)[0] ?? "";
}

/** `io.micrometer#micrometer-core;1.17.2`, as a plugin of Gradle writes it. */
function groupInTitle({ version, manifest }: JarTold): string | undefined {
  const [, named = "", of] = /^([\w.-]+)#[\w.-]+;(\S+)$/.exec(manifest["Implementation-Title"] ?? "") ?? [];
  return of === version && group.test(named) ? named : undefined;
}

/** `com.github.luben.zstd-jni` of zstd-jni is group and artifact; `org.testng` of testng is the group, whose last word it is. */
function groupInSymbolicName({ artifact, manifest }: JarTold): string | undefined {
  const name = symbolicName(manifest);
  if (!name.endsWith(`.${artifact}`) || !group.test(name)) return undefined;
  const before = name.slice(0, -artifact.length - 1);
  return before.includes(".") ? before : name;
}

/** Maven wrote the group there, and others the name of who made it; sbt, which builds for a release of Scala, writes the group. */
function groupOfVendor({ artifact, classes, manifest }: JarTold): string | undefined {
  const vendor = manifest["Implementation-Vendor-Id"] ?? "";
  const isSure = isIn(classes, vendor) || /_(?:2\.\d+|3)$/.test(artifact);
  return group.test(vendor) && vendor.includes(".") && isSure ? vendor : undefined;
}

/** Whether `inner` is `outer` or lies in it. */
export function isIn(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`);
}

/** What two packages of classes have in common: of two jars of one name it is not known more. */
export function commonOf(a: string, b: string): string {
  const [left, right] = [a.split("."), b.split(".")];
  const differs = left.findIndex((part, i) => part !== right[i]);
  return differs < 0 ? a : left.slice(0, differs).join(".");
}

/** Classes of more than one origin lie in one jar: this share of its packages counts as most. */
const most = 2 / 3;
const ofOneRelease = /^META-INF\/versions\/\d+\//;

function isMost(some: number, all: number): boolean {
  return all > 0 && some >= all * most;
}

/** @param folders with classes in them, within the jar */
export function packagesIn(folders: readonly string[]): readonly string[] {
  const names = folders.map((folder) => folder.replace(ofOneRelease, "").replaceAll("/", "."));
  return [...new Set(names)].filter((name) => name !== "" && !name.startsWith("META-INF"));
}

/** The deepest package that has most of the others in it: `org.springframework.web`; empty where there is none. */
export function commonPackage(packages: readonly string[]): string {
  const common: string[] = [];
  let within = packages.map((name) => name.split("."));
  for (;;) {
    const counts = new Map<string, number>();
    for (const path of within) {
      const next = path[common.length];
      if (next !== undefined) counts.set(next, (counts.get(next) ?? 0) + 1);
    }
    const [name, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0] as const);
    if (!isMost(count, packages.length)) return common.join(".");
    within = within.filter((path) => path[common.length] === name);
    common.push(name);
  }
}

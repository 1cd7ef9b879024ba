/** The packages of an image from what is in its layers: what a higher one removes or writes anew is not there. Pure. */
import type { KnownLayer } from "../../artifacts/kept-artifact.ts";
import type { PackageList } from "../../model/packages.ts";
import { isBundleFile } from "./bundled-javascript.ts";
import { CollectedPackages } from "./collected-packages.ts";
import { coverageOf } from "./coverage.ts";
import { type LayerContents, outerOf } from "./layer-contents.ts";

/** @param layers the lowest first */
export function packagesOfImage(layers: readonly KnownLayer<LayerContents>[]): PackageList {
  const packages = new CollectedPackages();
  const hidden = new Hidden();
  const told: { statements: readonly string[]; opaque: LayerContents["opaque"]; isWhole?: true }[] = [];
  const unread: LayerContents["unread"][number][] = [];
  // where installers of Python were, JavaScript is for browsers
  const isPython = layers.some(({ contents }) => contents.found.some(({ ecosystem, declared }) => ecosystem === "PyPI" && !declared));
  const isSeen = (path: string) => !hidden.has(outerOf(path)) && !(isPython && isBundleFile(path));
  let ofAws = 0;
  const systems = new Set<string>();
  for (const { digest, contents } of layers.toReversed()) {
    const there = contents.found.filter(({ path }) => isSeen(path));
    for (const one of there) packages.add({ ...one, layer: digest });
    told.push({
      statements: there.length > 0 ? contents.statements : [],
      opaque: contents.opaque.filter(({ file }) => isSeen(file)),
      ...(contents.isWhole ? { isWhole: true } : {}),
    });
    unread.push(...contents.unread.filter(({ file }) => isSeen(file)));
    for (const system of contents.systems) systems.add(system);
    ofAws += contents.ofAws;
    if (contents.overflowed) packages.overflowed = true;
    hidden.add(contents);
  }
  const installed = packages.installed();
  const statements = [...new Set([...told.flatMap((one) => one.statements), ...besides(ofAws, systems)])];
  const all = [
    {
      statements,
      opaque: told.flatMap(({ opaque }) => opaque),
      ...(told.some(({ isWhole }) => isWhole) ? { isWhole: true as const } : {}),
    },
  ];
  return { packages: installed, declared: packages.declared(), coverage: coverageOf({ unread }, all, installed, packages.overflowed) };
}

/** What is in the image and is not judged. */
function besides(ofAws: number, systems: ReadonlySet<string>): string[] {
  const names = [...systems].toSorted().join(" and ");
  return [
    ...(names === "" ? [] : [`packages of the operating system (${names}) are not judged here, but by ECR's or Amazon Inspector's scan`]),
    ...(ofAws === 0
      ? []
      : [
          `${ofAws} packages of AWS's base image (/var/lang, /var/runtime) are not judged: they are mended by building on its newest version`,
        ]),
  ];
}

/** Paths that are not seen from above. */
class Hidden {
  readonly #gone = new Set<string>();
  readonly #emptied = new Set<string>();

  add({ found, files, opaque, unread, removed, emptied, links }: LayerContents): void {
    for (const { path } of found) this.#gone.add(outerOf(path));
    for (const { file } of [...opaque, ...unread]) this.#gone.add(outerOf(file));
    for (const path of [...files, ...removed, ...links]) this.#gone.add(path);
    for (const path of emptied) this.#emptied.add(path);
  }

  has(path: string): boolean {
    if (this.#gone.has(path)) return true;
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (this.#gone.has(folder) || this.#emptied.has(folder)) return true;
    }
    return this.#emptied.has("");
  }
}

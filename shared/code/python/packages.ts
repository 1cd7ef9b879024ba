/**
 * Which files of a zip are read: the function's own, and of packages that were installed beside them those that the code imports and that name
 * boto3, as a company's own packages do. What packages that everybody knows call is told by tables (shared/data/python-libraries.ts).
 */
import { withLoaders } from "../loaded-by.ts";
import { apart, type File, type Installed, isLookedInto, placeIn, releasesAmong, vendored } from "./installed-packages.ts";

export interface ProgramFiles {
  /** Of the function itself, by path; of a layer whatever it holds. */
  readonly own: ReadonlyMap<string, string>;
  /** Of packages that are read, by path. */
  readonly packages: ReadonlyMap<string, string>;
  /** Where the packages begin. */
  readonly places: ReadonlySet<string>;
  /** Names of those that are published for everybody. */
  readonly published: ReadonlySet<string>;
  /** Names of packages that use boto3 and are too large to be read. */
  readonly closed: ReadonlySet<string>;
}

const mostCharacters = 1_000_000;
const naming = /\b(aio)?boto(3|core)\b|\baws_lambda_powertools\.utilities\.parameters\b/;

export function programFiles(files: readonly File[]): ProgramFiles {
  const { own, installed } = apart(files);
  const isLayer = own.size === 0;
  // whoever uses a layer is not seen; what others publish does more than anybody asks of it
  const loaded = isLayer ? installed.filter((one) => !isPublished(one)) : importedBy(own.values(), installed);
  const concerned = namingAws(loaded);
  const small = concerned.filter(({ code }) => charactersOf(code) <= mostCharacters);
  const of = new Map(small.flatMap(({ code }) => code.map(({ path, text }) => [path, text] as const)));
  const unread = loaded.filter((one) => (one.code.length === 0 ? requiresBoto(one) : concerned.includes(one) && !small.includes(one)));
  return {
    own: isLayer ? of : own,
    packages: isLayer ? new Map() : of,
    places: new Set(small.map(({ place }) => place)),
    published: new Set(small.filter(isPublished).map(({ name }) => name)),
    closed: new Set(unread.map(({ name }) => name)),
  };
}

/** Those of the files that are read, and those that tell what was installed. */
export function filesRead<F extends File>(files: readonly F[]): readonly F[] {
  const { own, packages } = programFiles(files);
  return files.filter(({ path }) => own.has(path) || packages.has(path) || !path.endsWith(".py"));
}

/** Of packages in folders of their own what is to be read, and what those that are read say of themselves. */
export async function wantsMore(
  files: readonly File[],
  below: (folders: readonly string[]) => Promise<readonly { readonly path: string; readonly bytes: number }[]>,
): Promise<readonly string[]> {
  const { own, installed } = apart(files);
  const names = importsOf([...own.values(), ...installed.flatMap(({ code }) => code.map(({ text }) => text))]);
  const listed = await below(vendored);
  const byPlace = Map.groupBy(
    listed.filter(({ path }) => path.endsWith(".py")),
    ({ path }) => placeIn(path) ?? "",
  );
  const wanted = [...byPlace].filter(([place]) => {
    const name = place.slice(place.lastIndexOf("/") + 1);
    return isLookedInto(name) && (own.size === 0 || names.has(name));
  });
  const fits = wanted.filter(([, code]) => code.reduce((sum, { bytes }) => sum + bytes, 0) <= mostCharacters);
  const concerned = namingAws(own.size === 0 ? installed : importedBy(own.values(), installed));
  const paths = listed.map(({ path }) => path);
  const releasesOf = releasesAmong(paths);
  const releases = [...wanted.flatMap(([place]) => releasesOf(place)), ...concerned.flatMap((one) => one.releases)];
  const beside = releases.length > 0 ? await below(releases) : [];
  const told = beside.filter(({ path }) => /\/(METADATA|PKG-INFO)$/.test(path)).map(({ path }) => path);
  return [...fits.flatMap(([, code]) => code.map(({ path }) => path)), ...told];
}

/** Packages that these texts import, and those that these import. */
function importedBy(texts: Iterable<string>, installed: readonly Installed[]): readonly Installed[] {
  const byName = Map.groupBy(installed, ({ name }) => name);
  const found = new Set<Installed>();
  for (let names = importsOf(texts); ; ) {
    const more = [...names].flatMap((name) => byName.get(name) ?? []).filter((one) => !found.has(one));
    if (more.length === 0) return [...found];
    for (const one of more) found.add(one);
    names = importsOf(more.flatMap(({ code }) => code.map(({ text }) => text)));
  }
}

/** First words of the modules that texts import. */
function importsOf(texts: Iterable<string>): Set<string> {
  const names = new Set<string>();
  for (const text of texts) {
    for (const [, from, several = ""] of text.matchAll(/^[ \t]*(?:from[ \t]+(\w+)|import[ \t]+([\w., \t]+))/gm))
      for (const name of from === undefined ? several.split(",") : [from]) names.add(name.trim().split(/[.\s]/)[0] ?? "");
    for (const [, name = ""] of text.matchAll(/\bimport_module\(\s*["'](\w+)/g)) names.add(name);
  }
  return names;
}

/** Those that name boto3, and those that import them. */
function namingAws(installed: readonly Installed[]): readonly Installed[] {
  return withLoaders(
    installed,
    ({ code }) => code.some(({ text }) => naming.test(text)),
    ({ code }) => importsOf(code.map(({ text }) => text)),
  );
}

function charactersOf(code: readonly File[]): number {
  return code.reduce((sum, { text }) => sum + text.length, 0);
}

/** It says where it is developed, as nearly all published packages do and those of a company seldom. */
function isPublished({ about }: Installed): boolean {
  return about !== undefined && /^(Home-page: http|Project-URL:|Download-URL: http)/m.test(about);
}

function requiresBoto({ about }: Installed): boolean {
  return about !== undefined && /^Requires-Dist: *(aio)?boto(3|core)\b(?!.*extra ==)/m.test(about);
}

/**
 * The packages in node_modules that are read like the function's own code: those that it loads, and those that these load, which are of the same
 * people or use the SDK on behalf of others. A package.json tells; small packages are read with it, since a request costs more than their bytes.
 */
import { isUnknownPackage } from "./asking-packages.ts";
import { type Manifest, manifestOf } from "./package-manifest.ts";
import { isOfLayer, namesIn, packageAt, placesOf } from "./package-places.ts";
import { isCode } from "./wanted.ts";

interface File {
  readonly path: string;
  readonly text: string;
}

interface Listed {
  readonly path: string;
  readonly bytes: number;
}

type Below = (folders: readonly string[]) => Promise<readonly Listed[]>;

/** Unpacked: read without asking what package.json says. */
const smallBytes = 64 * 1024;
/** A package of people's own is not larger, and what wraps the SDK for others seldom is. */
const mostBytes = 2 * 1024 * 1024;
const mostFiles = 500;
/** Of a layer, where nobody is seen to load them. */
const mostOfLayer = 60;
/** Of the names of all folders that are looked for: a large bundle has a hundredth of it. Node.js looks in every folder above a file. */
const mostFolderCharacters = 16 * 1024 * 1024;
/** Of those names as they are made, most of them again and again. */
const mostMadeCharacters = 512 * 1024 * 1024;
const tooMany = "it names more packages than anybody loads";
/** Where Node.js looks for packages in layers. */
const foldersOfLayers = ["", "/node18", "/node20", "/node22", "/node24"].map((version) => `nodejs${version}/node_modules`);

/** Paths of what is to be read of packages, now that these files are known; those that are known already may be among them. @throws where the files were made to be costly */
export async function wantsMore(files: readonly File[], below: Below): Promise<readonly string[]> {
  const folders = foldersLoaded(files);
  if (folders.size === 0) return [];
  const known = byFolder(files);
  const listed = byFolder(await below([...folders]));
  const isLayer = files.every(({ path }) => isOfLayer(path));
  const found = [...listed].filter(([folder]) => isLayer || folders.has(folder)).filter(([folder]) => isUnknownPackage(nameOf(folder)));
  return found.slice(0, isLayer ? mostOfLayer : undefined).flatMap(([folder, there]) => choose(folder, there, known.get(folder) ?? []));
}

/** Where the packages lie that files of the function load, and of packages that are read. A layer is loaded by somebody else. */
function foldersLoaded(files: readonly File[]): ReadonlySet<string> {
  const folders = new Set<string>(files.every(({ path }) => isOfLayer(path)) ? foldersOfLayers : []);
  let [held, made] = [0, 0];
  for (const { path, text } of files) {
    if (path.endsWith("package.json")) continue;
    const madeOfName = (path.length * path.split("/").length) / 2;
    for (const name of namesIn(text)) {
      if (!isUnknownPackage(name)) continue;
      made += madeOfName;
      if (made > mostMadeCharacters) throw new Error(tooMany);
      for (const folder of placesOf(name, path)) {
        if (folders.has(folder)) continue;
        folders.add(folder);
        held += folder.length;
      }
      if (held > mostFolderCharacters) throw new Error(tooMany);
    }
  }
  return folders;
}

function byFolder<F extends { readonly path: string }>(files: readonly F[]): Map<string, F[]> {
  const found = new Map<string, F[]>();
  for (const file of files) {
    const at = packageAt(file.path);
    if (!at) continue;
    const known = found.get(at.folder);
    if (known) known.push(file);
    else found.set(at.folder, [file]);
  }
  return found;
}

function nameOf(folder: string): string {
  return packageAt(`${folder}/package.json`)?.name ?? folder;
}

/** @param there what lies in the folder @param known what was read of it */
function choose(folder: string, there: readonly Listed[], known: readonly File[]): string[] {
  const code = there.filter(({ path }) => isCode(path, true));
  const manifest = known.find(({ path }) => path === `${folder}/package.json`);
  const listed = there.some(({ path }) => path === `${folder}/package.json`);
  const isSmall = total(code) <= smallBytes;
  if (!manifest && listed) return [`${folder}/package.json`, ...(isSmall ? paths(code) : [])];
  const { main, ...told } = manifestOf(manifest?.text ?? "");
  return isSmall || isRead(told) ? paths(fitting(folder, code, main)) : [];
}

/** Whether a package may be of the function's own people, or ask AWS. */
export function isRead({ asks, isPublished }: Pick<Manifest, "asks" | "isPublished">): boolean {
  return asks !== "no" || !isPublished;
}

/** All code of a package; where that is too much, of the folder in which it begins; nothing where that is too much too. */
function fitting(folder: string, code: readonly Listed[], main: string | undefined): readonly Listed[] {
  const begin = `${folder}/${(main ?? "").split("/").slice(0, -1).join("/")}/`.replace(/\/+$/, "/");
  // a source beside what was made of it
  const made = code.filter(({ path }) => /\.[cm]?jsx?$/.test(path));
  const chosen = made.length > 0 && !/\.tsx?$/.test(main ?? "") ? made : code;
  return (
    [chosen, chosen.filter(({ path }) => path.startsWith(begin))].find((some) => total(some) <= mostBytes && some.length <= mostFiles) ?? []
  );
}

function total(files: readonly Listed[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function paths(files: readonly Listed[]): string[] {
  return files.map(({ path }) => path);
}

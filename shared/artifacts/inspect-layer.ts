/**
 * What a layer of an image holds, and what of the layers below it takes away (OCI image specification 1.1, layers). It passes by once: what may be
 * wanted of a file has to be taken when the file passes.
 */
import { posix } from "node:path";
import { type Collected, digestPieces, note, noteName, noteTooLarge, nothingFound } from "./collected.ts";
import { lookIntoArchive } from "./inspect-tree.ts";
import type { Inspector } from "./inspector.ts";
import { ArtifactRefusedError } from "./refusal.ts";
import { contentOf, type TarEntry } from "./tar-entries.ts";
import { usualLimits } from "./zip-files.ts";

/** What of the layers below is not there any more. Files that are written again take the place of theirs, beside. */
export interface LayerChanges {
  /** Files and folders that are removed, with everything in them. */
  readonly removed: readonly string[];
  /** Folders of which nothing is there that came from below. */
  readonly emptied: readonly string[];
  /** Symbolic links: a folder that was there under such a name is gone. */
  readonly links: readonly string[];
}

export interface LayerInspector<Summary> extends Omit<Inspector<Summary>, "read"> {
  /** Of a file of which only the name is wanted: its content may be missing once all names are known. */
  mayMiss(path: string): boolean;
  /** What of such a content is needed. */
  essenceOf(path: string, content: Buffer): Buffer;
  read(found: Collected, changes: LayerChanges): Summary;
}

const mark = ".wh.";
const emptyMark = ".wh..wh..opq";
const mostRemoved = 200_000;
const mostLinks = 100_000;
/** Nobody writes a file twice into one layer, but tools that append to a tar. */
const mostRepeats = 1000;
/** Of all names that are held together; of a large layer there are a tenth of that. */
const mostNameCharacters = 32 * 1024 * 1024;
/** No installer writes longer ones, and whatever is found is looked for under every folder above it. */
const longestPath = 1024;
const tooLong = `its path is longer than ${longestPath} characters`;

/** @throws ArtifactRefusedError */
export async function inspectLayer<Summary>(entries: AsyncIterable<TarEntry>, inspector: LayerInspector<Summary>): Promise<Summary> {
  const layer = new PassingLayer(inspector);
  for await (const entry of entries) await layer.look(entry);
  return layer.end();
}

class PassingLayer<Summary> {
  readonly #inspector: LayerInspector<Summary>;
  readonly #found: Collected = nothingFound();
  readonly #names = new Set<string>();
  readonly #contents = new Map<string, Buffer>();
  readonly #later = new Map<string, Buffer>();
  readonly #changes = { removed: [] as string[], emptied: [] as string[], links: [] as string[] };
  #laterBytes = 0;
  #repeats = 0;
  #nameCharacters = 0;

  constructor(inspector: LayerInspector<Summary>) {
    this.#inspector = inspector;
  }

  async look(entry: TarEntry): Promise<void> {
    const { name, kind } = entry;
    if (posix.basename(name).startsWith(mark)) return this.#remove(name);
    if (kind === "folder" || kind === "other") return;
    if (this.#names.has(name)) this.#forget(name);
    if (kind === "link") {
      if (this.#changes.links.length >= mostLinks) return;
      this.#hold(name);
      this.#changes.links.push(name);
    } else if (kind === "file") await this.#lookAt(entry);
    else this.#noteUnreadable(entry);
  }

  end(): Summary {
    for (const [path, content] of this.#contents) this.#found.files.push({ path, content });
    const missing = this.#inspector.missing(this.#found);
    for (const path of missing) {
      const content = this.#later.get(path);
      if (content) this.#found.files.push({ path, content });
      else note(this.#found, path, "more than 32 MB of code in one layer are not read");
    }
    return this.#inspector.read(this.#found, this.#changes);
  }

  /** `a/.wh.b` takes away `a/b`; other names with the mark belong to tools. */
  #remove(name: string): void {
    const { removed, emptied } = this.#changes;
    this.#hold(name);
    const [folder, base] = [posix.dirname(name).replace(/^\.$/, ""), posix.basename(name)];
    if (base === emptyMark) emptied.push(folder);
    else if (!base.startsWith(mark + mark)) {
      const gone = posix.join(folder, base.slice(mark.length));
      if (base.length > mark.length && gone !== folder && gone.startsWith(folder)) removed.push(gone);
    }
    if (removed.length + emptied.length > mostRemoved) throw new ArtifactRefusedError("TarTooManyFiles");
  }

  async #lookAt(entry: TarEntry): Promise<void> {
    const { name: path, bytes } = entry;
    const wish = this.#inspector.wishOf(path, bytes);
    if (wish === undefined) return;
    if (path.length > longestPath) return note(this.#found, path, tooLong);
    this.#hold(path);
    if (wish === "folder") this.#found.folders.add(posix.dirname(path).replace(/^\.$/, ""));
    else if (wish === "too large") noteTooLarge(this.#found, path, bytes);
    else {
      noteName(this.#found, path, bytes);
      this.#names.add(path);
      if (wish === "content") await this.#readContent(entry);
      if (wish === "name" && this.#inspector.mayMiss(path)) await this.#keepForLater(entry);
      if (wish === "pieces") await digestPieces(this.#found, this.#inspector, { path, bytes }, () => entry.content());
      if (wish === "archive") await lookIntoArchive(this.#found, this.#inspector, { path, bytes }, () => contentOf(entry));
    }
  }

  async #readContent(entry: TarEntry): Promise<void> {
    const { name: path, bytes } = entry;
    const { fileBytes, totalBytes } = usualLimits;
    if (bytes > fileBytes || this.#found.contentBytes + bytes > totalBytes)
      return note(this.#found, path, "files of more than 12 MB, or 32 MB in one layer, are not read");
    this.#found.contentBytes += bytes;
    this.#contents.set(path, await contentOf(entry));
  }

  async #keepForLater(entry: TarEntry): Promise<void> {
    const { name: path, bytes } = entry;
    if (bytes > usualLimits.fileBytes || this.#laterBytes > usualLimits.totalBytes) return;
    const essence = this.#inspector.essenceOf(path, await contentOf(entry));
    this.#laterBytes += essence.length;
    this.#later.set(path, essence);
  }

  /** A second name of a file, of which the content has passed; or a file that was written with holes. */
  #noteUnreadable({ name: path, kind, target = "", bytes }: TarEntry): void {
    const wish = this.#inspector.wishOf(path, Math.max(1, bytes));
    if (wish === undefined || wish === "folder") return;
    if (path.length > longestPath) {
      note(this.#found, path, tooLong);
      return;
    }
    this.#hold(path);
    noteName(this.#found, path, bytes);
    this.#names.add(path);
    const later = this.#later.get(target);
    if (later) this.#later.set(path, later);
    if (wish === "name") return;
    const content = this.#contents.get(target);
    if (content) this.#contents.set(path, content);
    // what it is was read under its other name
    else if (!this.#names.has(target))
      note(this.#found, path, kind === "holes" ? "it is written with holes" : `it is a second name of ${target}, which is not read`);
  }

  /** @throws ArtifactRefusedError where the names were made to fill the memory: packed, equal ones take nothing */
  #hold({ length }: string): void {
    this.#nameCharacters += length;
    if (this.#nameCharacters > mostNameCharacters) throw new ArtifactRefusedError("TarLongNames");
  }

  /** What is written later is what is there. */
  #forget(name: string): void {
    this.#repeats += 1;
    if (this.#repeats > mostRepeats) throw new ArtifactRefusedError("TarRepeats");
    const isOther = ({ path }: { readonly path: string }) => path !== name && !path.startsWith(`${name}!/`);
    const { names, files, digests } = this.#found;
    Object.assign(this.#found, { names: names.filter(isOther), files: files.filter(isOther), digests: digests.filter(isOther) });
    this.#names.delete(name);
    this.#contents.delete(name);
    this.#later.delete(name);
  }
}

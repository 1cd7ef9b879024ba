/** What lists what an artifact holds: it says of each name what it wants of the file, and makes a summary of what it got. */

/**
 * name: its name tells something, and its content may later; folder: only where it lies; too large: its content would tell something, and is not
 * read; archive: it is a zip, of which what is in it is asked again.
 */
export type Wish = "name" | "folder" | "content" | "too large" | "pieces" | "archive";

export interface FoundFile {
  /** `!` stands between an archive and what lies in it: `lib/app.jar!/META-INF/MANIFEST.MF`. */
  readonly path: string;
  readonly content: Buffer;
}

export interface Found {
  readonly names: readonly { readonly path: string; readonly bytes: number }[];
  readonly files: readonly FoundFile[];
  /** In which there are files of which nothing else was wanted. */
  readonly folders: ReadonlySet<string>;
  /** What was told of files that were read in pieces. */
  readonly digests: readonly { readonly path: string; readonly digest: string }[];
  /** Files that were wanted and could not be had, with why. */
  readonly unread: readonly { readonly file: string; readonly why: string }[];
}

export interface Inspector<Summary> {
  /** Asked of every name before anything is fetched. */
  wishOf(path: string, bytes: number): Wish | undefined;
  /** What a large file tells, from its pieces: it stops taking them when it knows. */
  digest(path: string, pieces: AsyncIterable<Buffer>): Promise<string | undefined>;
  /** Names whose content is wanted after all, now that the first files are known. */
  missing(found: Found): ReadonlySet<string>;
  read(found: Found): Summary;
}

/** Why an artifact is not read: it is broken, or built to harm whoever unpacks it. */

const refusals = {
  ZipWithoutEnd: "its end record is missing: it is no zip, or cut off",
  ZipAmbiguous: "it has two end records, and so two contents",
  ZipInPieces: "it is one part of a zip in several files",
  ZipDirectoryTooLarge: "its list of files is larger than 64 MB",
  ZipTooManyFiles: "it lists more than 200,000 files",
  ZipDamaged: "what it says and what it holds do not fit together",
  ZipOverlap: "two of its files lie on top of each other",
  ZipLyingSize: "a file in it is larger or smaller than it says",
  ZipEncrypted: "a file in it is encrypted",
  ZipUnknownMethod: "a file in it is packed by a method that Lambda does not unpack",
  ZipBomb: "a file in it unpacks to more than two hundred times its size: no code does",
  TarDamaged: "what its heads say and what it holds do not fit together: it is no tar, or cut off",
  TarTooManyFiles: "it lists more than a million files",
  TarNameTooLong: "a name in it is longer than any system allows",
  TarLongNames: "the names of its files are longer together than those of any program",
  TarRepeats: "it writes more than a thousand of its files twice",
  LayerDigest: "its bytes are not those that its digest is of",
  LayerLyingSize: "it is larger or smaller than the manifest says",
  LayerDamaged: "it cannot be unpacked: it is packed in another way than layers are, or damaged",
  LayerBomb: "it unpacks to more than two hundred times its size: no layer does",
  LayerTooLarge: "it is larger than any image that Lambda runs",
  LayerTooSlow: "it cannot be read within the time of one scan",
  ManifestUnknown: "its manifest is none of those that Lambda runs",
  ManifestOtherPlatform: "its list of images has none for the architecture of the function",
  ReaderFailed: "the reader of packages failed on it",
  ImageGone: "it is not in its repository any more: Lambda runs a copy of its own, which nobody can read",
} as const;

export type RefusalCode = keyof typeof refusals;

/** The artifact is not read, and will not be as long as it is the same. The name is the reason's code. */
export class ArtifactRefusedError extends Error {
  override readonly name: RefusalCode;

  /** @param what the file in the zip that it is about, as the zip names it */
  constructor(code: RefusalCode, what?: string) {
    super(what === undefined ? refusals[code] : `${refusals[code]} (${what})`);
    this.name = code;
  }
}

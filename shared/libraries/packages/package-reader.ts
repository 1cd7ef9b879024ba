/** What reads one kind of package, and where it puts what it found. */
import type { Found, Wish } from "../../artifacts/inspector.ts";
import type { Confidence } from "../../model/finding.ts";
import type { Ecosystem, PackageNeed } from "../../model/packages.ts";

export interface FoundPackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Null where it is not certain. */
  readonly version: string | null;
  /** Where the version is not certain: in which range it lies, as npm writes ranges. */
  readonly versionRange?: string;
  readonly confidence: Confidence;
  readonly how: string;
  readonly path: string;
  /** The folder it was bundled from: two of them are two copies, perhaps of different versions. */
  readonly root?: string;
  /** There are more copies of it than are known by their versions. */
  readonly isAnotherCopy?: true;
  readonly need?: PackageNeed;
  /** As a package has it. */
  readonly classes?: string;
  /** Of an image, the digest of the layer that it is in. */
  readonly layer?: string;
  /** A list of what was wanted names it: it is perhaps not there. */
  readonly declared?: true;
}

export type Add = (found: FoundPackage) => void;

export interface PackageReader {
  /** Whether and how it wants to see a file, by its path and unpacked size. */
  wishOf(path: string, bytes: number): Wish | undefined;
  /** Content is hostile: what is not as it should be is left out, and nothing is thrown. */
  read(found: Found, add: Add): Told | undefined;
}

/** What a reader knows about how much it knows. */
export interface Told {
  /** In words: `bundled: 180 names, 149 versions known`. */
  readonly statements: readonly string[];
  /** Files that may hold packages which could not be told. */
  readonly opaque: readonly { readonly file: string; readonly why: string }[];
  /** A list of everything in the artifact was shipped with it. */
  readonly isWhole?: true;
}

/** The value of JSON where it is an object; undefined where it is anything else, or none. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text.replace(/^\ufeff/, "")));
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

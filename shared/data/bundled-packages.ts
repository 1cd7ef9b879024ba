/**
 * What tells packages of npm in bundles that name nothing: numbers of texts, patterns and names that stand in the code of one package and of no
 * other of the table. The facts stand in bundled-packages.json, which tools/write-bundled-packages.ts makes from the packages themselves.
 */
import file from "./bundled-packages.json" with { type: "json" };

/** Day on which the file was made. */
export const bundledPackagesAsOf: string = file.asOf;

/** One generation of a package's code. The numbers are those of libraries/packages/code-features.ts. */
export interface PackageFeatures {
  readonly name: string;
  /** What survives minifying. */
  readonly kept: readonly number[];
  /** Names and comments, which only code has in which nothing was renamed. */
  readonly lost: readonly number[];
}

/** All rows; a package whose code was written anew has several. */
export function bundledPackages(): PackageFeatures[] {
  return Object.entries(file.packages).flatMap(([name, generations]) =>
    generations.map(([kept = "", lost = ""]) => ({ name, kept: numbersOf(kept), lost: numbersOf(lost) })),
  );
}

function numbersOf(base64: string): number[] {
  const bytes = Buffer.from(base64, "base64");
  return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32LE(at * 4));
}

/** The recorded account that comes with the program. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CannotStartError } from "./usage-error.ts";

/** What to type for it: `--replay sample`. */
export const sampleWord = "sample";

export const sampleName = "sample-account.ndjson";
const file = join("samples", sampleName);

/** Beside the folder cli/ in a checkout, beside the program in the published package. @throws CannotStartError when it is not there */
export function samplePath(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const path = [join(here, "..", file), join(here, file)].find((place) => existsSync(place));
  if (path === undefined) throw new CannotStartError(`the sample account (${file}) is not there: make it with npm run sample`);
  return path;
}

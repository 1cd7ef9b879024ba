/** Files that are there whole or not at all: written beside their place, then renamed. */
import { rmSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { CannotStartError } from "./usage-error.ts";

/** A file in the making. */
export interface Unfinished {
  /** Where to write meanwhile. */
  readonly path: string;
  /** Puts it in its place. */
  finish(): Promise<void>;
  /** Takes it away; for the last moments of a process too, so it does not wait. */
  discard(): void;
}

/** A place beside `path` to write to. */
export function beside(path: string): Unfinished {
  const unfinished = `${path}.${process.pid}.part`;
  return {
    path: unfinished,
    finish: () => rename(unfinished, path),
    discard: () => rmSync(unfinished, { force: true }),
  };
}

/** Writes text (ended by a line break) or bytes to `path`, replacing what was there. @throws CannotStartError when it cannot */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const file = beside(path);
  try {
    await writeFile(file.path, typeof content === "string" && !content.endsWith("\n") ? `${content}\n` : content);
    await file.finish();
  } catch (cause) {
    await rm(file.path, { force: true }).catch(() => undefined);
    throw new CannotStartError(`cannot write ${path} (${(cause as Error).message}): check the folder and its permissions`, { cause });
  }
}

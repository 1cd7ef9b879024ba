/** `--settings FILE`. */
import { readFile } from "node:fs/promises";
import { catalogue } from "../shared/rules/catalogue.ts";
import { readSettings, type Settings } from "../shared/settings.ts";
import { UsageError } from "./usage-error.ts";

/** The settings in `path`; without one the defaults. @throws UsageError, SettingsError */
export async function readSettingsFile(path: string | undefined): Promise<Settings> {
  if (path === undefined) return readSettings({}, catalogue);
  return readSettings(await readJson(path), catalogue, path);
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const why = cause instanceof Error && "code" in cause && cause.code === "ENOENT" ? "there is no such file" : (cause as Error).message;
    throw new UsageError(`cannot read the settings file ${path}: ${why}`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${path} is not JSON (${(cause as Error).message})`, { cause });
  }
}

/** `--store` and `--stack`: opens where a scan is remembered. */
import { defaultFolder, type Kept, type StoreOptions } from "./kept.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Opens the store. A reader makes nothing: where there is no local folder yet it gets undefined. Each kind is loaded when it is asked for.
 * @throws UsageError, TableMissingError, ForeignTableError, what AWS answers
 */
export async function openStore(options: StoreOptions, purpose: "read"): Promise<Kept | undefined>;
export async function openStore(options: StoreOptions, purpose: "scan"): Promise<Kept>;
export async function openStore(options: StoreOptions, purpose: "read" | "scan"): Promise<Kept | undefined> {
  if (options.stack !== undefined) return (await import("./open-dynamodb.ts")).openStack(options.stack, options, purpose);
  const text = options.store || `dir:${defaultFolder}`;
  const [kind, place] = [text.replace(/:.*$/s, ""), /:(.*)$/s.exec(text)?.[1] ?? ""];
  if (text === "none" && purpose === "scan") return (await import("./nothing-kept.ts")).openNothing();
  if (text === "none") throw new UsageError("--store none keeps nothing that could be read: name the store that was scanned into");
  if (kind === "dir" && place !== "") return (await import("./open-folder.ts")).openFolder(place, purpose);
  if (kind === "dynamodb" && place !== "") {
    return (await import("./open-dynamodb.ts")).openDynamodb(place, options.bucket, options, purpose);
  }
  throw new UsageError(`--store ${text}: must be dir:PATH, dynamodb:TABLE or none`);
}

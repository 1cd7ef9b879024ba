/** `--store` and `--stack`: where a scan is remembered. */
import type { Deployment } from "../shared/notify/pointer.ts";
import type { Blobs } from "../shared/store/blobs.ts";
import type { ScanItem, Store } from "../shared/store/store.ts";
import { UsageError } from "./usage-error.ts";

export interface StoreOptions {
  readonly store?: string;
  readonly bucket?: string;
  readonly stack?: string;
  readonly profile?: string;
  /** Region of `stack`; absent: that of the credentials. */
  readonly stackRegion?: string;
}

/** A store, opened. */
export interface Kept {
  /** The table, opened when first asked for: who reads documents only does not wait for it, nor need it. */
  readonly table: () => Promise<Store>;
  /** The recent scans of an account, newest first. */
  readonly scans: (account: string) => Promise<readonly ScanItem[]>;
  readonly blobs: Blobs;
  /** `dir` has what this machine scanned; `dynamodb` belongs to an account that AWS can name. */
  readonly kind: "dir" | "dynamodb" | "none";
  /** For the person. */
  readonly where: string;
  /** The stack that it belongs to, where it was named. */
  readonly deployment?: Deployment;
  /** Topic of the stack. */
  readonly topicArn?: string;
  /** Topic of the stack for alarms. */
  readonly alarmTopicArn?: string;
  /** When the stack scans. */
  readonly schedule?: string;
  close(): Promise<void>;
}

export const defaultFolder = ".smalltarget";

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

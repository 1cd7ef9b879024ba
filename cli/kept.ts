/** Where a scan is remembered: what there is to read and write. */
import type { AckRecord } from "../shared/model/acknowledgement.ts";
import type { Question } from "../shared/model/question.ts";
import type { Deployment } from "../shared/notify/pointer.ts";
import type { Blobs } from "../shared/store/blobs.ts";
import type { ScanItem, Store } from "../shared/store/store.ts";

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
  /** What was decided about findings of an account: asked for wherever findings are read, so without opening a table that knows of nothing. */
  readonly decisions: (account: string) => Promise<readonly AckRecord[]>;
  /** What owners were asked and answered, likewise. */
  readonly questions: (account: string) => Promise<readonly Question[]>;
  /** The table, to write what a person says. @throws CannotStartError where it cannot be written, UsageError where nothing is kept */
  readonly writable: (account: string) => Promise<Store>;
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
  /** Where the stack takes answers by link, and what signs the links. */
  readonly replies?: { readonly url: string; readonly keyArn: string };
  /** When the stack scans. */
  readonly schedule?: string;
  close(): Promise<void>;
}

export const defaultFolder = ".smalltarget";

/** Large results by key: snapshots of Regions, scan documents, read caches. JSON, gzipped. Two implementations: a folder and S3. */
export interface Blobs {
  /** Stores `value` under `key` (e.g. `scans/2026-11-24T03-00-00Z/document.json.gz`), replacing what was there, atomically. */
  put(key: string, value: unknown): Promise<void>;
  /** The value, or undefined when there is none. Throws when it cannot be read or is not what put wrote. */
  get(key: string): Promise<unknown>;
}

/** `--store none`: a scan that remembers nothing. Every scan is the first; nobody else is kept from scanning. */
import { Blobs } from "../shared/store/blobs.ts";
import type { Store } from "../shared/store/store.ts";
import type { Kept } from "./kept.ts";

const nothing: Store = {
  findings: async () => [],
  openFindings: async () => [],
  findingById: async () => undefined,
  findingsOfTeam: async () => [],
  findingsChangedSince: async () => [],
  saveFindings: async () => [],
  ledger: async (_account, region) => ({ region, entries: new Map() }),
  saveLedger: async () => {},
  saveScan: async () => {},
  scans: async () => [],
  ownerOverrides: async () => new Map(),
  setOwner: async () => {},
  decisions: { all: async () => [], save: async () => true, addEvents: async () => {} },
  questions: { all: async () => [], add: async () => {} },
  state: async () => ({ baselines: {}, channels: {}, version: 0 }),
  saveState: async (_account, state) => ({ ...state, version: state.version + 1 }),
  silence: async () => undefined,
  saveSilence: async () => {},
  acquireLock: async () => "acquired",
  renewLock: async () => true,
  releaseLock: async () => {},
};

class ProcessBlobs extends Blobs {
  protected readonly place = "memory";
  readonly #kept = new Map<string, Uint8Array>();

  protected async write(key: string, bytes: Uint8Array): Promise<void> {
    this.#kept.set(key, bytes);
  }

  protected async read(key: string): Promise<Uint8Array | undefined> {
    return this.#kept.get(key);
  }
}

/** A store that forgets at once, and blobs that last as long as the process. */
export function nothingKept(): { store: Store; blobs: Blobs } {
  return { store: nothing, blobs: new ProcessBlobs() };
}

/** The same as an opened store. */
export function openNothing(): Kept {
  const { store, blobs } = nothingKept();
  const kept = {
    table: async () => store,
    writable: async () => store,
    scans: async () => [],
    decisions: async () => [],
    questions: async () => [],
  };
  return { ...kept, blobs, kind: "none", where: "", close: async () => {} };
}

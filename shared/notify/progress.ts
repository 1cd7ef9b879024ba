/** What is written down while messages go out: which finding a channel has heard of, and each channel's clock. */
import type { StoredFinding, Told } from "../model/finding.ts";
import { markTold } from "../model/outbox.ts";
import { type AccountState, type ChannelState, type FindingWrite, type Store, StoreConflictError } from "../store/store.ts";

/** Somebody else writes the state at most once while we do: the sweep beside the scan. */
const attempts = 3;

export class Progress {
  readonly #store: Store;
  readonly #account: string;
  readonly #regions: readonly string[];
  readonly #known: Map<string, StoredFinding>;
  #state: AccountState;

  private constructor(store: Store, account: string, regions: readonly string[], state: AccountState, known: Map<string, StoredFinding>) {
    this.#store = store;
    this.#account = account;
    this.#regions = regions;
    this.#state = state;
    this.#known = known;
  }

  /** Reads the findings of these Regions, once for all channels, and the state of the account. */
  static async read(store: Store, account: string, regions: readonly string[]): Promise<Progress> {
    const state = await store.state(account);
    const findings = await store.findings(account, regions);
    return new Progress(store, account, regions, state, new Map(findings.map((finding) => [finding.id, finding])));
  }

  /** The findings as this run left them, by id. */
  get known(): ReadonlyMap<string, StoredFinding> {
    return this.#known;
  }

  get channels(): AccountState["channels"] {
    return this.#state.channels;
  }

  /** A channel that nobody introduced was always there. */
  channel(name: string): ChannelState {
    return this.#state.channels[name] ?? { since: "", singlesSentAt: [] };
  }

  /** Writes what `change` makes of the channel's state. When somebody else wrote the account's in between, theirs is what is changed. */
  async change(name: string, change: (state: ChannelState) => ChannelState): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const before = this.channel(name);
      const next = change(before);
      if (next === before) return;
      try {
        this.#state = await this.#store.saveState(this.#account, {
          ...this.#state,
          channels: { ...this.#state.channels, [name]: next },
        });
        return;
      } catch (error) {
        if (!(error instanceof StoreConflictError) || attempt === attempts) throw error;
        this.#state = await this.#store.state(this.#account);
      }
    }
  }

  /** Marks what the channel has heard, by finding id. Answers the ids that somebody else wrote twice meanwhile: they stay as they are. */
  async mark(channel: string, told: ReadonlyMap<string, Told>): Promise<string[]> {
    const refused = await this.#save(this.#marks(channel, told, told.keys()));
    if (refused.length === 0) return [];
    for (const finding of await this.#store.findings(this.#account, this.#regions)) this.#known.set(finding.id, finding);
    return await this.#save(this.#marks(channel, told, refused));
  }

  #marks(channel: string, told: ReadonlyMap<string, Told>, ids: Iterable<string>): FindingWrite[] {
    return [...ids].flatMap((id) => {
      const [finding, fresh] = [this.#known.get(id), told.get(id)];
      if (!finding || !fresh || isNewer(finding.told?.[channel], fresh)) return [];
      return [{ finding: markTold(finding, channel, fresh), previousVersion: finding.version }];
    });
  }

  /** Answers the ids that were refused. */
  async #save(writes: readonly FindingWrite[]): Promise<string[]> {
    const refused = new Set((await this.#store.saveFindings(writes)).map(({ finding }) => finding.id));
    for (const { finding } of writes) if (!refused.has(finding.id)) this.#known.set(finding.id, finding);
    return [...refused];
  }
}

/** Another run has told the channel the same, or what came after it. */
function isNewer(known: Told | undefined, told: Told): boolean {
  return known !== undefined && (known.version > told.version || (known.version === told.version && known.message === told.message));
}

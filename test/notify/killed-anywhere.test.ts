/** A run that is killed at every point where it sends or writes, and the runs after it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoredFinding } from "../../shared/model/finding.ts";
import { pendingFor } from "../../shared/model/outbox.ts";
import type { Channel, Message } from "../../shared/notify/channel.ts";
import { deliver } from "../../shared/notify/deliver.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import type { AccountState, FindingWrite } from "../../shared/store/store.ts";
import { aChannel } from "./a-channel.ts";
import { aFinding, now, numbers, stored } from "./a-finding.ts";
import { Mailbox, regions } from "./mailbox.ts";

/** What a kill does to the write or message that it meets. */
const kinds = ["before", "halfway", "after"] as const;
type Kind = (typeof kinds)[number];

/** Ends a run at its `step`th write or message: from then on nothing that it tries has an effect. */
class Killer {
  readonly #step: number;
  readonly kind: Kind;
  #count = 0;

  constructor(step: number, kind: Kind) {
    this.#step = step;
    this.kind = kind;
  }

  get struck(): boolean {
    return this.#count >= this.#step;
  }

  /** True: it ends with this one. */
  strikes(): boolean {
    this.#count += 1;
    if (this.#count > this.#step) throw new Error("dead");
    return this.#count === this.#step;
  }
}

class DyingStore extends DynamodbStore {
  killer = new Killer(Number.POSITIVE_INFINITY, "before");

  override async saveFindings(writes: readonly FindingWrite[]): Promise<FindingWrite[]> {
    if (!this.killer.strikes()) return super.saveFindings(writes);
    const done = { before: 0, halfway: Math.floor(writes.length / 2), after: writes.length }[this.killer.kind];
    await super.saveFindings(writes.slice(0, done));
    throw new Error("killed");
  }

  override async saveState(account: string, state: AccountState): Promise<AccountState> {
    if (!this.killer.strikes()) return super.saveState(account, state);
    if (this.killer.kind !== "before") await super.saveState(account, state);
    throw new Error("killed");
  }
}

function dyingChannel(name: string, inbox: Message[], killer: Killer): Channel {
  const real = aChannel(name, inbox);
  return {
    ...real,
    async send(message, remembered) {
      const dies = killer.strikes();
      if (!dies || killer.kind !== "before") await real.send(message, remembered);
      if (dies) throw new Error("killed");
      return { accepted: message.findingIds, remember: Object.fromEntries(message.findingIds.map((id) => [id, `${name} of ${id}`])) };
    },
  };
}

let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await Mailbox.open();
  await mailbox.reset();
});
afterAll(() => mailbox.close());

/** Two urgent ones, a summary of five and a digest of four. */
function findingsOf(account: string): StoredFinding[] {
  const all = [
    ...numbers(2).map((number) => aFinding(number)),
    ...numbers(5).map((number) => aFinding(10 + number, { pending: { baseline: true } })),
    ...numbers(4).map((number) => aFinding(20 + number, { severity: "LOW" })),
  ];
  return all.map((finding) => ({ ...stored(finding), resource: { ...finding.resource, account } }));
}

/** What opens between the run that was killed and the next. */
function laterFindings(account: string): StoredFinding[] {
  return numbers(3).map((number) => {
    const finding = stored(aFinding(30 + number, { severity: "LOW" }));
    return { ...finding, resource: { ...finding.resource, account } };
  });
}

interface Aftermath {
  readonly killed: boolean;
  readonly inboxes: Readonly<Record<string, readonly Message[]>>;
  readonly findings: readonly StoredFinding[];
}

async function killedAt(step: number, kind: Kind, account: string): Promise<Aftermath> {
  const write = (findings: readonly StoredFinding[]) =>
    mailbox.store.saveFindings(findings.map((finding) => ({ finding, previousVersion: undefined })));
  await write(findingsOf(account));
  const inboxes: Record<string, Message[]> = { mail: [], chat: [] };
  const channels = (killer: Killer) => Object.entries(inboxes).map(([name, inbox]) => dyingChannel(name, inbox, killer));
  const killer = new Killer(step, kind);
  const store = new DyingStore(mailbox.local.client, mailbox.table);
  store.killer = killer;
  await deliver({ store, channels: channels(killer), account, regions, now }).catch(() => undefined);
  await write(laterFindings(account));
  const alive = channels(new Killer(Number.POSITIVE_INFINITY, "before"));
  for (const hours of [1, 25, 49]) {
    const later = new Date(now.getTime() + hours * 3_600_000);
    await deliver({ store: mailbox.store, channels: alive, account, regions, now: later });
  }
  return { killed: killer.struck, inboxes, findings: await mailbox.store.findings(account, regions) };
}

describe.each(kinds)("killed %s any write or message, two channels", (kind) => {
  it("repeats at most the message in flight, under its id, loses nothing, and marks everything with what was to be remembered", async () => {
    const everything = [...findingsOf(""), ...laterFindings("")].map(({ id }) => id).toSorted();
    let points = 0;
    for (let step = 1; ; step += 1) {
      const account = `${kinds.indexOf(kind) + 1}${String(step).padStart(11, "0")}`;
      const { killed, inboxes, findings } = await killedAt(step, kind, account);
      if (!killed) break;
      points = step;
      const repeated: string[] = [];
      for (const [name, inbox] of Object.entries(inboxes)) {
        const ids = inbox.map(({ id }) => id);
        repeated.push(...ids.filter((id, index) => ids.indexOf(id) !== index));
        const distinct = inbox.filter(({ id }, index) => ids.indexOf(id) === index);
        const told = distinct.flatMap(({ findingIds }) => findingIds).toSorted();
        expect(told, `${name}, killed at ${step}`).toEqual(everything);
        expect(findings.filter((finding) => pendingFor(finding, name) !== undefined)).toEqual([]);
        for (const finding of findings) expect(finding.told?.[name]?.memory).toBe(`${name} of ${finding.id}`);
      }
      expect(repeated.length, `killed at ${step}`).toBeLessThanOrEqual(1);
    }
    // per channel: 2 single messages of 3 steps, 2 lists of 5, and how it fared
    expect(points).toBe(34);
  });
});

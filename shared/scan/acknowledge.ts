/** Writes down what a person decided, and lets it count at once. What is killed in between is finished by the next scan, or by saying it again. */
import { isInForce, scopeName } from "../decisions/book.ts";
import { replacedBy } from "../decisions/new-decision.ts";
import type { Acknowledgement, AckRecord } from "../model/acknowledgement.ts";
import type { DocumentResource } from "../model/document.ts";
import { globalRegion } from "../model/snapshot.ts";
import type { Store } from "../store/store.ts";
import { type Settled, settleAll } from "./decisions.ts";

export interface DecisionPlace {
  readonly store: Pick<Store, "decisions" | "findings" | "saveFindings" | "openFindings">;
  readonly account: string;
  /** Regions of the last scan. */
  readonly regions: readonly string[];
  /** With their tags, for decisions that speak of tags. */
  readonly resources: readonly Pick<DocumentResource, "arn" | "tags">[];
  readonly now: Date;
}

/** Decides. What it takes the place of is ended first, so that two never count together for long. */
export async function acknowledge(place: DecisionPlace, ack: Acknowledgement): Promise<Settled> {
  const { store, account, now } = place;
  await store.decisions.save(account, ack);
  const replaced = replacedBy(ack, await store.decisions.all(account), now);
  const event = { kind: "replaced", at: now.toISOString(), by: ack.by, note: ack.id } as const;
  await store.decisions.addEvents(
    account,
    replaced.map(({ id }) => ({ ack: id, ...event })),
  );
  return await settleEverywhere(place);
}

/** Takes a decision back, with all that count for the same findings in the same words' place. */
export async function withdraw(place: DecisionPlace, record: AckRecord, by: string, note?: string): Promise<Settled> {
  const { store, account, now } = place;
  const name = scopeName(record.scope);
  const inForce = (await store.decisions.all(account)).filter((one) => scopeName(one.scope) === name && isInForce(one, now));
  const event = { kind: "withdrawn", at: now.toISOString(), by, ...(note === undefined ? {} : { note }) } as const;
  await store.decisions.addEvents(
    account,
    inForce.map(({ id }) => ({ ack: id, ...event })),
  );
  return await settleEverywhere(place);
}

/** Also where the last scan did not look. */
async function settleEverywhere({ store, account, regions, resources, now }: DecisionPlace): Promise<Settled> {
  const open = await store.openFindings(account);
  const all = new Set([...regions, globalRegion, ...open.map(({ resource }) => resource.region)]);
  return await settleAll(store, account, [...all], now, resources);
}

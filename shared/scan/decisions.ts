/** Where a scan meets what people decided. */
import { DecisionBook } from "../decisions/book.ts";
import { decide } from "../decisions/decide.ts";
import { eventsOf, settle } from "../decisions/settle.ts";
import type { DocumentResource } from "../model/document.ts";
import type { StoredFinding } from "../model/finding.ts";
import type { FindingWrite, Store } from "../store/store.ts";

/**
 * The decisions of the account. To be read after the findings: a decision is written before the findings that it holds, and its end before
 * they are let go, so that whoever reads in this order never takes a held finding for one that nobody decided about.
 */
export async function readDecisions(
  store: Pick<Store, "decisions">,
  account: string,
  resources: readonly Pick<DocumentResource, "arn" | "tags">[] = [],
): Promise<DecisionBook> {
  const records = await store.decisions.all(account);
  if (!records.some(({ scope }) => scope.kind === "rule+tag")) return new DecisionBook(records);
  const tags = new Map(resources.map((one) => [one.arn, one.tags]));
  return new DecisionBook(records, (arn) => tags.get(arn));
}

/**
 * Settles findings by what was decided or taken back since the scan began: one that the scan has just opened must not be told where somebody
 * accepted all its like a minute ago. Scopes by tag wait for the next scan, which reads tags.
 */
export async function settleSince(
  store: Pick<Store, "decisions" | "findings" | "saveFindings">,
  account: string,
  regions: readonly string[],
  since: Date,
): Promise<void> {
  const from = since.toISOString();
  const records = await store.decisions.all(account);
  if (!records.some(({ at, events }) => at >= from || events.some((event) => event.by !== undefined && event.at >= from))) return;
  await settleAll(store, account, regions, since);
}

/** Findings that decisions changed. */
export interface Settled {
  readonly held: readonly StoredFinding[];
  readonly released: readonly StoredFinding[];
  /** Ids of findings that somebody else kept writing: the next scan settles them. */
  readonly refused: readonly string[];
}

/** A scan writes a finding once, a message once more. */
const attempts = 4;

/** Brings the findings of these Regions to what people decided. What somebody else writes at the same time is read again. */
export async function settleAll(
  store: Pick<Store, "decisions" | "findings" | "saveFindings">,
  account: string,
  regions: readonly string[],
  now: Date,
  resources: readonly Pick<DocumentResource, "arn" | "tags">[] = [],
): Promise<Settled> {
  const done: StoredFinding[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const findings = await store.findings(account, regions);
    const book = await readDecisions(store, account, resources);
    const writes = findings.flatMap((finding) => {
      const next = settle(finding, decide(finding, finding, book, now), now);
      return next ? [{ finding: next, previousVersion: finding.version }] : [];
    });
    const refused = await store.saveFindings(writes);
    await recordDecisions(store, account, writes, refused, findings, now.toISOString());
    done.push(...writes.filter((write) => !refused.includes(write)).map(({ finding }) => finding));
    if (refused.length > 0 && attempt < attempts) continue;
    return {
      held: done.filter(({ status }) => status === "SUPPRESSED"),
      released: done.filter(({ status }) => status !== "SUPPRESSED"),
      refused: refused.map(({ finding }) => finding.id),
    };
  }
}

/** Adds to the history of decisions what these writes did, but for those that the store refused. */
export async function recordDecisions(
  store: Pick<Store, "decisions">,
  account: string,
  writes: readonly FindingWrite[],
  refused: readonly FindingWrite[],
  before: readonly StoredFinding[],
  at: string,
): Promise<void> {
  const known = new Map(before.map((finding) => [finding.id, finding]));
  const left = new Set(refused);
  const events = writes.filter((write) => !left.has(write)).flatMap(({ finding }) => eventsOf(finding, known.get(finding.id), at));
  await store.decisions.addEvents(account, events);
}

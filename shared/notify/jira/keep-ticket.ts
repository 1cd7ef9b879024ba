/** Brings one ticket to where the findings of a message are: made, commented, ticked off, closed or left alone. */
import type { PendingFinding } from "../../model/finding.ts";
import { DeliveryError } from "../channel.ts";
import type { Deployment } from "../pointer.ts";
import { type Item, type Markup, mostCharacters } from "./blocks.ts";
import { fittingComment, fittingDescription, fittingList } from "./fit.ts";
import { commonLabel, type Group, isOpen, newest } from "./group.ts";
import type { JiraApi } from "./jira-api.ts";
import type { Ticket } from "./ticket.ts";
import { ackCommand, commentOf, descriptionOf, listItem, proposalOf, summaryOf } from "./ticket-words.ts";

export interface Keeping {
  readonly api: JiraApi;
  readonly markup: Markup;
  readonly account: string;
  readonly deployment?: Deployment;
  readonly project: string;
  readonly issueType: string;
  /** Further fields of new tickets, as Jira's API takes them. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Transition by which a ticket is closed whose findings are all over; absent: people close it. */
  readonly closes?: string;
  /** Resolutions, or statuses, that say that nothing is going to be done. */
  readonly declined: readonly string[];
}

/** What is known of the group's findings before this message. */
export interface Known {
  /** Key of the ticket that each finding was put into, by finding id. */
  readonly tickets: ReadonlyMap<string, string>;
  /** Ids of those that are still open. */
  readonly open: ReadonlySet<string>;
}

export interface Kept {
  /** Of the ticket that knows the findings; absent: none does, for there is nothing to say of them. */
  readonly key?: string;
  /** What a person should know, a line each. */
  readonly notes: readonly string[];
}

/** @throws DeliveryError where the ticket does not say what the message says */
export async function keepTicket(group: Group, messageId: string, known: Known, keeping: Keeping): Promise<Kept> {
  const ticket = await findTicket(group, known, keeping.api);
  const open = group.findings.filter(isOpen);
  if (!ticket) return open.length === 0 ? { notes: [] } : await makeTicket({ ...group, findings: open }, messageId, keeping);
  if (!ticket.closed) return await writeInto(ticket, group, messageId, known, keeping);
  // what is over in a closed ticket needs no word
  if (open.length === 0) return { key: ticket.key, notes: [] };
  const declined = declinedAs(ticket, keeping.declined);
  const held = declined === undefined ? [] : open.filter((finding) => isIn(ticket, finding, known, keeping.markup));
  const fresh = open.filter((finding) => !held.includes(finding));
  const notes = declined === undefined || held.length === 0 ? [] : await propose(ticket, held, declined, messageId, keeping);
  if (fresh.length === 0) return { key: ticket.key, notes };
  const made = await makeTicket({ ...group, findings: fresh }, messageId, keeping, ticket.key);
  return { ...made, notes: [...notes, ...made.notes] };
}

/** By our memory, then by the label: what a run made that was killed before it could write it down is found so. */
async function findTicket({ label }: Group, { tickets }: Known, api: JiraApi): Promise<Ticket | undefined> {
  const key = newest(tickets.values());
  const remembered = key === undefined ? undefined : await api.ticket(key);
  if (remembered && !remembered.closed) return remembered;
  const labelled = await api.labelled(label);
  return labelled.find(({ closed }) => !closed) ?? remembered ?? labelled.at(-1);
}

async function makeTicket(group: Group, messageId: string, keeping: Keeping, before?: string): Promise<Kept> {
  const { api, markup, account, deployment, project, issueType, fields = {} } = keeping;
  const key = await api.create({
    ...fields,
    project: { key: project },
    issuetype: { name: issueType },
    summary: summaryOf(group, account),
    labels: [...new Set([commonLabel, group.label, ...labelsIn(fields)])],
    description: fittingDescription(descriptionOf(group, account, messageId, deployment, before), markup),
  });
  if (before === undefined) return { key, notes: [] };
  try {
    await api.relate(key, before);
    return { key, notes: [] };
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    // the description names the old ticket in any case
    return { key, notes: [`${key} goes on from ${before}, but they could not be linked: ${error.message}`] };
  }
}

/** Labels of the person's own stay beside ours: without ours the ticket would not be found again. */
function labelsIn({ labels }: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(labels) ? labels.filter((label) => typeof label === "string") : [];
}

async function writeInto(ticket: Ticket, group: Group, messageId: string, known: Known, keeping: Keeping): Promise<Kept> {
  const { api, markup, deployment } = keeping;
  const { key } = ticket;
  const listed = new Map((markup.listIn(ticket.description) ?? []).map((item) => [item.id, item]));
  const news = group.findings.filter((finding) => isNews(finding, listed.get(finding.id), known));
  // a run that was killed has made the ticket with this message, or told it
  const isSaid =
    news.length === 0 || JSON.stringify(ticket.description ?? "").includes(messageId) || (await api.hasComment(key, messageId));
  if (!isSaid) {
    await api.comment(key, fittingComment(commentOf(news, messageId, deployment), markup));
  }
  for (const finding of group.findings) if (isOpen(finding) || listed.has(finding.id)) listed.set(finding.id, listItem(finding));
  const notes = await keepList(ticket, [...listed.values()], keeping);
  const over = [...known.open].every((id) => group.findings.some((finding) => finding.id === id)) && !group.findings.some(isOpen);
  return { key, notes: over ? [...notes, ...(await close(key, keeping))] : notes };
}

/** What the ticket does not say yet. Of what was over before it was ever open here, nothing is said. */
function isNews(finding: PendingFinding, item: Item | undefined, { tickets }: Known): boolean {
  if (!isOpen(finding)) return tickets.has(finding.id) || (item !== undefined && !item.done);
  return finding.pending.transition !== "opened" || item === undefined || item.done;
}

/** The comment tells in any case: where the description cannot be written, that is said, and the message is not lost. */
async function keepList({ key, description }: Ticket, items: readonly Item[], { api, markup }: Keeping): Promise<string[]> {
  // open ones first, so that what is cut is over
  const sorted = items.toSorted((a, b) => Number(a.done) - Number(b.done));
  const next = fittingList(markup, description ?? "", sorted);
  if (JSON.stringify(next) === JSON.stringify(description)) return [];
  try {
    if (markup.length(next) > mostCharacters) throw new DeliveryError("its description is full: shorten what people wrote there", false);
    await api.setDescription(key, next);
    return [];
  } catch (error) {
    if (!(error instanceof DeliveryError) || isAboutUs(error)) throw error;
    return [`${key}: the list in its description could not be kept: ${error.message}`];
  }
}

/** Everything would fail, not only this one thing that was tried with this ticket. */
function isAboutUs({ permanent, message }: DeliveryError): boolean {
  return permanent && !/\((400|403|404|409)\b/.test(message);
}

async function close(key: string, { api, closes }: Keeping): Promise<string[]> {
  if (closes === undefined) return [];
  const others = await api.close(key, closes);
  if (others === undefined) return [];
  return [`${key} is done, but has no transition called ${closes} now; "closes" can be one of: ${others.join(", ") || "none"}`];
}

/** Told in the closed ticket and to whoever scans. A closed ticket may take no comment: then only there. */
export async function propose(
  { key }: Ticket,
  findings: readonly PendingFinding[],
  declined: string,
  messageId: string,
  { api, markup, deployment }: Keeping,
): Promise<string[]> {
  const [first] = findings;
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more of it)` : "";
  const notes = first
    ? [
        `${key} was closed as ${declined}, and ${first.id}${more} is still there; to record that: ${ackCommand(first, key, declined, deployment)}`,
      ]
    : [];
  try {
    if (!(await api.hasComment(key, messageId))) {
      await api.comment(key, markup.write(proposalOf(findings, key, declined, messageId, deployment)));
    }
    return notes;
  } catch (error) {
    if (!(error instanceof DeliveryError) || isAboutUs(error)) throw error;
    return [...notes, `${key}: no comment could be left there: ${error.message}`];
  }
}

/** The words under which it was closed, where they say that nothing is going to be done. */
export function declinedAs({ resolution, status }: Ticket, declined: readonly string[]): string | undefined {
  const plain = (text: string) =>
    text
      .normalize("NFKC")
      .replaceAll(/[\u2018\u2019]/gu, "'")
      .trim()
      .toLowerCase();
  return [resolution, status].find((text) => text !== undefined && declined.some((one) => plain(one) === plain(text)));
}

function isIn({ key, description }: Ticket, { id }: PendingFinding, { tickets }: Known, markup: Markup): boolean {
  return tickets.get(id) === key || (markup.listIn(description)?.some((item) => item.id === id) ?? false);
}

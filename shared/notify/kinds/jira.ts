/** Jira Cloud and Data Center: one ticket per rule and owner, with a list of its findings; a change is a comment. */
import type { StoredFinding } from "../../model/finding.ts";
import { type Answer, type Channel, DeliveryError, defaultLimits, type Message, type Remembered } from "../channel.ts";
import type { ChannelKind, ChannelMeans } from "../channel-kind.ts";
import { adf } from "../jira/adf.ts";
import { proposeDeclined } from "../jira/declined.ts";
import { type Group, groupsOf, memoriesOf, type TicketMemory, writeMemory } from "../jira/group.ts";
import { JiraApi } from "../jira/jira-api.ts";
import { type Keeping, keepTicket } from "../jira/keep-ticket.ts";
import { wikiText } from "../jira/wiki-text.ts";

/** What the settings say of a channel of this kind. */
export interface JiraOptions {
  readonly site: string;
  readonly project: string;
  readonly account?: string;
  readonly token: string;
  readonly issueType: string;
  readonly api?: 2 | 3;
  readonly closes?: string;
  readonly declined: readonly string[];
  readonly fields?: Readonly<Record<string, unknown>>;
}

/**
 * A ticket takes up to five requests of about half a second: this is what some hundred of them may take. Nothing is sent one by one, since a
 * list already has a ticket for each. What is remembered of 3,000 findings, about 40 bytes each, fits into one item with everything else.
 */
const limits = { ...defaultLimits, singlesPerHour: 0, findings: 3000, sendSeconds: 240 };
/** A scan sends several messages, and a function of the stack has a quarter of an hour for all channels: past this, no other ticket is begun. */
const runSeconds = 180;

export const kind: ChannelKind<JiraOptions> = {
  kind: "jira",
  open: (name, options, means) => new JiraChannel(name, options, means),
};

class JiraChannel implements Channel {
  readonly name: string;
  readonly limits = limits;
  /** A ticket says when a decision holds one of its findings. */
  readonly mirrors = true;
  readonly #means: ChannelMeans;
  readonly #keeping: Keeping;
  #isAllowed = false;
  #begunAt: number | undefined;

  constructor(name: string, options: JiraOptions, means: ChannelMeans) {
    const api = options.api ?? (options.account === undefined ? 2 : 3);
    this.name = name;
    this.#means = means;
    this.#keeping = {
      ...options,
      api: new JiraApi({ ...options, api }, means),
      markup: api === 3 ? adf : wikiText,
      account: means.account,
      ...(means.deployment ? { deployment: means.deployment } : {}),
    };
    this.#who = options.account ?? "the owner of the token";
  }

  readonly #who: string;

  async send(message: Message, remembered: readonly Remembered[]): Promise<Answer> {
    await this.#checkPermissions();
    if (message.test) return { accepted: [], notes: [`tickets can be made in ${this.#keeping.project}; none was made to try it`] };
    const accepted: string[] = [];
    const remember: Record<string, string> = {};
    const notes: string[] = [];
    let trouble: DeliveryError | undefined;
    const memories = memoriesOf(remembered);
    for (const group of groupsOf(message.findings, this.#means.account, memories)) {
      const own = group.findings.filter(({ id }) => !group.leavers.has(id));
      try {
        if (this.#isLate()) throw outOfTime;
        const kept = await this.#keep(group, message.id, memories, remembered);
        notes.push(...kept.notes);
        accepted.push(...own.map(({ id }) => id));
        const { key } = kept;
        if (key !== undefined) for (const { id } of own) remember[id] = writeMemory({ key, label: group.label });
      } catch (error) {
        if (!(error instanceof DeliveryError)) throw error;
        // those are told elsewhere: only that they are gone is not said here
        if (own.length === 0) notes.push(`an old ticket could not be told that its findings have another owner: ${error.message}`);
        else trouble ??= error;
        if (error.permanent) break;
      }
    }
    if (trouble && accepted.length === 0) throw trouble;
    return {
      accepted,
      remember,
      ...(notes.length > 0 ? { notes } : {}),
      ...(trouble ? { why: trouble.message } : {}),
    };
  }

  async decided(known: readonly StoredFinding[]): Promise<readonly string[]> {
    return this.#isLate() ? [] : await proposeDeclined(known, this.name, this.#keeping);
  }

  #isLate(): boolean {
    const now = this.#means.now().getTime();
    this.#begunAt ??= now;
    return now - this.#begunAt > runSeconds * 1000;
  }

  #keep(group: Group, messageId: string, memories: ReadonlyMap<string, TicketMemory>, remembered: readonly Remembered[]) {
    const mine = [...memories].filter(([, { label }]) => label === group.label);
    const tickets = new Map(mine.map(([id, { key }]) => [id, key]));
    const open = remembered.filter(({ findingId, status }) => tickets.has(findingId) && status === "open");
    return keepTicket(group, messageId, { tickets, open: new Set(open.map(({ findingId }) => findingId)) }, this.#keeping);
  }

  /** Once a run: a project that shows us no tickets would get a new one each time. */
  async #checkPermissions(): Promise<void> {
    if (this.#isAllowed) return;
    const missing = await this.#keeping.api.missingPermissions();
    if (missing.length > 0) {
      throw new DeliveryError(
        `Jira project ${this.#keeping.project}: ${this.#who} lacks ${missing.join(", ")}: an administrator of the project gives these permissions`,
        true,
      );
    }
    this.#isAllowed = true;
  }
}

const outOfTime = new DeliveryError("there are more tickets than fit into the time of a scan; the next one goes on from here", true);

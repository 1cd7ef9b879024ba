/**
 * The requests that tickets take, to Jira Cloud (REST v3, ADF) and Data Center (REST v2, wiki text).
 * Source: "The Jira Cloud platform REST API" v3 and "Jira Data Center platform REST API" v2, developer.atlassian.com, as of 2026-11-27.
 */
import { cleanText } from "../../model/plain-text.ts";
import { DeliveryError } from "../channel.ts";
import type { ChannelMeans, HttpAnswer } from "../channel-kind.ts";
import { isTicketKey } from "./group.ts";
import { type Json, list, member, parse } from "./json.ts";
import { type Advised, refusal } from "./refusal.ts";
import { type Ticket, ticketOf } from "./ticket.ts";

export interface JiraAccess extends Advised {
  /** Secret with the API token (with `account`) or the personal access token (without). */
  readonly token: string;
  readonly api: 2 | 3;
}

/** What we need to be allowed in the project, by the name under which Jira answers it. */
const permissions: Readonly<Record<string, string>> = {
  BROWSE_PROJECTS: "Browse Projects",
  CREATE_ISSUES: "Create Issues",
  EDIT_ISSUES: "Edit Issues",
  ADD_COMMENTS: "Add Comments",
};

const ticketFields = ["status", "resolution", "description"];
/** Comments that are looked through for a repetition, newest first. */
const recentComments = 50;
/** Pages of tickets with one label; each is a ticket that was closed, so that there are few. */
const mostPages = 10;

interface Ask {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly body?: unknown;
  /** A repetition would make a second thing. */
  readonly once?: boolean;
}

/** @throws DeliveryError with what to do next, from every method */
export class JiraApi {
  readonly #access: JiraAccess;
  readonly #means: Pick<ChannelMeans, "request" | "secret">;

  constructor(access: JiraAccess, means: Pick<ChannelMeans, "request" | "secret">) {
    this.#access = access;
    this.#means = means;
  }

  /** Names of the permissions that are missing in the project. */
  async missingPermissions(): Promise<string[]> {
    const query = new URLSearchParams({ projectKey: this.#access.project, permissions: Object.keys(permissions).join(",") });
    const { permissions: answered } = await this.#json({ method: "GET", path: `mypermissions?${query}` });
    return Object.entries(permissions).flatMap(([key, name]) => (member(member(answered, key), "havePermission") === true ? [] : [name]));
  }

  /** Undefined: there is none, or it cannot be seen. */
  async ticket(key: string): Promise<Ticket | undefined> {
    const ask: Ask = { method: "GET", path: `issue/${encodeURIComponent(key)}?fields=${ticketFields.join(",")}` };
    const answer = await this.#answer(ask);
    return answer.status === 404 ? undefined : ticketOf(this.#parsed(ask, answer));
  }

  /** Tickets of the project with a label, oldest first. */
  async labelled(label: string): Promise<Ticket[]> {
    const jql = `project = "${this.#access.project}" AND labels = "${label}" ORDER BY created ASC`;
    const found: Ticket[] = [];
    let next: Json | undefined = {};
    for (let page = 0; next !== undefined && page < mostPages; page += 1) {
      const answer: Json = await this.#search({ jql, maxResults: 50, ...next });
      const issues = list(answer.issues);
      found.push(...issues.flatMap((issue) => ticketOf(issue) ?? []));
      next = this.#nextPage(answer, issues.length);
    }
    return found;
  }

  /** Tickets of ours that were closed, those first that were touched last: one request. */
  async closed(label: string, most: number): Promise<Ticket[]> {
    const jql = `project = "${this.#access.project}" AND labels = "${label}" AND statusCategory = Done ORDER BY updated DESC`;
    const { issues } = await this.#search({ jql, maxResults: most });
    return list(issues).flatMap((issue) => ticketOf(issue) ?? []);
  }

  #search(body: Json): Promise<Json> {
    const path = this.#access.api === 3 ? "search/jql" : "search";
    return this.#json({ method: "POST", path, body: { fields: ticketFields, ...body } });
  }

  #nextPage(answer: Json, count: number): Json | undefined {
    if (this.#access.api === 3) {
      const { nextPageToken, isLast } = answer;
      return isLast !== true && typeof nextPageToken === "string" && nextPageToken !== "" ? { nextPageToken } : undefined;
    }
    const startAt = Number(answer.startAt ?? 0) + count;
    return count > 0 && startAt < Number(answer.total ?? 0) ? { startAt } : undefined;
  }

  /** @returns the key of the new ticket */
  async create(fields: Json): Promise<string> {
    const ask: Ask = { method: "POST", path: "issue", body: { fields }, once: true };
    const { key } = await this.#json(ask);
    if (isTicketKey(key)) return key;
    throw new DeliveryError(
      `${this.#place(ask)}: Jira made a ticket and did not say which; the next scan looks for it by its label`,
      false,
    );
  }

  async setDescription(key: string, description: unknown): Promise<void> {
    await this.#done({ method: "PUT", path: `issue/${encodeURIComponent(key)}`, body: { fields: { description } } });
  }

  /** True where one of the newest comments holds one of these texts. */
  async hasComment(key: string, ...texts: readonly string[]): Promise<boolean> {
    const query = new URLSearchParams({ orderBy: "-created", maxResults: String(recentComments) });
    const { comments } = await this.#json({ method: "GET", path: `issue/${encodeURIComponent(key)}/comment?${query}` });
    const bodies = list(comments).map((comment) => JSON.stringify(member(comment, "body") ?? ""));
    return bodies.some((body) => texts.some((text) => body.includes(text)));
  }

  async comment(key: string, body: unknown): Promise<void> {
    await this.#done({ method: "POST", path: `issue/${encodeURIComponent(key)}/comment`, body: { body }, once: true });
  }

  /** Undefined: closed by this transition. Otherwise the names of those that there are. */
  async close(key: string, name: string): Promise<string[] | undefined> {
    const path = `issue/${encodeURIComponent(key)}/transitions`;
    const { transitions } = await this.#json({ method: "GET", path });
    const same = (text: unknown) => typeof text === "string" && text.toLowerCase() === name.toLowerCase();
    const found = list(transitions).find((one) => same(one.name)) ?? list(transitions).find((one) => same(member(one.to, "name")));
    if (!found) return list(transitions).map((one) => cleanText(String(one.name), 60));
    await this.#done({ method: "POST", path, body: { transition: { id: String(found.id) } }, once: true });
    return undefined;
  }

  /** Links two tickets, in the way that every Jira has. */
  async relate(key: string, other: string): Promise<void> {
    const body = { type: { name: "Relates" }, inwardIssue: { key }, outwardIssue: { key: other } };
    await this.#done({ method: "POST", path: "issueLink", body, once: true });
  }

  async #json(ask: Ask): Promise<Json> {
    return this.#parsed(ask, await this.#answer(ask));
  }

  async #done(ask: Ask): Promise<void> {
    const answer = await this.#answer(ask);
    if (answer.status >= 300) throw refusal(this.#place(ask), answer, this.#access);
  }

  #parsed(ask: Ask, answer: HttpAnswer): Json {
    if (answer.status >= 300) throw refusal(this.#place(ask), answer, this.#access);
    const json = parse(answer.body);
    if (json) return json;
    throw new DeliveryError(
      `${this.#place(ask)}: what answered is not Jira (no JSON, status ${answer.status}): check that "site" is the address of Jira itself, without a page of it`,
      true,
    );
  }

  async #answer({ method, path, body, once }: Ask): Promise<HttpAnswer> {
    const { api, site } = this.#access;
    return await this.#means.request(
      {
        method,
        url: `${site.replace(/\/+$/, "")}/rest/api/${api}/${path}`,
        headers: {
          accept: "application/json",
          authorization: await this.#authorization(),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      { once: once ?? false },
    );
  }

  async #authorization(): Promise<string> {
    const { account, token } = this.#access;
    const secret = await this.#means.secret(token);
    return account === undefined ? `Bearer ${secret}` : `Basic ${Buffer.from(`${account}:${secret}`).toString("base64")}`;
  }

  #place({ method, path }: Ask): string {
    return `Jira ${method} ${path.replace(/\?.*/, "")} at ${URL.parse(this.#access.site)?.host ?? "the site"}`;
  }
}

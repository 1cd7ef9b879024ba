/**
 * A Jira on this machine that answers as the documentation of its REST API says: Cloud (v3, ADF) or Data Center (v2, wiki text). It checks
 * what it is given, refuses what Jira refuses, and can be told to fail.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { adfFault, textOfAdf } from "./adf-check.ts";

export interface JiraTicket {
  readonly key: string;
  status: { name: string; category: "new" | "indeterminate" | "done" };
  resolution: string | undefined;
  readonly fields: Record<string, unknown>;
  readonly comments: unknown[];
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Not JSON but this. */
  readonly text?: string;
  /** The request is worked off, and then the line is cut. */
  readonly cut?: true;
}

type Fields = Record<string, unknown>;

const longest = 32_767;

export class AJira {
  readonly tickets = new Map<string, JiraTicket>();
  readonly links: [string, string][] = [];
  /** `METHOD path` of every request, without the query. */
  readonly requests: string[] = [];
  /** Answers by these instead, first come first served, to requests whose line begins so; a space ends the line. */
  readonly trouble: { readonly begins: string; readonly answer: Answer }[] = [];
  readonly lacking = new Set<string>();
  transitions = ["In Progress", "Done"];
  pageSize = 50;
  authorization = "";
  /** Refuses changes of closed tickets, as some workflows do. */
  closedIsClosed = false;
  readonly api: 2 | 3;
  readonly #server: Server;
  #count = 0;

  private constructor(api: 2 | 3) {
    this.api = api;
    this.#server = createServer((request, response) => {
      void this.#handle(request).then((answer) => {
        if (answer.cut) return void request.socket.destroy();
        response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
        response.end(answer.text ?? (answer.body === undefined ? "" : JSON.stringify(answer.body)));
      });
    });
  }

  static async open(api: 2 | 3): Promise<AJira> {
    const jira = new AJira(api);
    jira.#server.listen(0, "127.0.0.1");
    await once(jira.#server, "listening");
    return jira;
  }

  get site(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  only(): JiraTicket {
    const [ticket, ...others] = this.tickets.values();
    if (!ticket || others.length > 0) throw new Error(`there are ${this.tickets.size} tickets`);
    return ticket;
  }

  /** Description or comment as plain text. */
  text(rich: unknown): string {
    return typeof rich === "string" ? rich : textOfAdf(rich);
  }

  /** A person closes it. */
  resolve(key: string, resolution: string): void {
    const ticket = this.tickets.get(key);
    if (!ticket) throw new Error(`no ${key}`);
    ticket.status = { name: "Done", category: "done" };
    ticket.resolution = resolution;
  }

  async #handle(request: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://jira");
    const line = `${request.method} ${pathname}`;
    this.requests.push(line);
    let text = "";
    for await (const piece of request) text += piece;
    const at = this.trouble.findIndex(({ begins }) => `${line} `.startsWith(begins));
    const [bad] = at === -1 ? [] : this.trouble.splice(at, 1);
    if (bad && !bad.answer.cut) return bad.answer;
    const answer = this.#answer(request, line, searchParams, text === "" ? {} : JSON.parse(text));
    return bad ? bad.answer : answer;
  }

  #answer({ headers }: IncomingMessage, line: string, query: URLSearchParams, body: Fields): Answer {
    if (this.authorization !== "" && headers.authorization !== this.authorization)
      return { status: 401, text: "Client must be authenticated to access this resource.", headers: { "content-type": "text/plain" } };
    const base = `/rest/api/${this.api}/`;
    const [method, path = ""] = line.split(" ");
    if (!path.startsWith(base)) return refuse(404, `null for uri: ${path}`);
    const [what = "", key = "", part] = path.slice(base.length).split("/");
    if (what === "mypermissions") return this.#permissions(query);
    if (what === "search") return this.#search(key === "jql", body);
    if (what === "issueLink") return this.#link(body);
    if (what === "issue" && key === "") return this.#create(body.fields as Fields);
    const ticket = this.tickets.get(key);
    if (!ticket) return refuse(404, "Issue does not exist or you do not have permission to see it.");
    if (part === "comment")
      return method === "GET" ? { status: 200, body: { comments: commentsOf(ticket) } } : this.#comment(ticket, body.body);
    if (part === "transitions") return method === "GET" ? this.#transitions() : this.#transition(ticket, body);
    return method === "GET"
      ? { status: 200, body: shown(ticket, fieldsOf(query.get("fields"))) }
      : this.#edit(ticket, body.fields as Fields);
  }

  #permissions(query: URLSearchParams): Answer {
    if (query.get("projectKey") !== "SEC") return refuse(404, `No project could be found with key '${query.get("projectKey")}'.`);
    const names = (query.get("permissions") ?? "").split(",");
    return {
      status: 200,
      body: { permissions: Object.fromEntries(names.map((name) => [name, { key: name, havePermission: !this.lacking.has(name) }])) },
    };
  }

  #create(fields: Fields): Answer {
    const { project, issuetype, summary, labels = [], description } = fields;
    const errors: Record<string, string> = {};
    if ((project as { key?: string })?.key !== "SEC") errors.project = "valid project is required";
    if ((issuetype as { name?: string })?.name !== "Task") errors.issuetype = "Specify a valid issue type";
    if (typeof summary !== "string" || summary === "" || summary.length > 255 || /[\r\n]/.test(summary))
      errors.summary = "Summary must be one line of less than 255 characters.";
    const bad = (labels as string[]).find((label) => /\s/.test(label) || label.length > 255);
    if (bad !== undefined) errors.labels = `The label '${bad}' contains spaces which is invalid.`;
    const fault = this.#textFault(description);
    if (fault) errors.description = fault;
    if (Object.keys(errors).length > 0) return { status: 400, body: { errorMessages: [], errors } };
    this.#count += 1;
    const key = `SEC-${this.#count}`;
    this.tickets.set(key, { key, status: { name: "To Do", category: "new" }, resolution: undefined, fields, comments: [] });
    return { status: 201, body: { id: String(10_000 + this.#count), key, self: `${this.site}/rest/api/${this.api}/issue/${this.#count}` } };
  }

  #search(isJql: boolean, body: Fields): Answer {
    if (this.api === 3 && !isJql)
      return refuse(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.");
    const [, project, label, order] =
      /^project = "(\w+)" AND labels = "([\w-]+)" (ORDER BY created ASC|AND statusCategory = Done ORDER BY updated DESC)$/.exec(
        String(body.jql),
      ) ?? [];
    if (project !== "SEC") return refuse(400, `The value '${project}' does not exist for the field 'project'.`);
    const labelled = [...this.tickets.values()].filter(({ fields }) => (fields.labels as string[]).includes(label ?? ""));
    const found = order?.startsWith("AND") ? labelled.filter(({ status }) => status.category === "done").toReversed() : labelled;
    const from = Number(this.api === 3 ? (body.nextPageToken ?? 0) : (body.startAt ?? 0));
    const page = found.slice(from, from + this.pageSize);
    const issues = page.map((ticket) => (body.fields ? shown(ticket, body.fields as string[]) : { id: "1", key: ticket.key }));
    const last = from + this.pageSize >= found.length;
    if (this.api === 3)
      return { status: 200, body: { issues, isLast: last, ...(last ? {} : { nextPageToken: String(from + this.pageSize) }) } };
    return { status: 200, body: { startAt: from, maxResults: this.pageSize, total: found.length, issues } };
  }

  #edit(ticket: JiraTicket, fields: Fields): Answer {
    if (this.closedIsClosed && ticket.status.category === "done") return refuse(400, "This issue cannot be edited.");
    const fault = this.#textFault(fields.description);
    if (fault) return { status: 400, body: { errorMessages: [], errors: { description: fault } } };
    Object.assign(ticket.fields, fields);
    return { status: 204 };
  }

  #comment(ticket: JiraTicket, body: unknown): Answer {
    if (this.closedIsClosed && ticket.status.category === "done")
      return refuse(403, "You do not have the permission to comment on this issue.");
    const fault = this.#textFault(body);
    if (fault) return { status: 400, body: { errorMessages: [], errors: { comment: fault } } };
    ticket.comments.push(body);
    return { status: 201, body: { id: String(ticket.comments.length), body } };
  }

  #transitions(): Answer {
    return { status: 200, body: { transitions: this.transitions.map((name, index) => ({ id: String(index), name, to: { name } })) } };
  }

  #transition(ticket: JiraTicket, { transition }: Fields): Answer {
    const name = this.transitions[Number((transition as { id: string }).id)];
    if (name === undefined) return refuse(400, "Transition id is not valid for this issue.");
    ticket.status = { name, category: name === "Done" ? "done" : "indeterminate" };
    return { status: 204 };
  }

  #link({ type, inwardIssue, outwardIssue }: Fields): Answer {
    const keys = [inwardIssue, outwardIssue].map((issue) => (issue as { key: string }).key);
    if ((type as { name?: string })?.name !== "Relates") return refuse(404, "No issue link type with name found.");
    if (keys.some((key) => !this.tickets.has(key))) return refuse(404, "Issue does not exist or you do not have permission to see it.");
    this.links.push(keys as [string, string]);
    return { status: 201 };
  }

  #textFault(text: unknown): string | undefined {
    if (this.api === 3) return adfFault(text, longest);
    if (typeof text !== "string") return "Operation value must be a string";
    return text.length > longest ? "The entered text is too long. It exceeds the allowed limit of 32,767 characters." : undefined;
  }
}

function refuse(status: number, message: string): Answer {
  return { status, body: { errorMessages: [message], errors: {} } };
}

function fieldsOf(query: string | null): string[] {
  return (query ?? "").split(",");
}

function shown({ key, status, resolution, fields }: JiraTicket, names: readonly string[]): unknown {
  const all: Fields = {
    ...fields,
    status: { name: status.name, statusCategory: { key: status.category } },
    resolution: resolution === undefined ? null : { name: resolution },
  };
  return { id: "1", key, fields: Object.fromEntries(names.map((name) => [name, all[name] ?? null])) };
}

function commentsOf({ comments }: JiraTicket): unknown[] {
  return comments.map((body, index) => ({ id: String(index), body })).toReversed();
}

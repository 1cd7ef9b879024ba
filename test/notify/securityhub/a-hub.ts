/**
 * Hubs of several Regions on this machine, as Security Hub's API reference says: batches of at most 100, findings within the format's
 * limits, each failure by itself. The Region is read from the request's signature.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SecurityHubClient } from "@aws-sdk/client-securityhub";
import { Ajv } from "ajv";
import { asffSchema, mostFindingBytes } from "../../asff/asff-schema.ts";

export interface InHub {
  readonly finding: Readonly<Record<string, unknown>> & { readonly Id: string; readonly UpdatedAt: string; readonly RecordState: string };
  workflow: string;
  note: { Text: string; UpdatedBy: string } | undefined;
}

interface Update {
  readonly FindingIdentifiers: readonly { readonly Id: string; readonly ProductArn: string }[];
  readonly Workflow: { readonly Status: string };
  readonly Note: { readonly Text: string; readonly UpdatedBy: string };
}

const fits = new Ajv().compile(asffSchema);

interface Answer {
  readonly status: number;
  readonly body: object;
}

export class Hubs {
  /** By `REGION ID`. */
  readonly findings = new Map<string, InHub>();
  readonly enabled = new Set(["eu-west-1", "us-east-1"]);
  /** Ids that the hub refuses, each by itself. */
  readonly refused = new Set<string>();
  /** `OPERATION REGION COUNT` of every request. */
  readonly requests: string[] = [];
  /** Error code that the next requests meet. */
  readonly errors: string[] = [];
  /** Error code that every change of a workflow meets. */
  updatesRefusedAs: string | undefined;
  readonly #server: Server;
  readonly #clients: SecurityHubClient[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) => {
        const code = "code" in body ? { "x-amzn-errortype": String(body.code) } : {};
        response.writeHead(status, { "content-type": "application/json", ...code });
        response.end(JSON.stringify(body));
      });
    });
  }

  static async open(): Promise<Hubs> {
    const hubs = new Hubs();
    hubs.#server.listen(0, "127.0.0.1");
    await once(hubs.#server, "listening");
    return hubs;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  client(region: string): SecurityHubClient {
    const endpoint = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const client = new SecurityHubClient({
      region,
      endpoint,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
    this.#clients.push(client);
    return client;
  }

  in(region: string): Record<string, InHub> {
    const own = [...this.findings].filter(([key]) => key.startsWith(`${region} `));
    return Object.fromEntries(own.map(([key, finding]) => [key.split(" ")[1], finding]));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    let text = "";
    for await (const piece of request) text += piece;
    const body = JSON.parse(text);
    const [, region = ""] = /Credential=[^/]+\/\d+\/([\w-]+)\/securityhub/.exec(request.headers.authorization ?? "") ?? [];
    const isImport = request.url?.startsWith("/findings/import") ?? false;
    const items: unknown[] = isImport ? body.Findings : body.FindingIdentifiers;
    this.requests.push(`${isImport ? "import" : "update"} ${region} ${items.length}`);
    const code = this.errors.shift() ?? (isImport ? undefined : this.updatesRefusedAs);
    if (code) return { status: 403, body: { code, Message: `refused as ${code}` } };
    if (!this.enabled.has(region))
      return {
        status: 401,
        body: { code: "InvalidAccessException", Message: "Account 111122223333 is not subscribed to AWS Security Hub" },
      };
    if (items.length < 1 || items.length > 100) return { status: 400, body: { code: "InvalidInputException", Message: "1 to 100 items" } };
    return { status: 200, body: isImport ? this.#import(region, body.Findings) : this.#update(region, body) };
  }

  #import(region: string, findings: InHub["finding"][]): object {
    const FailedFindings = findings.flatMap((finding) => {
      const arn = `arn:aws:securityhub:${region}:111122223333:product/111122223333/default`;
      const { Sample: _, ...rest } = finding;
      const wrong =
        !fits(rest) ||
        finding.ProductArn !== arn ||
        Buffer.byteLength(JSON.stringify(finding)) > mostFindingBytes ||
        this.refused.has(finding.Id);
      if (wrong) return [{ Id: finding.Id, ErrorCode: "InvalidInput", ErrorMessage: "Finding does not adhere to Amazon Finding Format" }];
      const before = this.findings.get(`${region} ${finding.Id}`);
      // what is older than what is there changes nothing
      if (before && before.finding.UpdatedAt > finding.UpdatedAt) return [];
      const created = (finding.Workflow as { Status?: string } | undefined)?.Status ?? "NEW";
      const comesBack = before?.finding.RecordState === "ARCHIVED" && finding.RecordState === "ACTIVE";
      const workflow = before ? (comesBack ? "NEW" : before.workflow) : created;
      this.findings.set(`${region} ${finding.Id}`, { finding, workflow, note: before?.note });
      return [];
    });
    return { FailedCount: FailedFindings.length, SuccessCount: findings.length - FailedFindings.length, FailedFindings };
  }

  #update(region: string, { FindingIdentifiers, Workflow, Note }: Update): object {
    const UnprocessedFindings = FindingIdentifiers.flatMap((FindingIdentifier) => {
      const known = this.findings.get(`${region} ${FindingIdentifier.Id}`);
      if (!known || this.refused.has(FindingIdentifier.Id))
        return [{ FindingIdentifier, ErrorCode: "FindingNotFound", ErrorMessage: "Finding Not Found" }];
      known.workflow = Workflow.Status;
      known.note = Note;
      return [];
    });
    return { ProcessedFindings: [], UnprocessedFindings };
  }
}

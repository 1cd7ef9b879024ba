/** An AWS account over HTTP, as far as the bundled function's read side asks: one Region, one function, everything else refused. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export const account = "111122223333";
export const region = "us-east-1";

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:sts::${account}:assumed-role/scan/scan</Arn><UserId>AROAEXAMPLE:scan</UserId><Account>${account}</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;

const aFunction = {
  FunctionName: "orders-api",
  FunctionArn: `arn:aws:lambda:${region}:${account}:function:orders-api`,
  Role: `arn:aws:iam::${account}:role/orders-api`,
  Runtime: "nodejs18.x",
  Handler: "index.handler",
  Timeout: 900,
  MemorySize: 128,
  CodeSize: 1,
  CodeSha256: "abc",
  LastModified: "2024-01-01T00:00:00.000+0000",
  PackageType: "Zip",
  Architectures: ["arm64"],
  Version: "$LATEST",
};

export class SmallAccount {
  /** What was asked, as `METHOD path` or the action. */
  readonly asked: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request).then(({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body));
    });
  }

  static async open(): Promise<SmallAccount> {
    const small = new SmallAccount();
    await new Promise<void>((ready) => small.#server.listen(0, "127.0.0.1", ready));
    return small;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; type: string; body: string }> {
    const body = await new Response(request as unknown as ReadableStream).text();
    const path = String(request.url).split("?")[0];
    this.asked.push(/Action=(\w+)/.exec(body)?.[1] ?? `${request.method} ${path}`);
    const json = (value: unknown, status = 200) => ({ status, type: "application/json", body: JSON.stringify(value) });
    if (body.includes("Action=GetCallerIdentity")) return { status: 200, type: "text/xml", body: identity };
    if (path === "/listRegions") return json({ Regions: [{ RegionName: region, RegionOptStatus: "ENABLED_BY_DEFAULT" }] });
    if (path?.startsWith("/2015-03-31/functions") && request.method === "GET") return json({ Functions: [aFunction] });
    return json({ __type: "AccessDeniedException", message: "not for you" }, 403);
  }
}

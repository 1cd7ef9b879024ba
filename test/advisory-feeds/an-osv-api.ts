/** A server that behaves as OSV's API is documented, on this machine, with misbehaviour on request. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface OsvApi {
  readonly url: string;
  /** `name` of each package asked about (`name+token` of a further page), and `id` of each record read. */
  readonly asked: string[];
  /** Of everything that was sent. */
  readonly bodies: unknown[];
  /** Records by id; undefined: listed and gone. */
  readonly records: Map<string, { readonly modified: string; readonly packages: readonly string[]; readonly text: string | undefined }>;
  pageSize: number;
  /** Answers in place of the server; false: let it answer. */
  misbehave: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): void;
}

interface Query {
  readonly package: { readonly name: string; readonly ecosystem: string };
  readonly version?: string;
  readonly page_token?: string;
}

export async function anOsvApi(): Promise<OsvApi> {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (!api.misbehave(request, response)) answer(api, request, response, body);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const api: OsvApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    bodies: [],
    records: new Map(),
    pageSize: 1000,
    misbehave: () => false,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return api;
}

function answer(api: OsvApi, request: IncomingMessage, response: ServerResponse, body: string): void {
  const [, id] = /^\/v1\/vulns\/(.+)$/.exec(request.url ?? "") ?? [];
  if (request.method === "GET" && id !== undefined) {
    api.asked.push(id);
    const record = api.records.get(id)?.text;
    response.writeHead(record === undefined ? 404 : 200).end(record);
  } else if (request.method === "POST" && request.url === "/v1/querybatch") {
    const asked = JSON.parse(body) as { readonly queries: readonly Query[] };
    api.bodies.push(asked);
    if (asked.queries.length > 1000) response.writeHead(400).end('{"code":3,"message":"too many queries"}');
    else response.end(JSON.stringify({ results: asked.queries.map((query) => resultOf(api, query)) }));
  } else response.writeHead(404).end();
}

/** What is nothing is an empty object. */
function resultOf(api: OsvApi, { package: { name }, page_token }: Query) {
  api.asked.push(page_token === undefined ? name : `${name}+${page_token}`);
  const all = [...api.records].filter(([, { packages }]) => packages.includes(name)).map(([id, { modified }]) => ({ id, modified }));
  const from = Number(page_token ?? 0);
  const to = from + api.pageSize;
  return { ...(all.length > 0 ? { vulns: all.slice(from, to) } : {}), ...(to < all.length ? { next_page_token: String(to) } : {}) };
}

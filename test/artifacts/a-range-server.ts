/** A server of presigned links on this machine: ranges by GET, links that expire, and misbehaviour on request. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface RangeServer {
  /** Of this server, as AWS_ENDPOINT_URL. */
  readonly url: string;
  /** `METHOD PATH RANGE` of what was asked. */
  readonly asked: string[];
  /** Bytes that were sent. */
  sent: number;
  /** By path. */
  readonly artifacts: Map<string, Buffer>;
  /** Paths whose links are too old. */
  readonly expired: Set<string>;
  /** Answers in place of the server; false: let it answer. */
  misbehave: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export async function aRangeServer(): Promise<RangeServer> {
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    range.asked.push(`${request.method} ${path} ${request.headers.range ?? "-"}`);
    if (!range.misbehave(request, response)) answer(range, request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const range: RangeServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    sent: 0,
    artifacts: new Map(),
    expired: new Set(),
    misbehave: () => false,
  };
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return range;
}

function answer(range: RangeServer, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? "";
  const artifact = range.artifacts.get(path);
  if (request.method !== "GET" || request.headers.authorization || range.expired.has(path)) end(response, 403);
  else if (!artifact) end(response, 404);
  else part(range, artifact, request, response);
}

function part(range: RangeServer, artifact: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const from = first === "" ? Math.max(0, artifact.length - Number(last)) : Number(first);
  const to = first === "" || last === "" ? artifact.length : Math.min(artifact.length, Number(last) + 1);
  if (from >= artifact.length) {
    end(response, 416);
    return;
  }
  range.sent += to - from;
  response.writeHead(206, { "Content-Range": `bytes ${from}-${to - 1}/${artifact.length}`, "Content-Length": to - from });
  response.end(artifact.subarray(from, to));
}

export function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers);
  response.end();
}

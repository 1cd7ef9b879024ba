/**
 * Lambda's side of a durable execution, for a function in another process: its checkpoints come over HTTP and go to the checkpoint
 * service of the testing SDK. Everything else that the function asks Lambda goes on to the emulator.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { DurableExecutionInvocationInputWithClient, DurableExecutionInvocationOutput } from "@aws/durable-execution-sdk-js";
import { LocalDurableTestRunner, type TestResult } from "@aws/durable-execution-sdk-js-testing";
import type { DeployedFunction } from "./deployed-function.ts";

type Client = DurableExecutionInvocationInputWithClient["durableExecutionClient"];

/** Runs `deployed` as one durable execution, invocation by invocation, each in a process of its own. @param lambda the emulator's address */
export async function runDurably<R>(
  deployed: DeployedFunction,
  lambda: string,
  more: Readonly<Record<string, string>>,
): Promise<TestResult<R>> {
  const invoke = async (event: unknown): Promise<DurableExecutionInvocationOutput> => {
    const { durableExecutionClient, ...input } = event as DurableExecutionInvocationInputWithClient;
    const server = await serve(durableExecutionClient, lambda);
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { answer, error, log } = await deployed.invoke(input, { ...more, AWS_ENDPOINT_URL_LAMBDA: address });
      if (error) throw new Error(`${error.stack}\n${log.slice(-4000)}`);
      return answer as DurableExecutionInvocationOutput;
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };
  return await new LocalDurableTestRunner<R>({ handlerFunction: invoke }).run({ payload: {} });
}

async function serve(client: Client, lambda: string): Promise<Server> {
  const server = createServer((request, response) => {
    answer(client, lambda, request, response).catch((error) => response.writeHead(500).end(JSON.stringify({ message: String(error) })));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}

async function answer(client: Client, lambda: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await new Response(request as unknown as ReadableStream).arrayBuffer();
  const url = new URL(request.url ?? "/", lambda);
  const [, arn, what] = /^\/2025-12-01\/durable-executions\/([^/]+)\/(checkpoint|state)$/.exec(url.pathname) ?? [];
  if (arn === undefined) return await pass(url, request, body, response);
  const DurableExecutionArn = decodeURIComponent(arn);
  const result =
    what === "checkpoint"
      ? await client.checkpoint({ DurableExecutionArn, ...JSON.parse(new TextDecoder().decode(body)) })
      : await client.getExecutionState({ DurableExecutionArn, CheckpointToken: url.searchParams.get("CheckpointToken") ?? "" });
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result, asSeconds));
}

/** Lambda's API has times as seconds. */
function asSeconds(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const given = this[key];
  return given instanceof Date ? given.getTime() / 1000 : value;
}

async function pass(url: URL, request: IncomingMessage, body: ArrayBuffer, response: ServerResponse): Promise<void> {
  const headers = Object.entries(request.headers).filter(([name]) => !["host", "connection", "content-length"].includes(name));
  const hasBody = !["GET", "HEAD"].includes(request.method ?? "GET");
  const passed = await fetch(url, {
    method: request.method ?? "GET",
    headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
    ...(hasBody ? { body } : {}),
  });
  response.writeHead(passed.status, { "content-type": passed.headers.get("content-type") ?? "application/json" });
  response.end(await passed.bytes());
}

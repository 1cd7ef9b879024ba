/** Faults of the network and of DynamoDB, put between the client and a real table. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

type Send = () => Promise<{ response: unknown; output: object }>;

/** The request as it would go over the wire. */
export interface WireRequest {
  body: Uint8Array;
  readonly headers: Record<string, string>;
}

/** What happens to one request; `count` is 1 for the first one of that kind. */
export type Fault = (send: Send, count: number, request: WireRequest) => ReturnType<Send>;

/** Every attempt of `command` (e.g. `PutItemCommand`), retries included, goes through `fault`. */
export function withFault(client: DynamoDBClient, command: string, fault: Fault): void {
  let count = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== command) return await next(args);
      count++;
      return (await fault(() => next(args) as ReturnType<Send>, count, args.request as WireRequest)) as Awaited<ReturnType<typeof next>>;
    },
    { step: "finalizeRequest", priority: "low", name: `fault-${command}` },
  );
}

/** An error as a broken connection gives it: the SDK retries it. */
export function connectionReset(): Error {
  return Object.assign(new Error("socket hang up"), { name: "TimeoutError", code: "ECONNRESET" });
}

/** An error that nobody retries. */
export function refused(): Error {
  return Object.assign(new Error("not today"), { name: "AccessDeniedException" });
}

/** What every client does around a request: the tape first, then pace and count for every attempt. */
import type { AnyClient, ClientOptions } from "./client-options.ts";
import { codeOf, isThrottle, markOperation } from "./errors.ts";
import { checkItems } from "./whole-items.ts";

/** IAM prefix by SDK client name, where the two differ. */
const prefixes: Readonly<Record<string, string>> = {
  EventBridge: "events",
  SFN: "states",
  CloudWatchLogs: "logs",
  CloudControl: "cloudformation",
  VPCLattice: "vpc-lattice",
  CognitoIdentity: "cognito-identity",
  CognitoIdentityProvider: "cognito-idp",
  ElasticLoadBalancingV2: "elasticloadbalancing",
  ResourceGroupsTaggingAPI: "tag",
};

/** A service that a Region does not have is a host that does not exist: asked twice, and not the ten times of what passes. */
const unknownHost = "ENOTFOUND";
const attemptsAtUnknownHosts = 2;

/** The SDK tries again by the error's own code or its cause: here it is only the name. */
function withoutRetry(error: unknown): Error {
  return Object.assign(new Error(error instanceof Error ? error.message : String(error)), { name: unknownHost });
}

type Next = (args: { input: Record<string, unknown> }) => Promise<{ output: Record<string, unknown>; response: unknown }>;

/** Puts the tape, pace and count into the client's middleware. */
export function attach(client: AnyClient, region: string, options: ClientOptions): void {
  const { tape, pace, calls, onCall } = options;
  const initialize = (next: Next, context: { clientName?: string; commandName?: string }) => {
    const operation = operationName(context);
    return async (args: { input: Record<string, unknown> }) => {
      try {
        if (!tape) {
          const answered = await next(args);
          checkItems(operation, answered.output);
          return answered;
        }
        if (tape.offline) {
          calls.add(operation);
          onCall?.(operation, region);
        }
        let response: unknown = {};
        const output = await tape.answer({ operation, region, input: args.input }, async () => {
          const answer = await next(args);
          response = answer.response;
          return answer.output;
        });
        checkItems(operation, output);
        return { output, response };
      } catch (error) {
        markOperation(error, operation);
        throw error;
      }
    };
  };
  const finalize = (next: Next, context: { clientName?: string; commandName?: string }) => {
    const operation = operationName(context);
    let unknownHosts = 0;
    return async (args: { input: Record<string, unknown> }) => {
      await pace.wait(operation, region);
      calls.add(operation);
      onCall?.(operation, region);
      try {
        const answer = await next(args);
        pace.answered(operation, region);
        return answer;
      } catch (error) {
        if (isThrottle(error)) pace.throttled(operation, region);
        if (codeOf(error) === unknownHost) unknownHosts += 1;
        throw unknownHosts < attemptsAtUnknownHosts ? error : withoutRetry(error);
      }
    };
  };
  client.middlewareStack.add(initialize, { step: "initialize", priority: "high", name: "smallTargetTape" });
  // after the retry middleware, so that every attempt is paced and counted
  client.middlewareStack.add(finalize, { step: "finalizeRequest", priority: "low", name: "smallTargetPace" });
}

function operationName(context: { clientName?: string; commandName?: string }): string {
  const client = (context.clientName ?? "").replace(/Client$/, "");
  const operation = (context.commandName ?? "").replace(/Command$/, "");
  return `${prefixes[client] ?? client.toLowerCase()}:${operation}`;
}

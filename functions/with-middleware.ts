/** The one middy stack: around every durable function of the stack. */

import type { DurableContext, DurableLambdaHandler } from "@aws/durable-execution-sdk-js";
import type { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { executionModeDurableContext } from "@middy/core/DurableContext";

/**
 * Makes a Lambda handler of `work`: log lines carry the request, an error is logged before it ends the execution.
 * What an execution that waits leaves behind is not an end: neither hook runs for it.
 */
export function withMiddleware<R>(logger: Logger, work: (context: DurableContext) => Promise<R>): DurableLambdaHandler {
  const handler = middy<unknown, R, Error, DurableContext>({
    executionMode: executionModeDurableContext,
    // middy would answer with an error shortly before Lambda's timeout, and a durable execution that answers with an error is over:
    // it must be cut off, so that the service invokes it again and the finished steps count
    timeoutEarlyInMillis: 0,
  })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .onError(({ error }) => {
      logger.error("the execution failed", { error });
    })
    .handler((_event: unknown, context: DurableContext) => work(context));
  return handler as unknown as DurableLambdaHandler;
}

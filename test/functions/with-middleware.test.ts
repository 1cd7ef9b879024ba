import { type DurableContext, DurableExecutionInvocationInputWithClient } from "@aws/durable-execution-sdk-js";
import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { withMiddleware } from "../../functions/with-middleware.ts";
import { Checkpoints } from "../run/checkpoints.ts";

const logger = new Logger();
const error = vi.spyOn(logger, "error");
beforeEach(() => {
  error.mockReset();
});

/** Invokes the handler of `work` once, as Lambda does with `remainingMs` left. */
async function invoke(work: (context: DurableContext) => Promise<unknown>, remainingMs = 900_000) {
  const checkpoints = new Checkpoints();
  const { Operations } = await checkpoints.getExecutionState();
  const event = {
    DurableExecutionArn: "arn:aws:lambda:eu-west-1:111122223333:function:scan:1/durable-execution/one/1",
    CheckpointToken: "first",
    InitialExecutionState: { Operations },
  };
  const context = { awsRequestId: "1", functionName: "scan", getRemainingTimeInMillis: () => remainingMs } as Context;
  return await withMiddleware(logger, work)(new DurableExecutionInvocationInputWithClient(event, checkpoints), context);
}

describe("the middleware of a durable function", () => {
  it("hands the durable context in and the answer out", async () => {
    const answer = await invoke((context) => context.step("add", async () => 1 + 1));
    expect(answer).toMatchObject({ Status: "SUCCEEDED", Result: "2" });
    expect(error).not.toHaveBeenCalled();
  });

  it("logs an error, and lets it end the execution", async () => {
    const answer = await invoke(async () => {
      throw Object.assign(new Error("TABLE_NAME is not set"), { name: "ConfigurationError" });
    });
    expect(answer).toMatchObject({ Status: "FAILED", Error: { ErrorType: "ConfigurationError", ErrorMessage: "TABLE_NAME is not set" } });
    expect(error).toHaveBeenCalledOnce();
  });

  it("does not end an execution because the time of its invocation is nearly over", async () => {
    const answer = await invoke(async () => {
      await new Promise((done) => setTimeout(done, 100));
      return "done";
    }, 20);
    expect(answer).toMatchObject({ Status: "SUCCEEDED", Result: '"done"' });
  });
});

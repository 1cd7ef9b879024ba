/** The part of the durable execution service that survives a killed invocation: its checkpoints. Steps and contexts only. */
import {
  type CheckpointDurableExecutionRequest,
  type DurableContext,
  type DurableExecutionClient,
  type DurableExecutionInvocationOutput,
  OperationAction,
  OperationStatus,
  OperationType,
  type OperationUpdate,
  type WireOperation,
  withDurableExecution,
} from "@aws/durable-execution-sdk-js";
import type { Context } from "aws-lambda";

const statusAfter = {
  [OperationAction.START]: OperationStatus.STARTED,
  [OperationAction.SUCCEED]: OperationStatus.SUCCEEDED,
  [OperationAction.FAIL]: OperationStatus.FAILED,
  // the time until the retry has passed when the execution is invoked again
  [OperationAction.RETRY]: OperationStatus.READY,
  [OperationAction.CANCEL]: OperationStatus.CANCELLED,
};

export class Checkpoints implements DurableExecutionClient {
  readonly #operations = new Map<string, WireOperation>([
    [
      "0",
      {
        Id: "0",
        Type: OperationType.EXECUTION,
        StartTimestamp: new Date(),
        Status: OperationStatus.STARTED,
        ExecutionDetails: { InputPayload: "{}" },
      },
    ],
  ]);

  /** What the service would count against its limit of 3,000. */
  get operations(): readonly WireOperation[] {
    return [...this.#operations.values()].filter(({ Type }) => Type !== OperationType.EXECUTION);
  }

  async checkpoint({ Updates = [] }: CheckpointDurableExecutionRequest) {
    const Operations = Updates.map((update) => this.#apply(update));
    return { CheckpointToken: "next", NewExecutionState: { Operations } };
  }

  async getExecutionState() {
    return { Operations: [...this.#operations.values()] };
  }

  /** Invokes the function once; `kill` ends the invocation as Lambda does at the timeout: nothing it does from then on counts. */
  invoke(program: (context: DurableContext, kill: () => void) => Promise<unknown>): Promise<DurableExecutionInvocationOutput | "killed"> {
    return new Promise((resolve, reject) => {
      const client: DurableExecutionClient = {
        checkpoint: (request) => this.checkpoint(request),
        getExecutionState: () => this.getExecutionState(),
      };
      const kill = () => {
        client.checkpoint = () => new Promise(() => {});
        resolve("killed");
      };
      const handler = withDurableExecution((_event: unknown, context) => program(context, kill), { durableExecutionClient: client });
      const event = {
        DurableExecutionArn: "arn:aws:lambda:eu-west-1:111122223333:function:scan:1/durable-execution/one/1",
        CheckpointToken: "first",
        InitialExecutionState: { Operations: [...this.#operations.values()], NextMarker: "" },
      };
      const context = { awsRequestId: "1", getRemainingTimeInMillis: () => 900_000 } as Context;
      handler(event as Parameters<typeof handler>[0], context).then(resolve, reject);
    });
  }

  #apply({
    Id = "",
    ParentId,
    Name,
    Type,
    SubType,
    Action = "START",
    Payload,
    Error: failure,
    ContextOptions,
  }: OperationUpdate): WireOperation {
    const before = this.#operations.get(Id);
    const details = { ...(Payload === undefined ? {} : { Result: Payload }), ...(failure ? { Error: failure } : {}) };
    const attempt = (before?.StepDetails?.Attempt ?? 0) + (Action === "RETRY" ? 1 : 0);
    const operation: WireOperation = {
      Id,
      ParentId,
      Name,
      Type,
      SubType,
      StartTimestamp: before?.StartTimestamp ?? new Date(),
      Status: statusAfter[Action],
      ...(Type === OperationType.STEP
        ? { StepDetails: { ...details, Attempt: attempt } }
        : { ContextDetails: { ...details, ...ContextOptions } }),
    };
    this.#operations.set(Id, operation);
    return operation;
  }
}

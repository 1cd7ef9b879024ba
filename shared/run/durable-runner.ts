/** Runs a scan as a durable execution of AWS Lambda: every piece is checkpointed, and a killed scan goes on with the first piece that is not. */
import { createRetryStrategy, type DurableContext, NestingType, type StepConfig } from "@aws/durable-execution-sdk-js";
import { isCredentialsError } from "../aws/errors.ts";
import type { Runner } from "./runner.ts";

/** Names of errors that are the same on every try: somebody has to change something first. */
const hopeless = new Set([
  "ScanRunningError",
  "LockLostError",
  "UnknownRegionError",
  "SettingsError",
  "ForeignTableError",
  "TableMissingError",
]);

// 10, 20 and 40 seconds: longer than a throttled minute of DynamoDB, far shorter than the lease of the scan lock
const retry = createRetryStrategy({ maxAttempts: 4, initialDelay: { seconds: 10 }, backoffRate: 2, maxDelay: { minutes: 1 } });

type Decide = NonNullable<StepConfig<unknown>["retryStrategy"]>;

const retryStrategy: Decide = (error, attempt) =>
  hopeless.has(error.name) || isCredentialsError(error) ? { shouldRetry: false } : retry(error, attempt);

/** An error as a checkpoint can hold it. */
interface Failure {
  readonly name: string;
  readonly message: string;
}

type Outcome<T> = { readonly value: T } | { readonly failure: Failure };

/** A runner on the context of one durable execution. Names of steps must be unique in it: they are how a person finds a step in the console. */
export function durableRunner(context: DurableContext): Runner {
  const names = new Set<string>();
  const claim = (name: string): string => {
    if (names.has(name)) throw new Error(`there are two steps named "${name}"`);
    names.add(name);
    return name;
  };
  return {
    async step(name, work) {
      return answerOf(await attempt(context, claim(name), work));
    },
    async map(name, items, work, { concurrency, nameOf }) {
      for (const item of items) claim(nameOf(item));
      const batch = await context.map(claim(name), [...items], (child, item) => attempt(child, nameOf(item), () => work(item)), {
        maxConcurrency: concurrency,
        itemNamer: nameOf,
        // no checkpoint around each item's only step
        nesting: NestingType.FLAT,
      });
      batch.throwIfError();
      return batch.getResults().map(answerOf);
    },
  };
}

/**
 * One step. Its failure is a value: the SDK's own errors lose the name of ours on their way through a checkpoint, and a batch that
 * stops at the first failure would leave the other items running while the scan gives up.
 */
async function attempt<T>(context: DurableContext, name: string, work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await context.step(name, work, { retryStrategy }) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

/** The error that our code threw: the SDK wraps it, with the original as cause. */
function failureOf(error: unknown): Failure {
  const original = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return original instanceof Error ? { name: original.name, message: original.message } : { name: "Error", message: String(original) };
}

function answerOf<T>(outcome: Outcome<T>): T {
  if (!("failure" in outcome)) return outcome.value;
  const error = new Error(outcome.failure.message);
  error.name = outcome.failure.name;
  throw error;
}

/** Executions of durable functions that have not ended: suspended, they wait for months without a run. */
import { ListDurableExecutionsByFunctionCommand } from "@aws-sdk/client-lambda";
import type { CandidateRead, FunctionConfiguration } from "../../model/snapshot.ts";
import type { CollectContext } from "../contract/collector.ts";

export type Waiting = Pick<CandidateRead, "waitingSince" | "waitingUnread">;

/** Asked of durable functions among the candidates only; the answer tells it for each of them. */
export async function readWaiting(
  { rotation, clients, region }: CollectContext,
  candidates: readonly FunctionConfiguration[],
  missed: (error: unknown) => void,
): Promise<(configuration: FunctionConfiguration) => Waiting> {
  const isDurable = ({ durableExecutionTimeoutSeconds }: FunctionConfiguration) => durableExecutionTimeoutSeconds !== undefined;
  const asked = candidates.filter(isDurable).map(({ arn }) => ({ key: arn, fingerprint: "" }));
  const read = async (arn: string): Promise<string | null> => {
    const { DurableExecutions = [] } = await clients.lambda(region).send(
      // of all its versions, the longest waiting first
      new ListDurableExecutionsByFunctionCommand({ FunctionName: arn, Statuses: ["RUNNING"], ReverseOrder: true, MaxItems: 1 }),
    );
    return DurableExecutions[0] ? (DurableExecutions[0].StartTimestamp?.toISOString() ?? "") : null;
  };
  const answers = await rotation.read("durable-executions", asked, read, missed);
  return (configuration) => {
    if (!isDurable(configuration)) return {};
    const answer = answers.get(configuration.arn);
    return answer ? { waitingSince: answer.value } : { waitingUnread: true };
  };
}

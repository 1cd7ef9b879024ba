/** Environments that are kept ready, and paid for by the hour, whether anybody calls or not. */
import { ListProvisionedConcurrencyConfigsCommand } from "@aws-sdk/client-lambda";
import { pages } from "../../aws/paginate.ts";
import { lambdaNameOf } from "../../model/arn.ts";
import type { CandidateRead, FunctionConfiguration } from "../../model/snapshot.ts";
import type { ProvisionedConcurrency } from "../../model/usage.ts";
import type { CollectContext } from "../contract/collector.ts";

export type Provisioned = Pick<CandidateRead, "provisioned" | "provisionedUnread">;

/**
 * Asked of candidates that have an alias, or whose aliases could not be read: it is set on an alias or a published version, and who
 * publishes versions calls them by an alias. What is set on a bare version is not seen.
 * The answer tells it for each of the candidates.
 */
export async function readProvisioned(
  { rotation, clients, region, aliasesOf }: CollectContext & { readonly aliasesOf: (arn: string) => readonly string[] | undefined },
  candidates: readonly FunctionConfiguration[],
  missed: (error: unknown) => void,
): Promise<(configuration: FunctionConfiguration) => Provisioned> {
  const mayHave = ({ arn }: FunctionConfiguration) => aliasesOf(arn)?.length !== 0;
  const asked = candidates.filter(mayHave).map(({ arn }) => ({ key: arn, fingerprint: [...(aliasesOf(arn) ?? [])].sort().join() }));
  const read = async (FunctionName: string): Promise<ProvisionedConcurrency[]> => {
    const found: ProvisionedConcurrency[] = [];
    const list = pages(
      (Marker) =>
        clients.lambda(region).send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName, ...(Marker ? { Marker } : {}) })),
      (page) => page.NextMarker,
    );
    for await (const { ProvisionedConcurrencyConfigs = [] } of list) {
      for (const { FunctionArn = "", RequestedProvisionedConcurrentExecutions: environments } of ProvisionedConcurrencyConfigs) {
        const { qualifier } = lambdaNameOf(FunctionArn);
        if (qualifier && environments) found.push({ qualifier, environments });
      }
    }
    return found;
  };
  const answers = await rotation.read("provisioned-concurrency", asked, read, missed);
  return (configuration) => {
    if (!mayHave(configuration)) return {};
    const answer = answers.get(configuration.arn);
    if (!answer) return { provisionedUnread: true };
    return answer.value.length === 0 ? {} : { provisioned: answer.value };
  };
}

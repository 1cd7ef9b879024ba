/** State machines and what they call. Of a definition only ARNs and names of what is called are kept. */
import { DescribeStateMachineCommand, ListStateMachinesCommand, type StateMachineListItem } from "@aws-sdk/client-sfn";
import { pages } from "../../aws/paginate.ts";
import type { MachineAnswer } from "../../describe/services/step-functions.ts";
import type { MachineRead } from "../../describe/state-machine.ts";
import { callsOf } from "../../describe/states-language.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const stepFunctionsCollector: ServiceCollector<"step-functions"> = {
  name: "step-functions",
  scope: "region",
  readerVersion: 2,
  actions: ["states:ListStateMachines", "states:DescribeStateMachine"],
  reads: "state machines, their roles and what their definitions call; never executions",
  collect(context) {
    const { clients, region } = context;
    return collectPart<MachineAnswer>("step-functions", region, async (sink) => {
      const machines: StateMachineListItem[] = [];
      const list = pages(
        (nextToken) =>
          clients.stateMachines(region).send(new ListStateMachinesCommand({ maxResults: 1000, ...(nextToken ? { nextToken } : {}) })),
        (page) => page.nextToken,
      );
      for await (const page of list) machines.push(...(page.stateMachines ?? []));
      const asked = machines.flatMap(({ stateMachineArn, creationDate }) =>
        stateMachineArn ? [{ key: stateMachineArn, fingerprint: creationDate?.toISOString() ?? "" }] : [],
      );
      const answers = await context.rotation.read("state-machines", asked, (arn) => readMachine(context, arn), sink.miss);
      for (const { stateMachineArn = "", name = "", type, creationDate } of machines) {
        const machine = { arn: stateMachineArn, name, express: type === "EXPRESS", createdAt: creationDate?.toISOString() };
        if (stateMachineArn) sink.push({ machine, read: answers.get(stateMachineArn) });
      }
    });
  },
};

async function readMachine(context: CollectContext, stateMachineArn: string): Promise<MachineRead> {
  const { clients, region } = context;
  const answer = await clients.stateMachines(region).send(new DescribeStateMachineCommand({ stateMachineArn }));
  const { roleArn, loggingConfiguration, encryptionConfiguration, definition } = answer;
  return {
    roleArn: roleArn ?? null,
    customerKey: encryptionConfiguration?.type === "CUSTOMER_MANAGED_KMS_KEY",
    logGroups: (loggingConfiguration?.destinations ?? []).flatMap(
      ({ cloudWatchLogsLogGroup }) => cloudWatchLogsLogGroup?.logGroupArn ?? [],
    ),
    ...parsed(definition, context),
  };
}

/** A definition that cannot be read calls we do not know what. */
function parsed(definition: string | undefined, context: CollectContext): Pick<MachineRead, "calls" | "dynamic"> {
  try {
    return callsOf(definition ?? "", context);
  } catch {
    return { calls: null, dynamic: [] };
  }
}

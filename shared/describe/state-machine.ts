/** A state machine, its role, its log groups and what it calls. Pure. */
import type { GraphRow, Relation } from "../model/graph.ts";
import { cleanText } from "../model/plain-text.ts";
import type { StateCall } from "./state-call.ts";

export interface MachineRead {
  readonly roleArn: string | null;
  readonly customerKey: boolean;
  readonly logGroups: readonly string[];
  /** null: the definition could not be read. */
  readonly calls: readonly StateCall[] | null;
  /** Tasks whose target is only known when they run. */
  readonly dynamic: readonly string[];
}

interface ListedMachine {
  readonly arn: string;
  readonly name: string;
  readonly express: boolean;
  readonly createdAt: string | undefined;
}

/** @param answer undefined where the machine could not be read */
export function describeStateMachine(
  { arn, name, express, createdAt }: ListedMachine,
  answer: { readonly value: MachineRead; readonly readAt: string } | undefined,
  region: string,
): GraphRow {
  const listed = { arn, type: "AWS::StepFunctions::StateMachine", name, region, ...(createdAt ? { createdAt } : {}) };
  const mode = express ? "express" : "standard";
  if (!answer) return { resource: { ...listed, details: { mode, unread: ["definition"] } }, relations: [] };
  const { roleArn, customerKey, logGroups, calls, dynamic } = answer.value;
  const hop = (to: string, kind: Relation["kind"], evidence: string): Relation => ({
    from: arn,
    to,
    kind,
    auth: "service",
    enabled: true,
    evidence: `states:DescribeStateMachine, ${evidence}`,
  });
  return {
    resource: {
      ...listed,
      encryption: { atRest: customerKey ? "customer-key" : "aws-owned", inTransit: "enforced" },
      details: {
        mode,
        dynamicTargets: dynamic.map((task) => cleanText(task, 200)),
        ...(calls ? {} : { unread: ["definition"] }),
      },
      readAt: answer.readAt,
    },
    relations: [
      ...(calls ?? []).map(({ state, to, kind, waitsForToken }) =>
        hop(to, kind, `state ${cleanText(state, 80)}${waitsForToken ? ", waits for a token" : ""}`),
      ),
      ...(roleArn ? [hop(roleArn, "assumes", "roleArn")] : []),
      ...logGroups.map((group) => hop(group.replace(/:\*$/, ""), "logs-to", "loggingConfiguration")),
    ],
  };
}

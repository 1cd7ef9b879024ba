/** Schedules of EventBridge Scheduler as resources: what each starts, as what, and where failed starts go. */
import type { GraphRow, Relation } from "../../model/graph.ts";
import { cleanText } from "../../model/plain-text.ts";
import { collectPart } from "../collector.ts";
import { type ReadSchedule, readSchedules } from "../schedule-reads.ts";
import type { ServiceCollector } from "./service-collector.ts";

export const schedulerCollector: ServiceCollector = {
  name: "scheduler",
  scope: "region",
  actions: ["scheduler:ListSchedules", "scheduler:GetSchedule"],
  reads: "schedules: expression, target, role and dead-letter queue; never what is sent",
  collect: (context) =>
    collectPart<GraphRow>("scheduler", context.region, async (sink) => {
      const { schedules, failures } = await readSchedules(context);
      for (const one of schedules) sink.push(...describeSchedule(one, context.region));
      for (const failure of failures) sink.missList(failure);
    }),
};

export function describeSchedule({ listed, answer }: ReadSchedule, region: string): GraphRow[] {
  const { Arn, Name = "", State, CreationDate } = listed;
  if (!Arn) return [];
  const enabled = State !== "DISABLED";
  const hop = (to: string, kind: Relation["kind"]): Relation => ({
    from: Arn,
    to,
    kind,
    auth: "service",
    enabled,
    evidence: `scheduler:GetSchedule, ${cleanText(Name, 64)}`,
  });
  const { targets = [], deadLetterArn, roleArn, expression } = answer?.value ?? {};
  return [
    {
      resource: {
        arn: Arn,
        type: "AWS::Scheduler::Schedule",
        name: cleanText(Name, 64),
        region,
        ...(CreationDate ? { createdAt: CreationDate.toISOString() } : {}),
        details: { enabled, ...(answer ? { schedule: expression ?? null } : { unread: ["target"] }) },
        ...(answer ? { readAt: answer.readAt } : {}),
      },
      relations: [
        ...targets.map(({ to, kind }) => hop(to, kind)),
        ...(deadLetterArn ? [hop(deadLetterArn, "dead-letters-to")] : []),
        ...(roleArn ? [hop(roleArn, "assumes")] : []),
      ],
    },
  ];
}

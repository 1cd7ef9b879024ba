/** EventBridge Scheduler: a schedule, what it starts, as what, and where failed starts go. */
import type { Relation } from "../../model/graph.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { Describe, Read } from "./describe-answer.ts";

export interface ScheduleAnswer {
  readonly arn: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly createdAt?: string;
  /** Absent where it could not be read. */
  readonly read?: Read<{
    readonly expression?: string;
    readonly timezone?: string;
    readonly startsAt?: string;
    readonly endsAt?: string;
    readonly warmer?: boolean;
    readonly targets: readonly { readonly to: string; readonly kind: Relation["kind"] }[];
    readonly deadLetterArn?: string;
    readonly roleArn?: string;
  }>;
}

export const describe: Describe<ScheduleAnswer> = ({ arn, name: listed, enabled, createdAt, read }, { region }) => {
  const name = cleanText(listed, 64);
  const hop = (to: string, kind: Relation["kind"]): Relation => ({
    from: arn,
    to,
    kind,
    auth: "service",
    enabled,
    evidence: `scheduler:GetSchedule, ${name}`,
  });
  const { targets = [], deadLetterArn, roleArn, expression, timezone, startsAt, endsAt, warmer } = read?.value ?? {};
  const timing = { ...(timezone ? { timezone } : {}), ...(startsAt ? { startsAt } : {}), ...(endsAt ? { endsAt } : {}) };
  const warms = warmer ? { warms: targets.map(({ to }) => to) } : undefined;
  return [
    {
      resource: {
        arn,
        type: "AWS::Scheduler::Schedule",
        name,
        region,
        ...(createdAt ? { createdAt } : {}),
        details: { enabled, ...(read ? { schedule: expression ?? null, ...timing, ...warms } : { unread: ["target"] }) },
        ...(read ? { readAt: read.readAt } : {}),
      },
      relations: [
        ...targets.map(({ to, kind }) => hop(to, kind)),
        ...(deadLetterArn ? [hop(deadLetterArn, "dead-letters-to")] : []),
        ...(roleArn ? [hop(roleArn, "assumes")] : []),
      ],
    },
  ];
};

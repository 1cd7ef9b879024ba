/**
 * The commands that take a function away, in order: first what can be undone, then, after quiet days, what cannot. Printed for
 * a person, never run. What a stack made is removed from the stack. Pure.
 */
import { parseArn } from "../model/arn.ts";
import { awsCommand, shellQuote } from "../wording/aws-cli.ts";
import { giveBackProvisioned, takeAwayProvisioned } from "../wording/provisioned-concurrency.ts";
import type { PruneSet } from "./prune.ts";
import { deleteCommands, ruleOptions, setSchedule } from "./prune-commands.ts";
import type { PruneItem, PruneKind } from "./prune-item.ts";

export interface PruneStep {
  readonly what: string;
  /** In this order; none where there is only something to do by other means. */
  readonly commands: readonly string[];
  readonly undo?: readonly string[];
}

export interface PruneScript {
  /** Reversible. */
  readonly now: readonly PruneStep[];
  readonly quietDays: number;
  /** Read-only: nothing happened in the meantime. */
  readonly check: readonly PruneStep[];
  /** For good. */
  readonly deletes: readonly PruneStep[];
}

/** Whatever starts the function before the function, whatever it needs after it, the role last. */
const order: readonly PruneKind[] = [
  "event-source-mapping",
  "rule",
  "schedule",
  "alarm",
  "permission",
  "url",
  "function",
  "layer",
  "queue",
  "log-group",
  "role",
];

/** @param since day of the scan, from which on nothing should have called it */
export function pruneScript({ subject, items }: PruneSet, quietDays: number, since: string): PruneScript {
  const ordered = items.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const managed = ordered.filter(({ stack }) => stack !== undefined);
  return {
    now: [keepCopy(subject), ...ordered.flatMap(switchOff), ...takeAwayKept(subject), stop(subject)],
    quietDays,
    check: [quietCheck(subject, since), alarmCheck(subject)],
    deletes: [
      ...fromStacks(managed, subject.region),
      ...ordered.filter(({ stack }) => !stack).flatMap((item) => deletion(item, subject.arn)),
    ],
  };
}

type Subject = PruneSet["subject"];

function keepCopy({ name, region, packageType }: Subject): PruneStep {
  const options = { "function-name": name, region };
  const code = `${awsCommand("lambda", "get-function", options)} --query Code.Location --output text | xargs curl -sSo ${shellQuote(`${name}.zip`)}`;
  return {
    what: "keep a copy of what will be gone",
    commands: [
      `${awsCommand("lambda", "get-function", options)} --query Configuration > ${shellQuote(`${name}.json`)}`,
      ...(packageType === "Zip" ? [code] : []),
    ],
  };
}

function switchOff(item: PruneItem): PruneStep[] {
  const { kind, id, name, region, enabled } = item;
  if (!enabled) return [];
  if (kind === "event-source-mapping") {
    const update = awsCommand("lambda", "update-event-source-mapping", { uuid: id, region });
    return [{ what: `switch off the mapping ${name}`, commands: [`${update} --no-enabled`], undo: [`${update} --enabled`] }];
  }
  if (kind === "rule") {
    const options = { ...ruleOptions(item), region };
    return [
      {
        what: `switch off the rule ${name}`,
        commands: [awsCommand("events", "disable-rule", options)],
        undo: [awsCommand("events", "enable-rule", options)],
      },
    ];
  }
  if (kind !== "schedule") return [];
  return [{ what: `switch off the schedule ${name}`, commands: [setSchedule(item, "DISABLED")], undo: [setSchedule(item, "ENABLED")] }];
}

/** AWS switches off no function that has some: its reserved concurrency may not be less than its provisioned one. */
function takeAwayKept(subject: Subject): PruneStep[] {
  const { provisioned = [] } = subject;
  if (provisioned.length === 0) return [];
  return [
    {
      what: "take away what is kept ready for it, and paid for by the hour",
      commands: provisioned.map((one) => takeAwayProvisioned(subject, one)),
      undo: provisioned.map((one) => giveBackProvisioned(subject, one)),
    },
  ];
}

function stop({ name, region, activity }: Subject): PruneStep {
  const options = { "function-name": name, region };
  const put = awsCommand("lambda", "put-function-concurrency", { "function-name": name, "reserved-concurrent-executions": 0, region });
  if (activity === "switched-off") return { what: "it is switched off already: its reserved concurrency is 0", commands: [] };
  return {
    what: "let nothing run it: whoever calls it is refused, and shows in the metric Throttles",
    commands: [awsCommand("lambda", "get-function-concurrency", options), put],
    undo: [
      awsCommand("lambda", "delete-function-concurrency", options),
      "# or put-function-concurrency with the number that get-function-concurrency printed",
    ],
  };
}

function quietCheck({ name, region }: Subject, since: string): PruneStep {
  const metric = awsCommand("cloudwatch", "get-metric-statistics", {
    namespace: "AWS/Lambda",
    "metric-name": "Throttles",
    dimensions: `Name=FunctionName,Value=${name}`,
    statistics: "Sum",
    period: 86_400,
    "start-time": since,
    region,
  });
  return {
    what: "nobody called it: every sum is 0, or there is none",
    commands: [`${metric} --end-time "$(date -u +%FT%TZ)" --query 'Datapoints[].[Timestamp,Sum]' --output text`],
  };
}

/** The scan lists alarms only where they start a function or watch a duration. */
function alarmCheck({ name, region }: Subject): PruneStep {
  const query = `MetricAlarms[?Dimensions[?Name=='FunctionName' && Value=='${name}']].AlarmName`;
  return {
    what: "alarms that watch it: delete those that watch nothing else",
    commands: [`${awsCommand("cloudwatch", "describe-alarms", { region })} --query ${shellQuote(query)} --output text`],
  };
}

/** One step a stack: its template is the place, or else the next deployment brings everything back. */
function fromStacks(items: readonly PruneItem[], region: string): PruneStep[] {
  const sure = items.filter(({ stack }) => !stack?.likely);
  const names = [...new Set(sure.map(({ stack }) => stack?.name ?? ""))];
  const steps = names.map((stack): PruneStep => {
    const parts = sure.filter((item) => item.stack?.name === stack);
    const listed = parts.map(({ kind, name, stack: place }) =>
      place?.logicalId ? `logical id ${place.logicalId} (${kind} ${name})` : `${kind} ${name}`,
    );
    return { what: `remove from stack ${stack}, in its template, and deploy: ${listed.join("; ")}`, commands: [] };
  });
  const likely = items.filter(({ stack, kind }) => stack?.likely && kind !== "permission" && kind !== "url");
  return [
    ...steps,
    ...likely.map(({ kind, id, name, stack, region: own }) => ({
      what: `${kind} ${name}: likely of stack ${stack?.name} too; this names its logical id, and it goes from the template with it`,
      commands: [
        awsCommand("cloudformation", "describe-stack-resources", {
          "physical-resource-id": kind === "event-source-mapping" ? id : physicalId(kind, id, name),
          region: own === "global" ? region : own,
        }),
      ],
    })),
  ];
}

function physicalId(kind: PruneKind, id: string, name: string): string {
  if (kind === "layer") return id;
  // CloudFormation knows a queue by its URL
  const { partition, region, account } = parseArn(id) ?? {};
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return kind === "queue" ? `https://sqs.${region}.${domain}/${account}/${name}` : name;
}

function deletion(item: PruneItem, functionArn: string): PruneStep[] {
  const { kind, name, note } = item;
  const commands = deleteCommands(item, functionArn);
  return commands.length === 0 ? [] : [{ what: `${kind} ${name}${note ? ` (${note})` : ""}`, commands }];
}

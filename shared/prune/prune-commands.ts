/** AWS CLI commands that switch off or delete one thing, with everything AWS wants gone before it. Pure. */
import { resourcePartOf } from "../model/arn.ts";
import { awsCommand, shellQuote } from "../wording/aws-cli.ts";
import type { PruneItem } from "./prune-item.ts";

/** Scheduler takes the whole schedule or nothing: it is read, changed and given back. */
export function setSchedule(item: PruneItem, state: "ENABLED" | "DISABLED"): string {
  const read = awsCommand("scheduler", "get-schedule", { ...scheduleOptions(item), region: item.region });
  const change = `jq -c 'del(.Arn,.CreationDate,.LastModificationDate) | .State="${state}"'`;
  return `aws scheduler update-schedule --region ${shellQuote(item.region)} --cli-input-json "$(${read} --output json | ${change})"`;
}

/** What goes with the function itself (URL, permissions, versions, aliases) needs no command of its own. */
export function deleteCommands(item: PruneItem, functionArn: string): string[] {
  const { kind, id, name, region } = item;
  switch (kind) {
    case "event-source-mapping":
      return [awsCommand("lambda", "delete-event-source-mapping", { uuid: id, region })];
    case "rule":
      return ruleDeletion(item, functionArn);
    case "schedule":
      return [awsCommand("scheduler", "delete-schedule", { ...scheduleOptions(item), region })];
    case "alarm":
      return [awsCommand("cloudwatch", "delete-alarms", { "alarm-names": name, region })];
    case "function":
      return [awsCommand("lambda", "delete-function", { "function-name": name, region })];
    case "layer": {
      const [layer = name, version = ""] = name.split(":");
      return [awsCommand("lambda", "delete-layer-version", { "layer-name": layer, "version-number": version, region })];
    }
    case "queue":
      return [
        `aws sqs delete-queue --queue-url "$(${awsCommand("sqs", "get-queue-url", { "queue-name": name, region })} --query QueueUrl --output text)" --region ${shellQuote(region)}`,
      ];
    case "log-group":
      return [awsCommand("logs", "delete-log-group", { "log-group-name": name, region })];
    case "role":
      return roleDeletion(name);
    default:
      return [];
  }
}

/** Targets before the rule: while one is left, AWS refuses to delete it, so that a target nobody saw is not lost. */
function ruleDeletion(item: PruneItem, functionArn: string): string[] {
  const { region } = item;
  const { name: rule = "", ...bus } = ruleOptions(item);
  const options = { rule, ...bus, region };
  const query = `Targets[?Arn=='${functionArn}' || starts_with(Arn, '${functionArn}:')].Id`;
  const ids = `${awsCommand("events", "list-targets-by-rule", options)} --query ${shellQuote(query)} --output text`;
  return [
    `${ids} | xargs -r ${awsCommand("events", "remove-targets", options)} --ids`,
    awsCommand("events", "delete-rule", { ...ruleOptions(item), region }),
  ];
}

/** Policies before the role. */
function roleDeletion(name: string): string[] {
  const options = { "role-name": name };
  const attached = `${awsCommand("iam", "list-attached-role-policies", options)} --query 'AttachedPolicies[].PolicyArn' --output text`;
  const inline = `${awsCommand("iam", "list-role-policies", options)} --query 'PolicyNames[]' --output text`;
  // the console gives each function it makes a policy of its own; one that somebody else has too, AWS refuses to delete
  const made = `${awsCommand("iam", "list-attached-role-policies", options)} --query ${shellQuote(
    "AttachedPolicies[?contains(PolicyArn, ':policy/service-role/AWSLambda') && !contains(PolicyArn, ':aws:policy/')].PolicyArn",
  )} --output text`;
  return [
    `made="$(${made})"`,
    `${attached} | xargs -n1 -r ${awsCommand("iam", "detach-role-policy", options)} --policy-arn`,
    `${inline} | xargs -n1 -r ${awsCommand("iam", "delete-role-policy", options)} --policy-name`,
    awsCommand("iam", "delete-role", options),
    'for policy in $made; do aws iam delete-policy --policy-arn "$policy"; done',
  ];
}

/** As events:DisableRule takes it; the ARN ends in `rule/NAME` of the default bus, `rule/BUS/NAME` of others. */
export function ruleOptions({ id }: PruneItem): Record<string, string> {
  const [, ...parts] = resourcePartOf(id).split("/");
  const name = parts.at(-1) ?? "";
  const bus = parts.slice(0, -1).join("/");
  return { name, ...(bus === "" ? {} : { "event-bus-name": bus }) };
}

function scheduleOptions({ id }: PruneItem): Record<string, string> {
  const [, group = "default", name = ""] = resourcePartOf(id).split("/");
  return { "group-name": group, name };
}

import { parseArn } from "../../model/arn.ts";
import { dayOf } from "../../model/day.ts";
import { resourceRule } from "../../model/rule.ts";
import type { ResourceSubject } from "../../model/rule-subject.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { stackEvidence } from "../unused-resource.ts";

const prefix = "/aws/lambda/";
const megabyte = 1_000_000;

/** Logs of a function that is not there any more. */
export const orphanedLogGroup = resourceRule({
  id: "logs/orphaned-log-group",
  subject: "resource",
  summary: "the logs of a function outlived it",
  why: "Lambda makes a log group for a function and nobody deletes it with the function. It costs storage for ever where no retention is set, and may hold personal data that nobody thinks of any more.",
  needs: ["functions", "step-functions", "pipes", "resource-usage:own"],
  gone: ["log-groups:listed"],
  types: ["AWS::Logs::LogGroup"],
  usageBased: false,
  severities: [{ severity: "LOW", when: "named after a function that is not in the Region any more" }],
  settings: {
    graceDays: { default: 14, unit: "days", minimum: 0, meaning: "log groups younger than this, or written to within it, are left alone" },
  },
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html"],

  judge(subject, { now, settings }) {
    const { resource, incoming } = subject;
    if (!resource.name.startsWith(prefix)) return { answer: "clear" };
    // a function, state machine or pipe that is told to log there keeps it in use
    if (incoming.some(({ kind }) => kind === "logs-to") || isOfFunction(subject)) return { answer: "clear" };
    if (isEdgeName(resource.name) && resource.region !== "us-east-1")
      return { answer: "unknown", why: "functions at the edge have their home in us-east-1" };
    if (resource.createdAt === undefined) return { answer: "unknown", why: "when it was created is not known" };
    const ageDays = dayOf(now) - dayOf(resource.createdAt);
    if (ageDays < settings.graceDays) return { answer: "clear" };
    const { lastUsed } = resource;
    if (!lastUsed || lastUsed.state === "unknown")
      return { answer: "unknown", why: "whether anything still writes to it could not be read" };
    // named like a function, and written to all the same: a container, an agent, a build
    if (lastUsed.state === "used" && (lastUsed.quietDays ?? 0) < settings.graceDays) return { answer: "clear" };
    const { storedBytes = 0, retentionDays = null } = resource.details ?? {};
    return {
      answer: "hit",
      severity: "LOW",
      confidence: "high",
      materialKey: "no function",
      evidence: { storedBytes, retentionDays, createdAt: resource.createdAt, ...stackEvidence(resource.tags ?? {}) },
    };
  },

  word(evidence, { name, region }) {
    const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "remove it");
    const group = { "log-group-name": name, region };
    const stored = Number(evidence.storedBytes);
    const size = stored >= megabyte ? `${Math.round(stored / megabyte)} MB` : `${stored} bytes`;
    const kept = evidence.retentionDays === null ? "for ever" : `for ${evidence.retentionDays} days`;
    return {
      title: `Log group ${name} outlived its function: ${size}, kept ${kept}`,
      remediation: {
        text: `${inStack}The first command shows when something was last written. A deleted log group cannot be brought back: where the logs have to be kept, export them first, or set a retention (second command) and let them end by themselves.`,
        commands: [
          awsCommand("logs", "describe-log-streams", { ...group, "order-by": "LastEventTime", "max-items": 1 }).concat(" --descending"),
          awsCommand("logs", "put-retention-policy", { ...group, "retention-in-days": 30 }),
          awsCommand("logs", "delete-log-group", group),
        ],
      },
    };
  },
});

/** Functions at the edge log in the Region nearest to the caller, under `us-east-1.NAME`. */
function isEdgeName(name: string): boolean {
  return name.startsWith(`${prefix}us-east-1.`);
}

function isOfFunction({ resource, functionOf }: ResourceSubject): boolean {
  const { partition = "aws", account = "" } = parseArn(resource.arn) ?? {};
  const name = resource.name.slice(prefix.length);
  const at = (region: string, plain: string) => functionOf(`arn:${partition}:lambda:${region}:${account}:function:${plain}`) !== undefined;
  return at(resource.region, name) || (isEdgeName(resource.name) && at("us-east-1", name.replace(/^us-east-1\./, "")));
}

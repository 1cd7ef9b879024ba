import { lastPieceOf, parseArn } from "../../model/arn.ts";
import type { Evidence } from "../../model/finding.ts";
import { functionRule } from "../../model/rule.ts";
import type { FailingTrigger } from "../../model/rule-subject.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { stackEvidence } from "../unused-resource.ts";
import { startNeeds } from "./quiet.ts";

/** A function that should have run, by a trigger that is on, and did not: work that somebody counts on is not done. */
export const triggerWithoutRuns = functionRule({
  id: "lambda/trigger-without-runs",
  subject: "function",
  summary: "a trigger that is on does not start its function",
  why: "Somebody wanted this to happen and believes that it does: a backup, a report, an import. Nothing tells them that it stopped.",
  needs: ["usage:own", "candidates:own", "resource-usage:listed", ...startNeeds],
  gone: ["functions:listed"],
  usageBased: true,
  severities: [
    {
      severity: "MEDIUM",
      when: "runs of its schedule never came, messages wait in its queue, or a rule passed events on, while it was silent",
    },
  ],
  settings: {
    missedRuns: { default: 3, unit: "count", minimum: 1, meaning: "runs of its own schedule that never came" },
    quietDays: { default: 3, unit: "days", minimum: 2, readsFrom: "concurrency", meaning: "silent at least this long" },
  },
  references: [
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
  ],

  judge({ facts, candidate, failing = [], unreadStarts }, { settings }) {
    const { quietDays, state, why } = facts.lastInvocation;
    if (state === "unknown") return { answer: "unknown", why: why ?? "its last use is unknown" };
    const candidates = failing.filter((one) => isFailing(one, settings.missedRuns));
    if (candidates.length === 0 || (quietDays ?? 0) < settings.quietDays) return { answer: "clear" };
    // switched off, nothing can start it: that is no fault of the trigger
    if (facts.activity === "switched-off" || candidate?.reservedConcurrency === 0) return { answer: "clear" };
    if (candidate?.reservedConcurrency === undefined)
      return { answer: "unknown", why: "whether it is switched off could not be read (lambda:GetFunctionConcurrency)" };
    if (candidate.elsewhereUnknown) return { answer: "unknown", why: candidate.elsewhereUnknown };
    if (unreadStarts && candidates.every(({ permitted }) => permitted === undefined)) return { answer: "unknown", why: unreadStarts };
    return {
      answer: "hit",
      severity: "MEDIUM",
      confidence: candidates.some(isProven) ? "high" : "medium",
      materialKey: candidates
        .map(({ arn }) => arn)
        .toSorted()
        .join("|"),
      evidence: {
        quietDays: quietDays ?? null,
        lastInvokedAt: facts.lastInvocation.at ?? null,
        ...evidenceOf(candidates[0] as FailingTrigger),
        others: candidates.slice(1, 10).map(({ kind, arn }) => `${kind} ${arn}`),
        ...stackEvidence(facts.tags),
      },
    };
  },

  word(evidence, { name, region }) {
    const trigger = text(evidence.trigger);
    const called = lastPieceOf(trigger);
    const days = `${evidence.quietDays} days`;
    const options = { "function-name": name, region };
    return {
      title: `${whatIsOn(evidence, called)}, and ${name} has not run for ${days}`,
      remediation: {
        text: `${causeOf(evidence, name)} Mend that; ${name} is wanted as long as its trigger is on. The commands only look.`,
        commands: [awsCommand("lambda", "get-policy", options), ...lookAt(evidence, region)],
      },
    };
  },
});

/** A schedule that ran too seldom to miss is none yet, and so is a rule that began to run lately. */
function isFailing({ missedRuns, startedDays }: FailingTrigger, least: number): boolean {
  if (missedRuns === undefined) return true;
  return missedRuns >= least && (startedDays === undefined || startedDays === 0 || startedDays >= least);
}

/** EventBridge or SQS counted it, or the policy leaves no doubt. */
function isProven({ startedDays = 0, permitted, messages, passedOnAt }: FailingTrigger): boolean {
  return startedDays > 0 || permitted === false || messages !== undefined || passedOnAt !== undefined;
}

function evidenceOf({ kind, arn, ...shown }: FailingTrigger): Evidence {
  return { triggerKind: kind, trigger: arn, ...shown };
}

function whatIsOn({ triggerKind, missedRuns, messages }: Evidence, called: string): string {
  if (messages !== undefined) return `About ${messages} messages wait in ${called}`;
  if (missedRuns !== undefined)
    return `${triggerKind === "rule" ? "Rule" : "Schedule"} ${called} is on and should have run about ${missedRuns} times`;
  return `Rule ${called} passes events on`;
}

function causeOf(
  { permitted, failedStarts, failedInGroup, mappingState, lastResult, startedDays, messages }: Evidence,
  name: string,
): string {
  const failed = Number(failedStarts ?? 0) > 0 ? ` EventBridge counts ${failedStarts} starts in 30 days that failed.` : "";
  if (permitted === false) return `The policy of ${name} lets no rule call it: EventBridge is refused.${failed}`;
  if (messages !== undefined)
    return `The mapping is ${text(mappingState) || "there"}${lastResult ? `, and says: ${text(lastResult)}` : ""}. Look at the rights of the function's role on the queue, and at its filter.`;
  if (failed) return `${failed.trim()} Look at the function's policy, its region and its concurrency.`;
  if (Number(failedInGroup ?? 0) > 0)
    return `EventBridge Scheduler counts ${failedInGroup} starts in 30 days that failed, of all schedules of its group together. Look at the schedule's role, at whether the function is there and may be called, and at its dead-letter queue.`;
  if (startedDays === 0)
    return "EventBridge counts no start in 30 days: look whether the rule is in order and has this function as a target.";
  return "Look whether the function may still be called by it, and at the dead-letter queue of the trigger.";
}

function lookAt({ trigger, triggerKind, uuid }: Evidence, region: string): string[] {
  if (uuid) return [awsCommand("lambda", "get-event-source-mapping", { uuid: text(uuid), region })];
  const [, ...path] = parseArn(text(trigger))?.resource.split("/") ?? [];
  if (triggerKind === "schedule") {
    const [group = "default", name = ""] = path;
    return [awsCommand("scheduler", "get-schedule", { "group-name": group, name, region })];
  }
  const bus = path.slice(0, -1).join("/");
  return [awsCommand("events", "list-targets-by-rule", { rule: path.at(-1) ?? "", ...(bus ? { "event-bus-name": bus } : {}), region })];
}

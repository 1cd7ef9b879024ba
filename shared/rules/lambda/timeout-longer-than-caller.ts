import { type Callers, callersOf } from "../../graph/callers.ts";
import type { FunctionFacts } from "../../model/document.ts";
import { type Hit, resourceRule } from "../../model/rule.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { durationText, text } from "../../wording/words.ts";

const namedCallers = 10;

/**
 * A function that may run on after its caller gave up. LOW only where every known caller waits less than the timeout: then
 * lowering it costs nothing. Where somebody else calls it too (a queue, a schedule, another function), the timeout may be
 * right for them: INFORMATIONAL, and no command.
 */
export const timeoutLongerThanCaller = resourceRule({
  id: "lambda/timeout-longer-than-caller",
  subject: "resource",
  summary: "a function may run on after whoever called it stopped waiting",
  why: "What a function does after its caller gave up is paid for and nobody receives it; the caller often tries again, and the work is done twice.",
  needs: ["eventSourceMappings", "event-buses", "scheduler", "alarms", "rest-apis", "http-apis", "appsync", "cognito", "load-balancers"],
  gone: ["functions:listed"],
  types: ["AWS::Lambda::Function"],
  usageBased: false,
  severities: [
    { severity: "LOW", when: "nobody who calls it waits as long as its timeout" },
    { severity: "INFORMATIONAL", when: "a caller waits less than its timeout, others may not" },
  ],
  settings: {},
  references: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html",
  ],

  judge({ resource, incoming, outgoing, functionOf, resourceOf }) {
    const facts = functionOf(resource.arn);
    const callers = callersOf(resource.arn, [...incoming, ...outgoing], resourceOf);
    const hit = facts && hitOf(facts, callers);
    return hit ?? { answer: "clear" };
  },

  word(evidence, resource) {
    const callers = (evidence.callers as readonly string[]).join("; ");
    const waits = `${text(evidence.longestWaitSeconds)} s`;
    const to = Number(evidence.recommendedSeconds);
    const set = (timeout: number) =>
      awsCommand("lambda", "update-function-configuration", { "function-name": resource.name, timeout, region: resource.region });
    const ran = evidence.longestMs
      ? ` Its longest run, ${durationText(Number(evidence.longestMs))}, was already longer than that: what such runs do after the caller is gone may matter, so make it asynchronous first.`
      : "";
    const instead =
      "Where the work needs longer, start it asynchronously (X-Amz-Invocation-Type 'Event', a queue, Step Functions) and let the caller ask for the result.";
    if (evidence.alone !== true) {
      return {
        title: `${resource.name} may run ${evidence.timeoutSeconds} s, but some callers stop waiting after ${text(evidence.shortestWaitSeconds)} s`,
        remediation: {
          text: `Callers that stop waiting: ${callers}. Others call it too, so its timeout may be right for them.${ran} ${instead}`,
          commands: [],
        },
      };
    }
    if (evidence.recommendedSeconds === undefined) {
      return {
        title: `${resource.name} may run ${evidence.timeoutSeconds} s, but nobody waits longer than ${waits}`,
        remediation: { text: `Callers: ${callers}.${ran} Do not lower its timeout: runs would be cut off. ${instead}`, commands: [] },
      };
    }
    const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, `set Timeout to ${to}`);
    return {
      title: `${resource.name} may run ${evidence.timeoutSeconds} s, but nobody waits longer than ${waits}`,
      remediation: {
        text: `${inStack}Callers: ${callers}.${ran} Set the timeout below what they wait; the second command sets it back. ${instead}`,
        commands: [set(to), set(Number(evidence.timeoutSeconds))],
      },
    };
  },
});

/** Lowering costs nothing only where no run seen would be cut off, and the function is not close to its timeout as it is. */
function mayLower({ duration, timeout }: FunctionFacts, toSeconds: number): boolean {
  const { longestMs = 0, extensionMs = 0, censored } = duration;
  const near = timeout.verdict === "tight" || timeout.verdict === "timing-out" || timeout.verdict === "unknown";
  return !near && !censored && longestMs + extensionMs <= toSeconds * 1000;
}

function hitOf(facts: FunctionFacts, { waiting, others }: Callers): Hit | undefined {
  const { timeoutSeconds, duration, stack } = facts;
  const shorter = waiting.filter(({ seconds }) => seconds < timeoutSeconds);
  if (shorter.length === 0) return undefined;
  const longestWait = waiting.at(-1)?.seconds ?? 0;
  const alone = others.length === 0 && longestWait < timeoutSeconds;
  const to = Math.max(1, Math.floor(longestWait) - 1);
  return {
    answer: "hit",
    severity: alone ? "LOW" : "INFORMATIONAL",
    confidence: shorter.every(({ certain }) => certain) ? "high" : "medium",
    materialKey: `${alone ? "nobody" : "some"}|${timeoutSeconds}|${shorter[0]?.seconds}`,
    evidence: {
      timeoutSeconds,
      alone,
      callers: [
        ...shorter.slice(0, namedCallers).map(({ what, seconds }) => `${what} (${seconds} s)`),
        ...(shorter.length > namedCallers ? [`${shorter.length - namedCallers} more`] : []),
      ],
      shortestWaitSeconds: shorter[0]?.seconds ?? 0,
      longestWaitSeconds: longestWait,
      ...(mayLower(facts, to) ? { recommendedSeconds: to } : {}),
      ...(duration.longestMs !== undefined && duration.longestMs > longestWait * 1000 ? { longestMs: duration.longestMs } : {}),
      ...(stack ? { stack: stack.name, logicalId: stack.logicalId ?? null } : {}),
    },
  };
}

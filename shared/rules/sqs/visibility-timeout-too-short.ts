import { longestVisibilitySeconds, visibilityTimeoutFactor } from "../../data/service-limits.ts";
import { queueRule } from "../../model/rule.ts";
import { setVisibility } from "../lambda/raise-timeout.ts";

/** A queue that hands a message out again while the function may still be working on it. */
export const visibilityTimeoutTooShort = queueRule({
  id: "sqs/visibility-timeout-too-short",
  subject: "queue",
  summary: "a queue hands messages out again while the function may still work on them",
  why: "A message that becomes visible during its own run or a retry is handled twice, and may end in the dead-letter queue without ever having failed.",
  // a function that is not seen may be the slowest that works on it
  needs: ["queues:own", "functions", "eventSourceMappings"],
  gone: ["functions", "eventSourceMappings", "queues"],
  usageBased: false,
  severities: [
    { severity: "HIGH", when: "shorter than the timeout of the function itself" },
    { severity: "MEDIUM", when: "shorter than six times that timeout" },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"],

  judge({ queue, consumers }) {
    const slowest = consumers.reduce<(typeof consumers)[number] | undefined>(
      (most, one) => (most && most.facts.timeoutSeconds >= one.facts.timeoutSeconds ? most : one),
      undefined,
    );
    if (!slowest) return { answer: "clear" };
    const { name, timeoutSeconds } = slowest.facts;
    const visibility = queue.visibilityTimeoutSeconds;
    if (visibility >= visibilityTimeoutFactor * timeoutSeconds) return { answer: "clear" };
    const recommended = Math.min(longestVisibilitySeconds, visibilityTimeoutFactor * timeoutSeconds + slowest.batchWindowSeconds);
    return {
      answer: "hit",
      severity: visibility < timeoutSeconds ? "HIGH" : "MEDIUM",
      confidence: "high",
      materialKey: `${visibility}|${name}|${timeoutSeconds}`,
      evidence: {
        visibilityTimeoutSeconds: visibility,
        function: name,
        timeoutSeconds,
        recommendedSeconds: recommended,
        readAt: queue.readAt,
        ...(slowest.facts.stack ? { stack: slowest.facts.stack.name } : {}),
      },
    };
  },

  word(evidence, resource) {
    const visibility = Number(evidence.visibilityTimeoutSeconds);
    const stack = evidence.stack ? `Where stack ${evidence.stack} also made the queue, set VisibilityTimeout in its template. ` : "";
    return {
      title: `${resource.name} hands messages out again after ${visibility} s, while ${evidence.function} may work on them for ${evidence.timeoutSeconds} s`,
      remediation: {
        text: `${stack}AWS advises six times the timeout of the function, plus the batch window: ${evidence.recommendedSeconds} s. If the function's timeout is too long, lower that first.`,
        commands: [setVisibility(resource.arn, Number(evidence.recommendedSeconds)), setVisibility(resource.arn, visibility)],
      },
    };
  },
});

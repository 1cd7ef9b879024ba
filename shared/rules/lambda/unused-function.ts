import { functionRule } from "../../model/rule.ts";
import { dateText, daysText } from "../../wording/words.ts";
import { keptReadySeverity } from "./kept-ready.ts";
import { judgeQuiet, quietNeeds, quietSettings, takeOutOfService } from "./quiet.ts";

/** A function that ran once and has been quiet for months. */
export const unusedFunction = functionRule({
  id: "lambda/unused-function",
  subject: "function",
  summary: "a function has not been invoked for months",
  why: "Code that nobody uses is not looked after either: its role, triggers and libraries stay open to attack and nobody would notice.",
  needs: quietNeeds,
  gone: ["functions:listed"],
  yieldsTo: ["lambda/trigger-without-runs", "lambda/redundant-copy"],
  usageBased: true,
  severities: [
    { severity: "MEDIUM", when: "quiet for a year or longer" },
    keptReadySeverity,
    { severity: "LOW", when: "quiet for at least quietDays" },
  ],
  settings: {
    quietDays: {
      default: 90,
      unit: "days",
      minimum: 1,
      readsFrom: "candidates",
      meaning: "quiet at least this long; or twice the longest wait of its own schedule, where that is longer",
    },
    ...quietSettings,
  },
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html"],

  judge(subject, context) {
    const { facts } = subject;
    const { at, state, quietDays = 0, source } = facts.lastInvocation;
    if (state === "none-seen") return { answer: "clear" };
    return judgeQuiet(subject, context, context.settings.quietDays, () => ({
      severity: quietDays >= 365 ? "MEDIUM" : "LOW",
      confidence: facts.confidence,
      materialKey: "quiet",
      evidence: { lastInvokedAt: at ?? null, quietDays, source },
    }));
  },

  word(evidence, resource) {
    const title = `${resource.name} was last invoked on ${dateText(String(evidence.lastInvokedAt))}, ${daysText(Number(evidence.quietDays))} ago`;
    return { title, remediation: takeOutOfService(evidence, resource) };
  },
});

import { functionRule } from "../../model/rule.ts";
import { silenceSettings } from "../../usage/log-group-age.ts";
import { daysText } from "../../wording/words.ts";
import { keptReadySeverity } from "./kept-ready.ts";
import { judgeQuiet, quietNeeds, quietSettings, takeOutOfService } from "./quiet.ts";

const sinceWords: Readonly<Record<string, string>> = {
  "last-modified": "its last deployment",
  "first-seen": "it was first seen",
  "log-group": "its log group was made",
};

/** A function of which no run was seen for as long as could be looked back. */
export const neverInvokedFunction = functionRule({
  id: "lambda/never-invoked-function",
  subject: "function",
  summary: "a function was never seen to run",
  why: "A function that was deployed and never called is a forgotten prototype or a broken trigger; either way it is an open door that nobody needs.",
  needs: quietNeeds,
  gone: ["functions:listed"],
  yieldsTo: ["lambda/trigger-without-runs", "lambda/redundant-copy"],
  usageBased: true,
  severities: [keptReadySeverity, { severity: "LOW", when: "no run seen for at least ageDays since it is known to exist" }],
  settings: {
    ageDays: silenceSettings.ageDays,
    ...quietSettings,
  },
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html"],

  judge(subject, context) {
    const { facts } = subject;
    const { state, quietDays = 0, source } = facts.lastInvocation;
    if (state === "invoked") return { answer: "clear" };
    return judgeQuiet(subject, context, context.settings.ageDays, () => ({
      severity: "LOW",
      confidence: facts.confidence,
      materialKey: "none-seen",
      evidence: { quietDays, countedFrom: source },
    }));
  },

  word(evidence, resource) {
    const days = daysText(Number(evidence.quietDays));
    const since = sinceWords[String(evidence.countedFrom)];
    const seen =
      Number(evidence.quietDays) >= Number(evidence.lookbackDays)
        ? `in the ${days} that metrics reach back`
        : `in the ${days} since ${since}`;
    return { title: `${resource.name} was not invoked once ${seen}`, remediation: takeOutOfService(evidence, resource) };
  },
});

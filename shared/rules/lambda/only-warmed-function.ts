import { functionRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { startNeeds } from "./quiet.ts";

/** A function that only its own warmer calls. */
export const onlyWarmedFunction = functionRule({
  id: "lambda/only-warmed-function",
  subject: "function",
  summary: "a function is only kept warm; nobody else calls it",
  why: "A warmer hides that a function is not used: it looks busy, costs money every day and keeps an unused door open.",
  needs: ["usage:own", ...startNeeds],
  gone: ["functions:listed"],
  usageBased: true,
  severities: [{ severity: "LOW", when: "every call of the last 30 days is explained by the warmer" }],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html"],

  judge({ facts }) {
    if (facts.lastInvocation.state === "unknown") return { answer: "unknown", why: facts.lastInvocation.why ?? "its usage is unknown" };
    if (facts.activity !== "warmed-only") return { answer: "clear" };
    const warmers = facts.triggers.flatMap(({ kind, arn, enabled }) => ((kind === "rule" || kind === "schedule") && enabled ? [arn] : []));
    return {
      answer: "hit",
      severity: "LOW",
      confidence: "medium",
      materialKey: "warmed-only",
      evidence: { warmers, longestMs: facts.duration.longestMs ?? null, samples: facts.duration.samples },
    };
  },

  word(evidence, resource) {
    const [warmer = ""] = Array.isArray(evidence.warmers) ? evidence.warmers : [text(evidence.warmers)];
    const name = warmer.split("/").at(-1) ?? "";
    const isRule = warmer.includes(":rule/");
    const disable = isRule ? [awsCommand("events", "disable-rule", { name, region: resource.region })] : [];
    const enable = isRule ? [awsCommand("events", "enable-rule", { name, region: resource.region })] : [];
    return {
      title: `${resource.name} is only kept warm by ${name}; nobody else called it for 30 days`,
      remediation: {
        text: "Disable the warmer first; that can be undone (second command). If nobody misses the function, it will show up as unused.",
        commands: [...disable, ...enable],
      },
    };
  },
});

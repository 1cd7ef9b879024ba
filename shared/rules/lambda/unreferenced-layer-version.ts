import { dayOf } from "../../model/day.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { daysText } from "../../wording/words.ts";
import { stackEvidence, unusedRemediation, waitingEvidence } from "../unused-resource.ts";

/** The newest version of a layer, published long ago, which no function uses. Versions behind aliases count; other published versions and other accounts are not seen. */
export const unreferencedLayerVersion = resourceRule({
  id: "lambda/unreferenced-layer-version",
  subject: "resource",
  summary: "no function uses the newest version of a layer",
  why: "Its libraries grow old, and the next function that takes the newest version of this layer takes their holes with it.",
  needs: ["functions", "lambda-access"],
  gone: ["lambda-access"],
  types: ["AWS::Lambda::LayerVersion"],
  usageBased: false,
  severities: [{ severity: "LOW", when: "published at least quietDays ago, and used by no function of the Region" }],
  settings: { quietDays: { default: 90, unit: "days", minimum: 1, meaning: "layers younger than this are left alone" } },
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html"],

  judge({ resource, incoming }, { now, settings }) {
    const { createdAt, tags = {}, details = {} } = resource;
    if (incoming.some(({ kind }) => kind === "uses-layer")) return { answer: "clear" };
    if (createdAt === undefined) return { answer: "unknown", why: "when it was published is not known" };
    const ageDays = dayOf(now) - dayOf(createdAt);
    if (ageDays < settings.quietDays) return { answer: "clear" };
    if (Array.isArray(details.unread))
      return { answer: "unknown", why: "who else may use it could not be read (lambda:GetLayerVersionPolicy)" };
    const sharedWith = Array.isArray(details.sharedWith) ? details.sharedWith : [];
    return {
      answer: "hit",
      severity: "LOW",
      confidence: sharedWith.length > 0 ? "low" : "medium",
      materialKey: "no function",
      evidence: {
        ...waitingEvidence(sharedWith.map((who) => `${who} may use it by its policy`)),
        createdAt,
        ageDays,
        version: details.version ?? null,
        ...stackEvidence(tags),
      },
    };
  },

  word(evidence, resource) {
    const layer = { "layer-name": resource.name, "version-number": Number(evidence.version), region: resource.region };
    const advice =
      "Ask whether published versions of functions that no alias leads to, or other accounts, use it: they keep working after it is deleted, but cannot be deployed with it again. Keep its content (first command), then delete it.";
    return {
      title: `Layer ${resource.name}, version ${evidence.version}, is ${daysText(Number(evidence.ageDays))} old and no function uses it`,
      remediation: unusedRemediation(evidence, advice, [
        awsCommand("lambda", "get-layer-version", layer),
        awsCommand("lambda", "delete-layer-version", layer),
      ]),
    };
  },
});

import { serviceOf } from "../../model/arn.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { unknownWithout } from "../from-outside.ts";
import { stackEvidence } from "../unused-resource.ts";

/** Services that publish with the topic's key: AWS's own key alias/aws/sns does not let them. */
const publishers = ["cloudwatch", "events", "s3", "ses", "codecommit", "budgets", "rds"];

/** SNS keeps messages unencrypted unless a key is named. A topic that nobody is subscribed to keeps nothing. */
export const topicUnencryptedAtRest = resourceRule({
  id: "sns/unencrypted-at-rest",
  subject: "resource",
  summary: "a topic keeps its messages unencrypted",
  why: "SNS is one of the few services that still encrypt nothing at rest unless a key is named; messages lie there until every subscriber has them, for hours where one is down.",
  needs: ["sns:own"],
  gone: ["sns:listed"],
  types: ["AWS::SNS::Topic"],
  usageBased: false,
  severities: [{ severity: "LOW", when: "no key is named, and somebody is subscribed" }],
  settings: {},
  references: ["https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html"],

  judge({ resource, incoming }) {
    const unknown = unknownWithout(resource, ["attributes", "subscriptions"]);
    if (unknown) return unknown;
    if (resource.encryption?.atRest !== "none" || resource.details?.subscriptions === 0) return { answer: "clear" };
    const services = incoming.flatMap(({ from }) => publishers.filter((service) => serviceOf(from) === service));
    return {
      answer: "hit",
      severity: "LOW",
      confidence: "high",
      materialKey: "no key",
      evidence: {
        publishingServices: [...new Set(services)].toSorted(),
        readAt: resource.readAt ?? null,
        ...stackEvidence(resource.tags ?? {}),
      },
    };
  },

  word(evidence, { name, arn, region }) {
    const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "set KmsMasterKeyId");
    const services = evidence.publishingServices as readonly string[];
    const set = (value: string) =>
      awsCommand("sns", "set-topic-attributes", { "topic-arn": arn, "attribute-name": "KmsMasterKeyId", "attribute-value": value, region });
    const trap =
      services.length > 0
        ? `${services.join(", ")} publish to it, and may not use alias/aws/sns: with that key their messages would be lost. Set KmsMasterKeyId to a key of your own whose policy allows them kms:GenerateDataKey* and kms:Decrypt.`
        : "Where CloudWatch alarms, EventBridge rules or S3 notifications publish to it, name a key of your own whose policy lets them: alias/aws/sns does not.";
    return {
      title: `Topic ${name} keeps its messages unencrypted`,
      remediation: {
        text: `${inStack}${services.length > 0 ? "" : "The first command encrypts new messages, the second takes it back. "}${trap}`,
        commands: services.length > 0 ? [] : [set("alias/aws/sns"), set("")],
      },
    };
  },
});

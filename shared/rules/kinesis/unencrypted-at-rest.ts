import { resourceRule } from "../../model/rule.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { unknownWithout } from "../from-outside.ts";
import { stackEvidence } from "../unused-resource.ts";

/** Kinesis keeps records unencrypted unless encryption was switched on. */
export const streamUnencryptedAtRest = resourceRule({
  id: "kinesis/unencrypted-at-rest",
  subject: "resource",
  summary: "a stream keeps its records unencrypted",
  why: "Kinesis is one of the few services that still encrypt nothing at rest unless told to; records lie in the stream for a day to a year.",
  needs: ["kinesis:own"],
  gone: ["kinesis:listed"],
  types: ["AWS::Kinesis::Stream"],
  usageBased: false,
  severities: [{ severity: "LOW", when: "server-side encryption is off" }],
  settings: {},
  references: ["https://docs.aws.amazon.com/streams/latest/dev/what-is-sse.html"],

  judge({ resource }) {
    const unknown = unknownWithout(resource, ["encryption"]);
    if (unknown) return unknown;
    if (resource.encryption?.atRest !== "none") return { answer: "clear" };
    return {
      answer: "hit",
      severity: "LOW",
      confidence: "high",
      materialKey: "no key",
      evidence: {
        retentionHours: resource.details?.retentionHours ?? null,
        readAt: resource.readAt ?? null,
        ...stackEvidence(resource.tags ?? {}),
      },
    };
  },

  word(evidence, { name, region }) {
    const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "set StreamEncryption");
    const command = (operation: string) =>
      awsCommand("kinesis", operation, { "stream-name": name, "encryption-type": "KMS", "key-id": "alias/aws/kinesis", region });
    return {
      title: `Stream ${name} keeps its records unencrypted`,
      remediation: {
        text: `${inStack}With AWS's own key nobody needs a further permission. The first command encrypts new records, the second switches it off again. Producers and consumers in other accounts need a key of your own instead.`,
        commands: [command("start-stream-encryption"), command("stop-stream-encryption")],
      },
    };
  },
});

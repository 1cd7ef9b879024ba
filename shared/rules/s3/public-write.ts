import { resourceRule } from "../../model/rule.ts";
import { stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { listDetail, unknownWithout } from "../from-outside.ts";
import { bucketPolicy } from "../policy-commands.ts";
import { accessParts, blockCommands, blockReads, bucketEvidence, confidenceBeside, unknownAgainstS3 } from "../public-bucket.ts";

/** A bucket that anybody may write to, or whose permissions anybody may change. */
export const publicWrite = resourceRule({
  id: "s3/public-write",
  subject: "resource",
  summary: "anybody may write to a bucket",
  why: "Anybody can put files there: to be served as yours, to be paid by you, or to be worked on by the functions that the bucket notifies. What is there can be replaced or deleted.",
  needs: ["s3:own"],
  gone: ["s3:listed"],
  types: ["AWS::S3::Bucket"],
  usageBased: false,
  severities: [{ severity: "CRITICAL", when: "policy or access control list let everybody write, and no public access block stops it" }],
  settings: {},
  references: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"],

  judge({ resource, outgoing }) {
    const by = listDetail(resource, "publicWrite");
    const unknown = unknownWithout(resource, by.length > 0 ? blockReads : accessParts);
    if (unknown) return unknown;
    if (by.length === 0) return unknownAgainstS3(resource) ?? { answer: "clear" };
    const notified = outgoing.filter(({ kind, enabled }) => kind === "notifies" && enabled).map(({ to }) => to);
    return {
      answer: "hit",
      severity: "CRITICAL",
      confidence: confidenceBeside(resource, by),
      materialKey: by.join("|"),
      evidence: { ...bucketEvidence(resource, by), notifies: notified },
    };
  },

  word(evidence, resource) {
    const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "take the public grants out");
    const notifies = evidence.notifies as readonly string[];
    const reach = notifies.length > 0 ? ` What is written there sets off ${notifies.join(", ")}.` : "";
    const by = (evidence.by as readonly string[]).join(", ");
    const before = evidence.bucketBlocked as readonly string[];
    const advice = evidence.website
      ? `The bucket serves a website: blocking all public access would take that down too. Take the writing out of the policy (${by}): the second command opens it and sets what you leave; uploads by visitors belong behind presigned URLs.`
      : `Open by ${by}. The first command closes the bucket for everybody outside the account; the second takes that back. Uploads by visitors belong behind presigned URLs.`;
    return {
      title: `Anybody may write to bucket ${resource.name}`,
      remediation: {
        text: `${inStack}${advice}${reach}`,
        commands: evidence.website ? [bucketPolicy.show(resource), bucketPolicy.edit(resource)] : blockCommands(resource, before),
      },
    };
  },
});

import { resourceRule } from "../../model/rule.ts";
import { stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { listDetail, unknownWithout } from "../from-outside.ts";
import { accessParts, blockCommands, blockReads, bucketEvidence, confidenceBeside, unknownAgainstS3 } from "../public-bucket.ts";

/**
 * A bucket that anybody may read. LOW where it is configured as a website and nobody may write: then it is meant. Where
 * anybody may write as well, s3/public-write says the graver thing, and this one stays: closing the one leaves the other.
 */
export const publicRead = resourceRule({
  id: "s3/public-read",
  subject: "resource",
  summary: "anybody may read a bucket",
  why: "Names of objects are guessed, found in pages and logs, and listed where listing is open too. What was put there by mistake is public the moment it is there.",
  needs: ["s3:own"],
  gone: ["s3:listed"],
  types: ["AWS::S3::Bucket"],
  usageBased: false,
  severities: [
    { severity: "MEDIUM", when: "policy or access control list let everybody read, and no public access block stops it" },
    {
      severity: "LOW",
      when: "the bucket is configured as a website, and nobody else may write; or everybody may only look at settings, tags and permissions",
    },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"],

  judge({ resource }) {
    const read = listDetail(resource, "publicRead");
    const by = read.length > 0 ? read : listDetail(resource, "publicInspect");
    const unknown = unknownWithout(resource, by.length > 0 ? [...blockReads, "website"] : accessParts);
    if (unknown) return unknown;
    if (by.length === 0) return unknownAgainstS3(resource) ?? { answer: "clear" };
    const isWebsite = resource.details?.website === true && listDetail(resource, "publicWrite").length === 0;
    return {
      answer: "hit",
      severity: isWebsite || read.length === 0 ? "LOW" : "MEDIUM",
      confidence: confidenceBeside(resource, by),
      materialKey: read.length > 0 ? by.join("|") : `settings ${by.join("|")}`,
      evidence: { ...bucketEvidence(resource, by), settingsOnly: read.length === 0 },
    };
  },

  word(evidence, resource) {
    const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "take the public grants out");
    const by = (evidence.by as readonly string[]).join(", ");
    const advice = evidence.website
      ? `It is configured as a website, so this may be meant. Where it is, keep nothing else in it; CloudFront with origin access control serves it over https without a public bucket, and only once that works should the commands close it (they would take the website down).`
      : `Open by ${by}. The first command closes the bucket for everybody outside the account; the second takes that back.`;
    return {
      title: `Anybody may read ${evidence.settingsOnly ? "settings of " : ""}bucket ${resource.name}${evidence.website ? ", which is configured as a website" : ""}`,
      remediation: { text: `${inStack}${advice}`, commands: blockCommands(resource, evidence.bucketBlocked as readonly string[]) },
    };
  },
});

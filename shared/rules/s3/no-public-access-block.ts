import { resourceRule } from "../../model/rule.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { listDetail, unknownWithout } from "../from-outside.ts";
import { accessParts, blockCommands, blockParts, bucketEvidence, unknownAgainstS3 } from "../public-bucket.ts";

/**
 * A bucket that one policy or access control list would make public. New buckets have the whole block since April 2023:
 * where none of it is on, somebody switched it off, or the bucket is older. Where a part of it is on, LOW.
 */
export const noPublicAccessBlock = resourceRule({
  id: "s3/no-public-access-block",
  subject: "resource",
  summary: "nothing stops a bucket from becoming public",
  why: "One mistaken policy or access control list makes the bucket public; the public access block of bucket or account would refuse or ignore it.",
  needs: ["s3:own"],
  gone: ["s3:listed"],
  types: ["AWS::S3::Bucket"],
  usageBased: false,
  severities: [
    { severity: "MEDIUM", when: "no part of the block is on, neither at the bucket nor at the account" },
    { severity: "LOW", when: "only a part of it is on" },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"],

  judge({ resource }) {
    const open = [...listDetail(resource, "publicWrite"), ...listDetail(resource, "publicRead"), ...listDetail(resource, "publicInspect")];
    // what is public already is said by the rules about that
    if (open.length > 0) return { answer: "clear" };
    const blocked = listDetail(resource, "publicAccessBlocked");
    if (blocked.length === blockParts.length) return { answer: "clear" };
    // whether it is public now has to be known, too: that is another finding
    const unknown = unknownWithout(resource, accessParts);
    if (unknown) return unknown;
    // "not public now" is said only where S3 agrees
    const doubt = unknownAgainstS3(resource);
    if (doubt) return doubt;
    const missing = blockParts.filter((part) => !blocked.includes(part));
    return {
      answer: "hit",
      severity: blocked.length === 0 ? "MEDIUM" : "LOW",
      confidence: "high",
      materialKey: missing.join("|"),
      evidence: { ...bucketEvidence(resource, []), missing },
    };
  },

  word(evidence, resource) {
    const inStack = stackAdvice(
      text(evidence.stack) || undefined,
      text(evidence.logicalId) || undefined,
      "set PublicAccessBlockConfiguration",
    );
    const missing = evidence.missing as readonly string[];
    const what = missing.length === blockParts.length ? "no public access block" : `${missing.join(", ")} off`;
    const account = awsCommand("s3control", "put-public-access-block", {
      "account-id": resource.account,
      "public-access-block-configuration": blockParts.map((part) => `${part}=true`).join(","),
      region: resource.region,
    });
    return {
      title: `Bucket ${resource.name} has ${what}: one policy would make it public`,
      remediation: {
        text: `${inStack}The bucket is not public now, so closing it takes nothing away; the second command takes it back. Where no bucket of the account is meant to be public, one command closes all of them: ${account}`,
        commands: blockCommands(resource, evidence.bucketBlocked as readonly string[]),
      },
    };
  },
});

import { plainTextRule } from "../plain-text.ts";
import { bucketPolicy } from "../policy-commands.ts";

/** A bucket that others reach over plain http. */
export const bucketInPlainText = plainTextRule({
  id: "s3/unencrypted-in-transit",
  type: "AWS::S3::Bucket",
  service: "s3",
  word: "bucket",
  references: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html"],
  statement: ({ arn }) => ({ Action: "s3:*", Resource: [arn, `${arn}/*`] }),
  policy: bucketPolicy,
});

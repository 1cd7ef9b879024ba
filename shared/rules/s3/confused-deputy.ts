import { deputyPolicyRule } from "../deputy-policy.ts";
import { bucketPolicy } from "../policy-commands.ts";

/** A bucket that a service may use for anybody's resources. */
export const deputyBucket = deputyPolicyRule({
  id: "s3/confused-deputy",
  type: "AWS::S3::Bucket",
  service: "s3",
  word: "bucket",
  why: "Somebody else's trail, distribution or export that names this bucket would be let through as well: it would write here, or read, on that account's behalf.",
  commands: (resource) => [bucketPolicy.show(resource), bucketPolicy.edit(resource)],
});

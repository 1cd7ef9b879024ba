import type { ResourceRule } from "../../model/rule.ts";
import { awsCommand } from "../aws-cli.ts";
import { judgeMeasured, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

const services = ["cognito", "resource-usage"] as const;

/** A user pool into which nobody signed in, signed up or refreshed a token for months. */
export const unusedUserPool: ResourceRule = {
  ...unusedRule,
  id: "cognito/unused-user-pool",
  summary: "nobody signed in to a user pool for months",
  why: "A pool that nobody needs keeps the data of the people in it, and may still let anybody sign up for what trusts its tokens.",
  types: ["AWS::Cognito::UserPool"],
  services,
  references: ["https://docs.aws.amazon.com/cognito/latest/developerguide/metrics-for-cognito-user-pools.html"],

  judge: judgeMeasured(services),

  word(evidence, resource) {
    const options = { "user-pool-id": resource.arn.split("/").at(-1) ?? "", region: resource.region };
    const count = awsCommand("cognito-idp", "list-users", { ...options, limit: 1 });
    const advice =
      "Its users and their passwords cannot be brought back: see whether there are any (first command) and ask its owner, then delete it.";
    return {
      title: unusedTitle("User pool", "signed in to", evidence, resource),
      remediation: unusedRemediation(evidence, advice, [count, awsCommand("cognito-idp", "delete-user-pool", options)]),
    };
  },
};

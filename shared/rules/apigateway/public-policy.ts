import { awsCommand } from "../../wording/aws-cli.ts";
import { editPolicy } from "../policy-commands.ts";
import { publicPolicyRule } from "../public-policy.ts";

/** For jq: API Gateway answers the policy as the inside of a JSON string. */
const unescaped = 'rtrimstr("\\n") | if startswith("{\\\\") then ("\\"" + . + "\\"" | fromjson) else . end';

/**
 * A REST API with IAM authorization whose policy lets everybody in. Such calls are signed, so it is not anybody on the internet;
 * but a signature of whatever account is good enough: MEDIUM.
 */
export const publicApiPolicy = publicPolicyRule({
  id: "apigateway/public-policy",
  type: "AWS::ApiGateway::RestApi",
  service: "rest-apis",
  word: "API",
  everybody: "every AWS account",
  ways: { everyAccountStatements: "call routes with IAM authorization of" },
  // the policy comes with the list; which routes ask for IAM does not
  judgedBy: ["routes", "stages"],
  severity: "MEDIUM",
  why: "IAM authorization asks for a signature. Without a policy that of the own account is needed; a policy for everybody takes one of any account, which everybody can have.",
  references: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html"],
  // what is set counts for a stage when it is deployed there
  commands: ({ arn, region }) => {
    const options = { "rest-api-id": arn.split("/").at(-1) ?? "", region };
    const set = awsCommand("apigateway", "update-rest-api", { ...options, "patch-operations": "file://patch.json" });
    const stages = awsCommand("apigateway", "get-stages", { ...options, query: "item[].stageName", output: "text" });
    return [
      `${awsCommand("apigateway", "get-rest-api", { ...options, query: "policy", output: "text" })} > policy-before.json`,
      `jq -Rsr '${unescaped}' policy-before.json > policy.json && ${editPolicy} && jq -Rs '[{op: "replace", path: "/policy", value: .}]' policy.json > patch.json && ${set}`,
      `${stages} | xargs -r -n 1 ${awsCommand("apigateway", "create-deployment", options)} --stage-name`,
    ];
  },
});

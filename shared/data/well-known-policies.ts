/**
 * Policies of AWS whose text decides a judgement, for where an answer names them without their text. Source: AWS managed policy reference.
 * AWS may add to them; what they do is their name.
 */

/** When the texts were last compared with their source. */
export const wellKnownPoliciesAsOf = "2026-11-27";

const allow = (statement: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: "*", ...statement }] });

/** By path and name, after `policy/`. */
export const wellKnownPolicies: Readonly<Record<string, string>> = {
  AdministratorAccess: allow({ Action: "*" }),
  IAMFullAccess: allow({ Action: ["iam:*"] }),
  PowerUserAccess: allow({ NotAction: ["iam:*", "organizations:*", "account:*"] }),
  "service-role/AWSLambdaBasicExecutionRole": allow({ Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"] }),
};

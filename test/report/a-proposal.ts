import type { RoleProposal } from "../../shared/model/proposal.ts";
import type { RoleSubject } from "../../shared/report/role-subject.ts";

const account = "111122223333";

/** A text that every language of the forms would read otherwise, were it not written with care. */
const hard = `arn:aws:s3:::in/it's "quoted"/\${aws:PrincipalTag/team}/%{x}\\b/*`;

/** A proposal with everything that is hard to write down: quotes, signs that begin templates elsewhere, a boundary. */
export function aProposal(given: Partial<RoleProposal> = {}): RoleProposal {
  return {
    roleName: "shop-orders",
    path: "/team/",
    trustPolicy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    },
    boundaryArn: `arn:aws:iam::${account}:policy/edge`,
    placement: "inline",
    policies: [
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["s3:GetObject"], Resource: [hard] },
          {
            Effect: "Allow",
            Action: ["sqs:SendMessage"],
            Resource: [`arn:aws:sqs:eu-west-1:${account}:jobs`],
            Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } },
          },
        ],
      },
    ],
    kept: [
      {
        action: "sqs:SendMessage",
        resources: [`arn:aws:sqs:eu-west-1:${account}:jobs`],
        why: "SendMessage at src/a.mjs:1",
        evidence: "needed",
      },
    ],
    removed: [{ action: "sns:*", why: "nothing in its settings or code asks for it" }],
    missing: [
      {
        action: "dynamodb:GetItem",
        resources: [`arn:aws:dynamodb:eu-west-1:${account}:table/orders`],
        confidence: "medium",
        why: "GetItem at src/a.mjs:2",
        statement: { Effect: "Allow", Action: ["dynamodb:GetItem"], Resource: [`arn:aws:dynamodb:eu-west-1:${account}:table/orders`] },
      },
    ],
    unresolved: ["a client of a name put together at run time at src/a.mjs:3"],
    proof: { subsetOfToday: true, coversNeed: true },
    ...given,
  };
}

export const twoPolicies: Partial<RoleProposal> = {
  placement: "managed",
  policies: ["sqs:SendMessage", "sns:Publish"].map((action) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: [action], Resource: ["*"] }],
  })),
};

export function aSubject(given: Partial<RoleSubject["oldRole"]> = {}): RoleSubject {
  return {
    functionName: "orders",
    functionArn: `arn:aws:lambda:eu-west-1:${account}:function:orders`,
    region: "eu-west-1",
    logGroup: "/aws/lambda/orders",
    stack: "shop",
    oldRole: { arn: `arn:aws:iam::${account}:role/old`, name: "old", inline: ["own"], managed: [], sharedWith: [], ...given },
  };
}

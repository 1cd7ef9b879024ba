import { describe, expect, test } from "vitest";
import type { FunctionFacts } from "../../shared/model/document.ts";
import type { DetailValue, Relation, Resource } from "../../shared/model/graph.ts";
import type { ResourceRule } from "../../shared/model/rule.ts";
import { confusedDeputy } from "../../shared/rules/lambda/confused-deputy.ts";
import { crossAccountAccess } from "../../shared/rules/lambda/cross-account-access.ts";
import { openFunctionUrl } from "../../shared/rules/lambda/open-function-url.ts";
import { publicPolicy } from "../../shared/rules/lambda/public-policy.ts";
import { aFunction, contextOf, single } from "./a-subject.ts";

const arn = "arn:aws:lambda:eu-west-1:111122223333:function:orders-api";
const url = "https://abc.lambda-url.eu-west-1.on.aws/";
const read = { publicStatements: [], openUrlStatements: [], takeoverStatements: [], crossAccountStatements: [], deputyStatements: [] };

interface Given {
  readonly details?: Record<string, DetailValue>;
  readonly open?: boolean;
  readonly qualifier?: string;
  readonly facts?: Partial<FunctionFacts>;
  readonly tags?: Record<string, string>;
}

function judge(rule: ResourceRule, { details = read, open, qualifier, facts = {}, tags = {} }: Given = {}) {
  const resource: Resource = { arn, type: "AWS::Lambda::Function", name: "orders-api", region: "eu-west-1", tags, details };
  const theUrl: Resource = {
    arn: url,
    type: "AWS::Lambda::Url",
    name: "orders-api",
    region: "eu-west-1",
    details: { open: open ?? false, qualifier: qualifier ?? null },
  };
  const incoming: Relation[] = [
    { from: url, to: arn, kind: "routes-to", auth: "service", enabled: true, evidence: "lambda:ListFunctionUrlConfigs" },
  ];
  const subject = {
    resource,
    exposure: { level: "none", paths: [] } as const,
    incoming,
    outgoing: [],
    resourceOf: (other: string) => (other === url ? theUrl : undefined),
    functionOf: () => aFunction(facts),
  };
  const judgement = single(rule.judge(subject, contextOf(rule)));
  const ref = { arn, type: "AWS::Lambda::Function", name: "orders-api", account: "111122223333", region: "eu-west-1" };
  return { judgement, words: judgement.answer === "hit" ? rule.word(judgement.evidence, ref) : undefined };
}

test.each([openFunctionUrl, publicPolicy, crossAccountAccess, confusedDeputy].map((rule) => [rule.id, rule] as const))(
  "%s is silent where nobody is let in, and cannot tell where the policy was not read",
  (_id, rule) => {
    expect(judge(rule).judgement).toEqual({ answer: "clear" });
    expect(judge(rule, { details: {} }).judgement).toMatchObject({ answer: "unknown" });
    expect(judge(rule, { details: { ...read, unread: ["policy of live"] } }).judgement).toEqual({
      answer: "unknown",
      why: "policy of live of the function could not be read",
    });
    expect(judge(rule, { details: { ...read, unread: ["destinations"] } }).judgement).toEqual({ answer: "clear" });
  },
);

describe("lambda/open-function-url", () => {
  const details = { ...read, openUrlStatements: ["Url@live", "UrlInvoke@live"] };

  test("is HIGH, with the commands for the URL's own qualifier", () => {
    const { judgement, words } = judge(openFunctionUrl, { details, open: true, qualifier: "live" });
    expect(judgement).toMatchObject({ answer: "hit", severity: "HIGH", materialKey: url });
    expect(words?.title).toBe("anybody on the internet may call orders-api by its function URL");
    expect(words?.remediation.commands).toEqual([
      "aws lambda update-function-url-config --function-name orders-api --qualifier live --auth-type AWS_IAM --region eu-west-1",
      "aws lambda get-policy --function-name orders-api --qualifier live --region eu-west-1",
      "aws lambda remove-permission --function-name orders-api --statement-id Url --qualifier live --region eu-west-1",
      "aws lambda remove-permission --function-name orders-api --statement-id UrlInvoke --qualifier live --region eu-west-1",
    ]);
  });

  test("is MEDIUM while the function is switched off, and names the stack", () => {
    const tags = { "aws:cloudformation:stack-name": "shop", "aws:cloudformation:logical-id": "Orders" };
    const { judgement, words } = judge(openFunctionUrl, { details, open: true, facts: { activity: "switched-off" }, tags });
    expect(judgement).toMatchObject({ severity: "MEDIUM" });
    expect(words?.remediation.text).toMatch(/^It belongs to stack shop, resource Orders: set AuthType of the URL to AWS_IAM/);
  });
});

test("lambda/public-policy is HIGH, CRITICAL where everybody may change the code", () => {
  expect(judge(publicPolicy, { details: { ...read, publicStatements: ["All"] } }).judgement).toMatchObject({ severity: "HIGH" });
  const taken = judge(publicPolicy, { details: { ...read, publicStatements: ["All"], takeoverStatements: ["All"] } });
  expect(taken.judgement).toMatchObject({ severity: "CRITICAL" });
  expect(taken.words?.title).toBe("any AWS account may invoke and change orders-api");
});

test("lambda/cross-account-access names the accounts; an organization is LOW", () => {
  const details = { ...read, crossAccountStatements: ["A account:444455556666", "A account:777788889999"] };
  const { judgement, words } = judge(crossAccountAccess, { details });
  expect(judgement).toMatchObject({ severity: "MEDIUM", materialKey: "account:444455556666|account:777788889999" });
  expect(words?.title).toBe("account 444455556666, account 777788889999 may call orders-api");
  expect(words?.remediation.commands).toHaveLength(2);
  const organization = { ...read, crossAccountStatements: ["A organization:o-abc123"] };
  expect(judge(crossAccountAccess, { details: organization }).judgement).toMatchObject({ severity: "LOW" });
});

test("lambda/confused-deputy is LOW, and narrows before it removes", () => {
  const { judgement, words } = judge(confusedDeputy, {
    details: { ...read, deputyStatements: ["Api apigateway.amazonaws.com", "S3@live s3.amazonaws.com"] },
  });
  expect(judgement).toMatchObject({ severity: "LOW" });
  expect(words?.title).toBe("apigateway.amazonaws.com, s3.amazonaws.com may call orders-api on behalf of any account");
  expect(words?.remediation.commands.slice(0, 2)).toEqual([
    "aws lambda add-permission --function-name orders-api --statement-id Api-own-account --action lambda:InvokeFunction --principal apigateway.amazonaws.com --source-arn 'arn:aws:execute-api:eu-west-1:111122223333:*' --region eu-west-1",
    "aws lambda add-permission --function-name orders-api --statement-id S3-own-account --action lambda:InvokeFunction --principal s3.amazonaws.com --source-account 111122223333 --qualifier live --region eu-west-1",
  ]);
});

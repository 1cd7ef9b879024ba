import { expect, test } from "vitest";
import { graphOf } from "../../shared/graph/graph.ts";
import { outside, type Relation } from "../../shared/model/graph.ts";

const url = "https://id.lambda-url.eu-west-1.on.aws/";
const distribution = "arn:aws:cloudfront::111122223333:distribution/E1";
const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const hop = (from: string, to: string, auth: Relation["auth"]): Relation => ({
  from,
  to,
  kind: "routes-to",
  auth,
  enabled: true,
  evidence: "test",
});

function exposureBehindSignature(details: Record<string, boolean>) {
  const none = { items: [] };
  const parts = ["functions", "eventSourceMappings", "schedules", "eventRules", "alarmActions", "queues", "tags"];
  const resource = {
    arn: url,
    type: "AWS::Lambda::Url",
    name: "orders",
    region: "eu-west-1",
    details: { authType: "AWS_IAM", ...details },
  };
  const rows = [{ resource, relations: [hop(outside.internet, url, "iam"), hop(url, fn, "service")] }];
  const front = [{ relations: [hop(outside.internet, distribution, "none"), hop(distribution, url, "service")] }];
  const region = {
    ...Object.fromEntries(parts.map((part) => [part, none])),
    region: "eu-west-1",
    services: { "lambda-access": { items: rows }, cloudfront: { items: front } },
  };
  return graphOf({ regions: [region] } as never).exposure(fn).level;
}

test("a distribution that signs opens a function URL only where the function lets CloudFront in", () => {
  expect(exposureBehindSignature({ servesCloudfront: true })).toBe("internet-anonymous");
  expect(exposureBehindSignature({ servesCloudfront: false })).toBe("internet-authenticated");
  // not knowing the policy, the more open is said
  expect(exposureBehindSignature({})).toBe("internet-anonymous");
});

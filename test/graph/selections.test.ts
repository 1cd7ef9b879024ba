import { describe, expect, test } from "vitest";
import { findNodes, networkOf } from "../../shared/graph/network.ts";
import { nodeWords } from "../../shared/graph/node-words.ts";
import { relationsAround, relationsFromInternet } from "../../shared/graph/selections.ts";
import type { Relation } from "../../shared/model/graph.ts";
import { anAccount, aRelation, arns, relations, resources } from "../an-account.ts";

const network = networkOf(anAccount());
const ends = (found: readonly Relation[]) =>
  found.map(({ from, to }) => `${network.nodes.get(from)?.name} > ${network.nodes.get(to)?.name}`);

describe("what a node is, by its ARN", () => {
  test.each([
    ["internet", "outside", "the internet"],
    ["account:444455556666", "outside", "account 444455556666"],
    ["service:events.amazonaws.com", "service", "events.amazonaws.com"],
    ["https://abc.lambda-url.eu-west-1.on.aws/", "address", "abc.lambda-url.eu-west-1.on.aws"],
    ["vpc:eu-west-1:vpc-0a1", "AWS::EC2::VPC", "vpc-0a1"],
    ["arn:aws:sqs:eu-west-1:111122223333:mails", "AWS::SQS::Queue", "mails"],
    ["arn:aws:lambda:eu-west-1:111122223333:function:orders:live", "AWS::Lambda::Function", "orders:live"],
    ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000", "AWS::DynamoDB::Table", "orders"],
    ["arn:aws:iam::111122223333:role/service-role/x", "AWS::IAM::Role", "x"],
    ["arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/x:*", "AWS::Logs::LogGroup", "/aws/lambda/x"],
    ["arn:aws:ecr:eu-west-1:111122223333:repository/team/app", "AWS::ECR::Repository", "team/app"],
    [
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/front/50dc",
      "AWS::ElasticLoadBalancingV2::LoadBalancer",
      "front",
    ],
    ["arn:aws:newthing:eu-west-1:111122223333:gizmo/a/b", "AWS::newthing", "b"],
    ["*", "address", "*"],
  ])("%s is a %s", (node, type, name) => {
    expect(nodeWords(node)).toMatchObject({ type, name });
  });
});

describe("finding by name", () => {
  test("finds by ARN, by name, and whatever the case only where nothing has the very name", () => {
    expect(findNodes(network, arns.mails).map(({ id }) => id)).toEqual([arns.mails]);
    expect(findNodes(network, "orders").map(({ id }) => id)).toEqual([arns.api, arns.table]);
    expect(findNodes(network, "MAILER").map(({ id }) => id)).toEqual([arns.mailer]);
  });

  test("knows what only a relation speaks of", () => {
    expect(findNodes(network, "legacy-nightly")).toEqual([
      { id: arns.nightly, type: "AWS::Events::Rule", name: "legacy-nightly", region: "eu-west-1" },
    ]);
    expect(findNodes(network, "nothing")).toEqual([]);
  });
});

describe("around a resource", () => {
  test("one step is what touches it", () => {
    expect(ends(relationsAround(network, arns.mails, 1))).toEqual(["orders-api > mails", "mails > mailer", "mails > mails-dlq"]);
  });

  test("two steps go on in both directions", () => {
    expect(ends(relationsAround(network, arns.mailsDead, 2))).toEqual(["mails > mails-dlq", "orders-api > mails", "mails > mailer"]);
  });

  test("does not walk through a role that others have too, or through the internet", () => {
    const shared = networkOf({
      resources,
      relations: [...relations, aRelation(arns.legacy, "assumes", arns.sharedRole), aRelation("internet", "routes-to", arns.api, "none")],
    });
    const touched = new Set(relationsAround(shared, arns.mailer, 2).flatMap(({ from, to }) => [from, to]));
    expect(touched).toContain(arns.sharedRole);
    expect(touched).not.toContain(arns.legacy);
    const fromDoor = new Set(relationsAround(shared, arns.route, 2).flatMap(({ from, to }) => [from, to]));
    expect(fromDoor).not.toContain(arns.api);
  });

  test("ends in a circle", () => {
    const circle = networkOf({ resources: [], relations: [aRelation("a", "invokes", "b"), aRelation("b", "invokes", "a")] });
    expect(relationsAround(circle, "a", 9)).toHaveLength(2);
  });
});

describe("from the internet", () => {
  test("follows doors inwards, not grants", () => {
    expect(ends(relationsFromInternet(network))).toEqual([
      "the internet > POST /orders",
      "POST /orders > orders-api",
      "orders-api > mails",
      "mails > mailer",
    ]);
  });

  test("to one resource: only the ways that lead there", () => {
    expect(ends(relationsFromInternet(network, arns.orders))).toEqual(["the internet > POST /orders", "POST /orders > orders-api"]);
    expect(relationsFromInternet(network, arns.legacy)).toEqual([]);
  });

  test.each([
    ["a private door", { auth: "network" as const }],
    ["a disabled relation", { enabled: false }],
    ["a door for another account", { auth: "cross-account" as const }],
  ])("does not go through %s", (_, more) => {
    const closed = networkOf({ resources: [], relations: [{ ...aRelation("internet", "routes-to", arns.route, "none"), ...more }] });
    expect(relationsFromInternet(closed)).toEqual([]);
  });

  test("an authenticated door is a door", () => {
    const guarded = networkOf({ resources: [], relations: [aRelation("internet", "routes-to", arns.route, "jwt")] });
    expect(relationsFromInternet(guarded)).toHaveLength(1);
  });
});

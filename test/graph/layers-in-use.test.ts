import { expect, test } from "vitest";
import { layersInUse } from "../../shared/graph/layers-in-use.ts";
import type { Relation, Resource } from "../../shared/model/graph.ts";

const uses = (to: string, from = "arn:aws:lambda:eu-west-1:111122223333:function:orders"): Relation => ({
  from,
  to,
  kind: "uses-layer",
  auth: "service",
  enabled: true,
  evidence: "lambda:ListFunctions, Layers",
});
const vendors = "arn:aws:lambda:eu-west-1:444455556666:layer:agent:41";
const newest = "arn:aws:lambda:eu-west-1:111122223333:layer:tools:3";

test("a version of a layer that a function uses and no list shows is something to judge, once; what is no layer is not", () => {
  const listed: Resource = { arn: newest, type: "AWS::Lambda::LayerVersion", name: "tools", region: "eu-west-1" };
  const relations = [uses(vendors), uses(vendors, "arn:aws:lambda:eu-west-1:111122223333:function:other"), uses(newest), uses("nonsense")];
  expect(layersInUse({ resources: new Map([[newest, listed]]), relations })).toEqual([
    { arn: vendors, type: "AWS::Lambda::LayerVersion", name: "agent", region: "eu-west-1", details: { version: 41 } },
  ]);
});

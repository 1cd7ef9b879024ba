import { describe, expect, test } from "vitest";
import { networkOf } from "../../shared/graph/network.ts";
import { relationsAround, relationsFromInternet } from "../../shared/graph/selections.ts";
import type { Relation } from "../../shared/model/graph.ts";
import { draw } from "../../shared/picture/draw.ts";
import { layOut } from "../../shared/picture/layout.ts";
import { mermaidText, pictureMermaid } from "../../shared/picture/mermaid.ts";
import type { Picture } from "../../shared/picture/picture.ts";
import { pictureSvg } from "../../shared/picture/svg.ts";
import { anAccount, aRelation, aResource, arns } from "../an-account.ts";

const network = networkOf(anAccount());
const fromInternet = draw({ title: "What the internet reaches", network, relations: relationsFromInternet(network) });
const queue = (name: string) => `arn:aws:sqs:eu-west-1:111122223333:${name}`;
const labels = ({ nodes }: Picture) => nodes.map(({ label }) => label);

function drawAll(relations: readonly Relation[], start?: string, most?: number): Picture {
  const own = networkOf({ resources: [], relations });
  return draw({ title: "t", network: own, relations, ...(start ? { start } : {}), ...(most ? { most } : {}) });
}

const fan = (count: number, more: (i: number) => Partial<Relation> = () => ({})) =>
  Array.from({ length: count }, (_, i) => ({ ...aRelation(arns.orders, "publishes-to", queue(`q-${i}`)), ...more(i) }));

describe("drawing", () => {
  test("says what each is and how open, and what is said of each arrow", () => {
    expect(fromInternet.nodes.map(({ label, detail, level }) => [label, detail, level])).toEqual([
      ["the internet", "outside the account", "outside"],
      ["POST /orders", "REST method · open to anybody", "internet-anonymous"],
      ["orders-api", "function · open to anybody", "internet-anonymous"],
      ["mails", "queue", "none"],
      ["mailer", "function", "internal"],
    ]);
    expect(fromInternet.edges.map(({ label, style }) => [label, style])).toEqual([
      ["routes-to, no authentication", "does"],
      ["invokes", "does"],
      ["publishes-to", "inferred"],
      ["feeds", "does"],
    ]);
  });

  test("grants and switched-off relations look different", () => {
    const relations = [aRelation("a", "may-write", "b", "iam"), aRelation("b", "feeds", "c", "service", { enabled: false })];
    expect(drawAll(relations).edges.map(({ style }) => style)).toEqual(["grant", "off"]);
  });

  test("several relations between two are one arrow", () => {
    const { edges } = drawAll([
      aRelation("a", "may-read", "b", "iam"),
      aRelation("a", "may-write", "b", "iam"),
      aRelation("a", "may-read", "b"),
    ]);
    expect(edges).toEqual([{ from: "a", to: "b", label: "may-read, may-write", style: "grant" }]);
  });

  test("an API whose routes are drawn is not drawn beside them", () => {
    const route = aResource({ arn: arns.route, type: "AWS::ApiGateway::Method", name: "POST /orders", details: { api: arns.api } });
    const api = aResource({ arn: arns.api, type: "AWS::ApiGateway::RestApi", name: "orders" });
    const relations = [aRelation("internet", "routes-to", arns.api, "none"), aRelation("internet", "routes-to", arns.route, "none")];
    const picture = draw({ title: "t", network: networkOf({ resources: [route, api], relations }), relations });
    expect(picture.nodes.map(({ label, detail }) => `${label}: ${detail}`)).toEqual([
      "the internet: outside the account",
      "POST /orders: REST method of orders",
    ]);
  });

  test("a start without relations is drawn alone", () => {
    const picture = draw({ title: "t", network, relations: relationsAround(network, arns.bucket, 2), start: arns.bucket });
    expect(picture.nodes).toMatchObject([{ label: "acme-uploads", isStart: true, level: "cross-account" }]);
  });

  test("long names are cut in their middle, the whole is the title", () => {
    const name = `beginning-${"x".repeat(80)}-end`;
    const [, node] = drawAll([aRelation("a", "feeds", queue(name))]).nodes;
    expect(node?.label).toMatch(/^beginning-x+…x+-end$/);
    expect(node?.title).toBe(queue(name));
  });
});

describe("many alike", () => {
  test("become one box with their number and names", () => {
    const picture = drawAll(fan(45), arns.orders);
    expect(labels(picture)).toContain("37 more queues");
    expect(picture.nodes).toHaveLength(10);
    expect(picture.nodes.at(-1)?.title).toContain("q-44");
  });

  test("nine alike are drawn: one in a box takes as much room", () => {
    expect(labels(drawAll(fan(9), arns.orders))).toHaveLength(10);
  });

  test("what has other relations is not alike", () => {
    const picture = drawAll([...fan(45), aRelation(queue("q-44"), "feeds", arns.mailer)], arns.orders);
    expect(labels(picture)).toContain("q-44");
    const off = drawAll(
      fan(40, (i) => ({ enabled: i % 2 === 0 })),
      arns.orders,
    );
    expect(labels(off).filter((label) => label === "12 more queues")).toHaveLength(2);
  });

  test("never more than 150 boxes: the nearest stay, and it is said how many are left out", () => {
    const chain = Array.from({ length: 400 }, (_, i) => aRelation(queue(`c-${i}`), "feeds", queue(`c-${i + 1}`)));
    const picture = drawAll(chain, queue("c-0"));
    expect(picture.nodes).toHaveLength(150);
    expect(labels(picture)).toContain("c-149");
    expect(picture.notes).toEqual(["251 resources further away are not drawn"]);
    expect(pictureSvg(picture)).toContain("251 resources further away are not drawn");
  });
});

describe("layout", () => {
  test("boxes do not overlap, and flow goes to the right", () => {
    const { nodes } = layOut(drawAll([...fan(6), aRelation(arns.route, "invokes", arns.orders)], arns.orders));
    for (const [i, a] of nodes.entries())
      for (const b of nodes.slice(i + 1)) {
        const apart = Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        expect(apart).toBe(true);
      }
    const x = (label: string) => nodes.find(({ of }) => of.label === label)?.x ?? Number.NaN;
    expect(x("orders-api")).toBeLessThan(x("q-0"));
  });

  test("is the same every time", () => {
    expect(pictureSvg(fromInternet)).toBe(pictureSvg(fromInternet));
  });

  test("circles and a box that points to itself are no trouble", () => {
    const picture = drawAll([aRelation("a", "invokes", "b"), aRelation("b", "invokes", "a"), aRelation("a", "invokes", "a")]);
    expect(layOut(picture).edges).toHaveLength(2);
  });
});

const hostile = `</text><script>alert("1")</script>&'\u0000\u202e]]>"] --> x; click n0 "javascript:x" \`%%`;

describe("hostile names", () => {
  const resource = aResource({ arn: queue(hostile), type: "AWS::SQS::Queue", name: hostile });
  const relations = [aRelation("internet", "publishes-to", queue(hostile), "none")];
  const picture = draw({ title: hostile, network: networkOf({ resources: [resource], relations }), relations });

  test("stay text in SVG", () => {
    const svg = pictureSvg(picture);
    expect(svg).not.toContain("<script");
    for (const sign of ["\u0000", "\u202e"]) expect(svg).not.toContain(sign);
    // only our own elements: every "<" opens or closes one of these
    expect(svg.match(/<(?!\/?(svg|title|defs|marker|path|rect|text|g)\b)/g)).toBeNull();
    expect(svg.match(/&(?!(amp|lt|gt|quot|#39);)/g)).toBeNull();
  });

  test("cannot leave their label in Mermaid", () => {
    expect(mermaidText(`a"b]`)).toBe("a#34;b#93;");
    const lines = pictureMermaid(picture).split("\n");
    expect(
      lines.filter((line) => line.includes("click n0")).every((line) => line.startsWith("  %%") || /^ {2}n\d\["[^"]*"\]:::\w+$/.test(line)),
    ).toBe(true);
    expect(lines.join("\n")).not.toMatch(/<script|--> x/);
  });
});

test("an empty picture says so", () => {
  expect(pictureSvg({ title: "t", nodes: [], edges: [], notes: [] })).toContain("Nothing to draw");
});

test("Mermaid has a node, an arrow and a class each", () => {
  expect(pictureMermaid(fromInternet).split("\n").slice(0, 8)).toEqual([
    "flowchart LR",
    "  %% What the internet reaches",
    '  n0(["the internet<br/>outside the account"]):::outside',
    '  n1["POST /orders<br/>REST method #183; open to anybody"]:::anonymous',
    '  n2["orders-api<br/>function #183; open to anybody"]:::anonymous',
    '  n3["mails<br/>queue"]:::unreached',
    '  n4["mailer<br/>function"]:::inside',
    '  n0 -->|"routes-to, no authentication"| n1',
  ]);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resourceTypes } from "../../shared/data/resource-types.ts";
import { creationEvents } from "../../shared/data/write-events.ts";
import { nodeWords } from "../../shared/graph/node-words.ts";
import { typeWord } from "../../shared/report/type-words.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { signals, tracelessBecause } from "../../shared/usage/resource-signals.ts";
import { consoleLink } from "../../shared/wording/console-link.ts";
import { root } from "../cli/run-command.ts";

const rows = Object.entries(resourceTypes);
const known = new Set(Object.keys(resourceTypes));

/** Types that the source in a folder of shared/ writes out. */
function typesIn(folder: string): string[] {
  const files = readdirSync(join(root, "shared", folder), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const texts = files.map((name) => readFileSync(join(root, "shared", folder, name), "utf8"));
  return [...new Set(texts.flatMap((text) => text.match(/AWS::[A-Za-z0-9]+::[A-Za-z0-9]+/g) ?? []))];
}

describe("the table of resource types", () => {
  test.each(["describe", "collect", "graph", "rules", "prune", "picture"])("has a row for every type that %s/ speaks of", (folder) => {
    expect(typesIn(folder).filter((type) => !known.has(type))).toEqual([]);
  });

  test("has a row for every type that a rule judges, that a metric watches and whose creation is looked for", () => {
    const asked = [...catalogue.flatMap((rule) => (rule.subject === "resource" ? rule.types : [])), ...Object.keys(signals)];
    expect([...asked, ...Object.keys(creationEvents)].filter((type) => !known.has(type))).toEqual([]);
  });

  test("speaks of no type that nothing makes", () => {
    const made = new Set(["describe", "collect", "graph", "usage", "rules"].flatMap(typesIn));
    // what relations name though no collector lists it
    const named = rows.filter(([, { arn }]) => arn).map(([type]) => type);
    expect([...known].filter((type) => !made.has(type) && !named.includes(type))).toEqual([]);
  });

  test("knows each ARN by its shape, and no two types by the same", () => {
    const shapes = rows.flatMap(([type, { arn }]) => (arn ? [{ type, service: arn[0], begin: arn[1] }] : []));
    expect(new Set(shapes.map(({ service, begin }) => `${service} ${begin}`)).size).toBe(shapes.length);
    for (const { type, service, begin } of shapes) {
      for (const separator of begin === "" ? [""] : [":", "/"]) {
        const arn = `arn:aws:${service}:eu-west-1:111122223333:${begin}${separator}orders`;
        expect([arn, nodeWords(arn).type]).toEqual([arn, type]);
      }
    }
  });

  test("has addresses of the console in which nothing is left open, and nothing of a name gets out of its place", () => {
    for (const [type, { console }] of rows.filter(([, row]) => row.console)) {
      const arn = "arn:aws:x:eu-west-1:111122223333:a/or ders";
      const link = consoleLink({ type, name: "or/ders&{arn}", arn, region: "eu-west-1" }) ?? "";
      expect([type, console, link]).toEqual([
        type,
        console,
        expect.stringMatching(/^https:\/\/eu-west-1\.console\.aws\.amazon\.com\/[^{} ]+$/),
      ]);
      expect(link).not.toContain("or/ders");
    }
  });

  test("says what people say, or leads the type's last part to it", () => {
    expect(["AWS::EC2::VPC", "AWS::StepFunctions::StateMachine", "AWS::SQS::Queue"].map(typeWord)).toEqual([
      "VPC",
      "state machine",
      "queue",
    ]);
    expect(["outside", "service", "address"].map(typeWord)).toEqual(["outside", "AWS service", "address"]);
    for (const type of known) expect(typeWord(type)).not.toBe("");
  });

  test("calls no use traceless that a metric shows, but where it may be without one", () => {
    const both = Object.keys(signals).filter((type) => tracelessBecause(type) !== undefined);
    expect(both).toEqual(["AWS::Cognito::UserPool"]);
  });
});

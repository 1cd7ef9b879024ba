import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type BusEvent, eventSource, eventsOf } from "../../../shared/notify/kinds/bus-events.ts";
import { composeMessage } from "../../../shared/notify/message.ts";
import { account, aFinding } from "../a-finding.ts";
import { hostileNames } from "../hostile-names.ts";

interface Rule {
  readonly EventPattern: Readonly<Record<string, unknown>>;
  readonly Targets: readonly {
    readonly InputTransformer: {
      readonly InputPathsMap: Readonly<Record<string, string>>;
      readonly InputTemplate: string | { readonly "Fn::Sub": string };
    };
  }[];
}

const template = JSON.parse(readFileSync(join(import.meta.dirname, "../../../docs/api-destinations.template.json"), "utf8"));
const rules = Object.entries(template.Resources as Record<string, { Type: string; Properties: Rule }>).flatMap(
  ([name, { Type, Properties }]) => (Type === "AWS::Events::Rule" ? [[name, Properties] as const] : []),
);

/** The event as EventBridge delivers it. */
function delivered({ type, resources, detail }: BusEvent): Readonly<Record<string, unknown>> {
  return { version: "0", id: "e", source: eventSource, account, "detail-type": type, resources, detail };
}

/** As EventBridge matches lists of values, which is all that these patterns have. */
function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.includes(value);
  return Object.entries(pattern as object).every(([key, inner]) => matches(inner, (value as Readonly<Record<string, unknown>>)?.[key]));
}

/** As EventBridge fills a template: a text that stands without quotation marks gets them. */
function filled({ Targets: [target] }: Rule, event: unknown): unknown {
  const { InputPathsMap: paths = {}, InputTemplate = "" } = target?.InputTransformer ?? {};
  const text = typeof InputTemplate === "string" ? InputTemplate : InputTemplate["Fn::Sub"].replace(/\$\{(\w+)\}/g, "$1");
  return JSON.parse(text.replace(/<(\w+)>/g, (_, name: string) => JSON.stringify(at(event, paths[name] ?? ""))));
}

function at(event: unknown, path: string): unknown {
  const value = path
    .replace(/^\$\./, "")
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>>)?.[key], event);
  expect(value, path).toBeTypeOf("string");
  return value;
}

const event = (name = "orders", more: Parameters<typeof aFinding>[1] = {}) => {
  const [one] = eventsOf(composeMessage("single", [aFinding(1, { name, ...more })], account), account, "bus");
  if (!one) throw new Error("no event");
  return delivered(one);
};
const old = event("orders", { pending: { baseline: true } });
const over = event("orders", { status: "RESOLVED", pending: { transition: "resolved" } });
const mild = event("orders", { severity: "LOW" });

describe("the rules of docs/api-destinations.template.json", () => {
  test("are for what is new and grave, and for its end; not for what was there before", () => {
    const names = (one: unknown) => rules.filter(([, rule]) => matches(rule.EventPattern, one)).map(([name]) => name);
    expect(names(event())).toEqual(["SlackRule", "PagerDutyTriggerRule", "GitHubRule", "JiraRule"]);
    expect(names(mild)).toEqual(["SlackRule"]);
    expect(names(old)).toEqual([]);
    expect(names(over)).toEqual(["PagerDutyResolveRule"]);
  });

  test("say what the receivers take", () => {
    const said = Object.fromEntries(rules.map(([name, rule]) => [name, filled(rule, event())]));
    const subject = "[HIGH] orders comes within 3 % of its timeout in eu-west-1";
    expect(said).toMatchObject({
      SlackRule: { channel: "SlackChannel", text: expect.stringContaining("*HIGH*") },
      PagerDutyTriggerRule: {
        event_action: "trigger",
        dedup_key: "F-0000000001",
        payload: { summary: subject, severity: "error", source: `arn:aws:lambda:eu-west-1:${account}:function:orders` },
      },
      PagerDutyResolveRule: { event_action: "resolve", dedup_key: "F-0000000001" },
      GitHubRule: { title: subject, body: expect.stringContaining("**HIGH**"), labels: ["smalltarget", "F-0000000001"] },
      JiraRule: { fields: { project: { key: "JiraProject" }, summary: subject, labels: ["F-0000000001"] } },
    });
  });

  test.each(Object.entries(hostileNames))("are not broken by %s in a name", (_what, name) => {
    for (const [, rule] of rules) {
      const plain = Object.keys(filled(rule, event()) as object);
      expect(Object.keys(filled(rule, event(name)) as object)).toEqual(plain);
    }
  });
});

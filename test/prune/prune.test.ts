import { describe, expect, test } from "vitest";
import { networkOf } from "../../shared/graph/network.ts";
import type { DocumentResource, ScanDocument } from "../../shared/model/document.ts";
import type { Relation } from "../../shared/model/graph.ts";
import { type PruneSet, pruneSetOf } from "../../shared/prune/prune.ts";
import { pruneScript } from "../../shared/prune/prune-script.ts";
import { anAccount, aRelation, aResource, arns, mappingId, relations, resources } from "../an-account.ts";
import { aDocumentFinding } from "../build.ts";

const unused = aDocumentFinding({
  rule: "lambda/unused-function",
  resource: { arn: arns.legacy, type: "AWS::Lambda::Function", name: "legacy-import", account: "111122223333", region: "eu-west-1" },
});

interface More {
  readonly relations?: readonly Relation[];
  readonly without?: (relation: Relation) => boolean;
  readonly resources?: readonly DocumentResource[];
  readonly document?: Partial<ScanDocument>;
}

/** The prune set of legacy-import, which is unused, with its alarm out of the way unless asked for. */
function setOf({
  relations: more = [],
  without = ({ from }) => from === arns.alarm,
  resources: extra = [],
  document = {},
}: More = {}): PruneSet {
  const account = anAccount();
  const changed = new Set(extra.map(({ arn }) => arn));
  const whole = {
    ...account,
    findings: [unused],
    relations: [...relations.filter((one) => !without(one)), ...more],
    resources: [...resources.filter(({ arn }) => !changed.has(arn)), ...extra],
    ...document,
  };
  const subject = whole.functions.find(({ arn }) => arn === arns.legacy);
  if (!subject) throw new Error("no subject");
  return pruneSetOf(whole, subject);
}

const kinds = ({ items }: PruneSet) => items.map(({ kind }) => kind).sort();
const scriptOf = (set: PruneSet) => pruneScript(set, 14, "2026-11-24");
const commands = (set: PruneSet) => scriptOf(set).deletes.flatMap((step) => step.commands);

test("a network that many functions were asked about answers for each as one that only it was asked about", () => {
  const watching = (arn: string, region: string, functionName: string) =>
    aResource({ arn, type: "AWS::CloudWatch::Alarm", name: arn, region, details: { functionName } });
  const account = {
    ...anAccount(),
    resources: [...resources, watching("ours", "eu-west-1", "legacy-import"), watching("elsewhere", "us-east-1", "legacy-import")],
  };
  const network = networkOf(account);
  const sets = account.functions.map((one) => pruneSetOf(account, one, network));
  expect(sets).toEqual(account.functions.map((one) => pruneSetOf(account, one)));
  const alarms = sets.map(({ items }) => items.filter(({ kind }) => kind === "alarm").map(({ id }) => id));
  expect(alarms.flat()).toEqual(["ours"]);
  expect(sets.map(({ subject }) => subject.arn).indexOf(arns.legacy)).toBe(alarms.findIndex((some) => some.length > 0));
});

describe("what goes with a function", () => {
  test("everything that exists only for it", () => {
    const set = setOf();
    expect(set.blockers).toEqual([]);
    expect(kinds(set)).toEqual(["event-source-mapping", "function", "layer", "log-group", "permission", "queue", "role", "rule"]);
  });

  test.each<[string, Relation, string, string]>([
    ["a role of another function", aRelation(arns.mailer, "assumes", arns.legacyRole), "role", "mailer has it too"],
    ["a layer of another function", aRelation(arns.mailer, "uses-layer", arns.layer), "layer", "mailer has it too"],
    ["a log group that others write to", aRelation(arns.mailer, "logs-to", arns.legacyLogs), "log-group", "mailer logs to it as well"],
    ["a queue that others read", aRelation(arns.imports, "feeds", arns.mailer), "queue", "mailer reads it as well"],
    [
      "a queue that others send to",
      aRelation(arns.orders, "publishes-to", arns.imports),
      "queue",
      "orders-api publishes-to it: nobody would read",
    ],
    ["a rule with another target", aRelation(arns.nightly, "invokes", arns.mails), "rule", "mails is a target of it as well"],
  ])("%s stays", (_, relation, kind, why) => {
    const set = setOf({ relations: [relation] });
    expect(kinds(set)).not.toContain(kind);
    expect(set.stays).toEqual([expect.objectContaining({ why: expect.stringContaining(why) })]);
  });

  test("a role stays where its trust policy names others, or where a Region's functions could not be listed", () => {
    const role = aResource({
      arn: arns.legacyRole,
      type: "AWS::IAM::Role",
      name: "legacy-import-role",
      details: { trustedServices: ["lambda.amazonaws.com", "states.amazonaws.com"] },
    });
    expect(setOf({ resources: [role] }).stays[0]?.why).toBe("states.amazonaws.com may assume it as well");
    const coverage = [{ collector: "functions", region: "eu-west-2", status: "denied" as const }];
    const blind = setOf({ document: { coverage } });
    expect(kinds(blind)).not.toContain("role");
    expect(kinds(blind)).not.toContain("layer");
  });

  test("aliases are the function: what calls them stands in the way as well", () => {
    const set = setOf({ relations: [aRelation(arns.route, "invokes", `${arns.legacy}:live`)] });
    expect(set.blockers).toEqual([expect.objectContaining({ name: "POST /orders", why: "still invokes it" })]);
  });

  test("a log group of the default name that is not there is not deleted; where they were not listed, nobody knows", () => {
    const without = {
      relations: relations.filter(({ to }) => to !== arns.legacyLogs),
      resources: resources.filter(({ arn }) => arn !== arns.legacyLogs),
    };
    const listed = (status: "complete" | "denied") =>
      setOf({ document: { ...without, coverage: [{ collector: "log-groups", region: "eu-west-1", status }] } });
    expect(kinds(listed("complete"))).not.toContain("log-group");
    expect(kinds(listed("denied"))).toContain("log-group");
  });

  test("a layer of another account is not ours", () => {
    const foreign = "arn:aws:lambda:eu-west-1:444455556666:layer:theirs:1";
    expect(setOf({ relations: [aRelation(arns.legacy, "uses-layer", foreign)] }).items.map(({ id }) => id)).not.toContain(foreign);
  });
});

describe("what stands in the way", () => {
  test("an alarm that starts it, which watches something else", () => {
    const set = setOf({ without: () => false });
    expect(set.blockers).toEqual([
      {
        name: "legacy-errors",
        type: "AWS::CloudWatch::Alarm",
        why: "still invokes it",
        evidence: "cloudwatch:DescribeAlarms, legacy-errors",
      },
    ]);
    expect(kinds(set)).not.toContain("alarm");
  });

  test.each<[string, Partial<Relation> & Pick<Relation, "from" | "kind">, string]>([
    ["a topic", { from: "arn:aws:sns:eu-west-1:111122223333:news", kind: "subscribes" }, "still subscribes it"],
    [
      "a switched-off rule of a pipe",
      { from: "arn:aws:pipes:eu-west-1:111122223333:pipe/p", kind: "invokes", enabled: false },
      "still invokes it (switched off)",
    ],
    ["another function, by a value", { from: arns.orders, kind: "invokes", inferred: true }, "names it, as far as a value tells: invokes"],
    [
      "another account",
      { from: "account:444455556666", kind: "invokes", evidence: "lambda:GetPolicy, statement Them" },
      "ask whether anybody there does",
    ],
    [
      "a bucket with permission",
      { from: "arn:aws:s3:::b", kind: "invokes", evidence: "lambda:GetPolicy, statement S3" },
      "see whether it still does",
    ],
    ["a role that names it", { from: arns.sharedRole, kind: "may-invoke" }, "may invoke it by a policy that names it"],
  ])("%s", (_, given, why) => {
    const relation = { ...aRelation(given.from, given.kind, arns.legacy), ...given };
    expect(setOf({ relations: [relation] }).blockers).toEqual([expect.objectContaining({ why: expect.stringContaining(why) })]);
  });

  test("routes that ask it who may come in", () => {
    const set = setOf({ relations: [aRelation(arns.legacy, "authorizes", arns.route)] });
    expect(set.blockers).toEqual([expect.objectContaining({ name: "POST /orders", why: "asks it who may come in" })]);
  });

  test("a function that the scan does not call unused, or that is to be left alone", () => {
    expect(setOf({ document: { findings: [] } }).blockers[0]?.why).toBe(
      "the scan of 2026-11-24 does not call it unused: it last ran on 2025-09-04",
    );
    const functions = anAccount().functions.map((one) => (one.arn === arns.legacy ? { ...one, ignored: "audit" } : one));
    expect(setOf({ document: { functions } }).blockers[0]?.why).toContain("left alone (smalltarget:ignore): audit");
    const needed = { activity: "dormant-by-role", activityReason: "called by custom resource Rows of stack shop" } as const;
    const quiet = anAccount().functions.map((one) => (one.arn === arns.legacy ? { ...one, ...needed } : one));
    expect(setOf({ document: { functions: quiet, findings: [] } }).blockers[0]?.why).toBe(
      "it is quiet and needed: called by custom resource Rows of stack shop",
    );
  });

  test("where the scan could not look is said, for the function's Region and the account", () => {
    const row = (collector: string, region: string, status: "denied" | "complete" | "disabled") => ({ collector, region, status });
    const coverage = [
      row("schedules", "eu-west-1", "denied"),
      row("iam", "global", "denied"),
      row("sqs", "us-east-1", "denied"),
      row("sns", "eu-west-1", "disabled"),
    ];
    expect(setOf({ document: { coverage } }).unseen).toEqual(["schedules in eu-west-1", "iam in global"]);
  });
});

describe("the script", () => {
  test("what is kept ready for it is taken away before it is switched off, and can be given back", () => {
    const account = anAccount();
    const functions = account.functions.map((one) =>
      one.arn === arns.legacy ? { ...one, provisioned: [{ qualifier: "live", environments: 4 }] } : one,
    );
    const { now } = scriptOf(setOf({ document: { functions } }));
    const written = now.flatMap(({ commands }) => commands);
    const at = (operation: string) => written.findIndex((one) => one.includes(` ${operation} --function-name legacy-import`));
    expect(at("delete-provisioned-concurrency-config")).toBeGreaterThan(-1);
    expect(at("delete-provisioned-concurrency-config")).toBeLessThan(at("put-function-concurrency"));
    expect(now.flatMap(({ undo = [] }) => undo)).toContain(
      "aws lambda put-provisioned-concurrency-config --function-name legacy-import --qualifier live --provisioned-concurrent-executions 4 --region eu-west-1",
    );
    expect(
      scriptOf(setOf())
        .now.flatMap(({ commands }) => commands)
        .join(),
    ).not.toContain("provisioned");
  });

  test("first switches off, each with its undo, and stops the function last", () => {
    const { now } = scriptOf(setOf());
    const written = now.flatMap((step) => step.commands);
    expect(written.findIndex((one) => one.includes("--no-enabled"))).toBeLessThan(
      written.findIndex((one) => one.includes("put-function-concurrency")),
    );
    expect(now.slice(1).every((step) => (step.undo ?? []).length > 0)).toBe(true);
    expect(written.join("\n")).not.toMatch(/delete-|remove-|detach-/);
  });

  test("deletes in the order that AWS wants: triggers, function, what it used, role last", () => {
    const all = commands(setOf()).join("\n");
    const order = [
      `delete-event-source-mapping --uuid ${mappingId}`,
      "remove-targets",
      "delete-rule",
      "delete-function ",
      "delete-layer-version --layer-name legacy-csv --version-number 3",
      "delete-queue",
      "delete-log-group",
      "detach-role-policy",
      "delete-role-policy",
      "delete-role --role-name legacy-import-role",
    ].map((command) => all.indexOf(command));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test("takes only its own targets off a rule", () => {
    expect(commands(setOf()).find((one) => one.includes("remove-targets"))).toContain(`Arn=='\\''${arns.legacy}'\\''`);
  });

  test("what a stack made is removed from the stack, not deleted", () => {
    const tags = { "aws:cloudformation:stack-name": "imports", "aws:cloudformation:logical-id": "Importer" };
    const queue = aResource({
      arn: arns.imports,
      type: "AWS::SQS::Queue",
      name: "imports",
      tags: { ...tags, "aws:cloudformation:logical-id": "Inbox" },
    });
    const functions = anAccount().functions.map((one) =>
      one.arn === arns.legacy ? { ...one, stack: { name: "imports", logicalId: "Importer" } } : one,
    );
    const set = setOf({ resources: [queue], document: { functions } });
    const { deletes } = scriptOf(set);
    expect(deletes[0]?.what).toBe(
      "remove from stack imports, in its template, and deploy: logical id Importer (function legacy-import); logical id Inbox (queue imports)",
    );
    const written = commands(set).join("\n");
    expect(written).not.toMatch(/delete-function|delete-queue|delete-role|delete-rule/);
    expect(written).toContain("describe-stack-resources --physical-resource-id legacy-nightly --region eu-west-1");
  });

  test("is quoted for a shell", () => {
    const group = `arn:aws:logs:eu-west-1:111122223333:log-group:/a b';rm -rf ~`;
    const set = setOf({
      relations: [aRelation(arns.legacy, "logs-to", group)],
      without: ({ from, kind }) => from === arns.alarm || kind === "logs-to",
    });
    expect(commands(set)).toContain(`aws logs delete-log-group --log-group-name '/a b'\\'';rm -rf ~' --region eu-west-1`);
  });

  test("names the bus of a rule and the group of a schedule", () => {
    const rule = "arn:aws:events:eu-west-1:111122223333:rule/orders-bus/hourly";
    const schedule = "arn:aws:scheduler:eu-west-1:111122223333:schedule/batch/weekly";
    const set = setOf({ relations: [aRelation(rule, "invokes", arns.legacy), aRelation(schedule, "invokes", arns.legacy)] });
    const { now } = scriptOf(set);
    const written = now.flatMap((step) => [...step.commands, ...(step.undo ?? [])]).join("\n");
    expect(written).toContain("aws events disable-rule --name hourly --event-bus-name orders-bus --region eu-west-1");
    expect(written).toContain("aws scheduler get-schedule --group-name batch --name weekly --region eu-west-1 --output json");
    expect(commands(set)).toContain("aws scheduler delete-schedule --group-name batch --name weekly --region eu-west-1");
  });
});

test("an environment that could not be read may name it: prune says so", () => {
  const { functions } = anAccount();
  const [other] = functions.filter(({ arn, region }) => arn !== arns.legacy && region === "eu-west-1");
  if (!other) throw new Error("no other function");
  const unread = functions.map((one) => (one === other ? { ...one, environmentUnread: "AccessDeniedException" } : one));
  const set = setOf({ document: { functions: unread } });
  expect(set.unseen).toContain(`the environment of ${other.name} (AccessDeniedException)`);
});

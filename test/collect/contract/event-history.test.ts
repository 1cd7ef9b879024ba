import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Call } from "../../../shared/aws/client-options.ts";
import { loggedEvent } from "../../../shared/aws/logged-event.ts";
import { redactAnswer } from "../../../shared/aws/redact.ts";
import { collectCreators } from "../../../shared/collect/cloudtrail/creators.ts";
import type { CachedReads } from "../../../shared/collect/contract/cached-reads.ts";
import { creationEvents, writeEvents } from "../../../shared/data/write-events.ts";
import { awsError } from "../../stub-account.ts";
import { type Answers, aContext, answering } from "../a-context.ts";

const at = (day: number, hour = 6) => new Date(Date.UTC(2026, 10, day, hour));
const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
const asked = (n: number) => Array.from({ length: n }, (_, i) => ({ key: arnOf(`fn-${i}`), fingerprint: "" }));

interface Given {
  readonly name: string;
  readonly when: Date;
  readonly request?: object;
  readonly answer?: object;
  readonly source?: string;
  readonly errorCode?: string;
  readonly user?: { readonly type: string; readonly arn?: string; readonly name?: string };
}

function anEvent({ name, when, request = {}, answer, source = "lambda.amazonaws.com", errorCode, user }: Given) {
  return {
    EventId: `${name}-${when.getTime()}`,
    EventName: name,
    EventTime: when,
    EventSource: source,
    ...(user?.name ? { Username: user.name } : {}),
    CloudTrailEvent: JSON.stringify({
      eventName: name,
      ...(errorCode ? { errorCode } : {}),
      userIdentity: { type: user?.type ?? "AssumedRole", arn: user?.arn, accessKeyId: "hidden" },
      requestParameters: request,
      responseElements: answer ?? null,
      sourceIPAddress: "192.0.2.7",
    }),
  };
}

/** A history that honours name and start time, newest first, `perPage` a page. */
function history(events: readonly ReturnType<typeof anEvent>[], perPage = 50): Answers {
  return {
    "cloudtrail:LookupEvents": (input) => {
      const [{ AttributeValue } = { AttributeValue: "" }] = (input.LookupAttributes ?? []) as { AttributeValue: string }[];
      const found = events
        .filter(({ EventName, EventTime }) => EventName === AttributeValue && EventTime >= (input.StartTime as Date))
        .toSorted((a, b) => b.EventTime.getTime() - a.EventTime.getTime());
      const from = Number(input.NextToken ?? 0);
      const more = from + perPage < found.length ? { NextToken: String(from + perPage) } : {};
      return { Events: found.slice(from, from + perPage), ...more };
    },
  };
}

interface Reading {
  readonly reads: string[];
  readonly kept: CachedReads;
  readonly lookups: Call[];
  readonly failures: readonly unknown[];
}

/** Reads the policies of `n` functions on the rotation. */
async function readPolicies(answers: Answers, now: Date, before: CachedReads = {}, n = 1000, fail?: RegExp): Promise<Reading> {
  const tape = answering(answers);
  const { rotation, history: watched, kept } = aContext(tape, { now }, before);
  const reads: string[] = [];
  await rotation.read(
    "lambda-access/policies",
    asked(n),
    async (key) => {
      if (fail?.test(key)) throw awsError("ServiceException");
      reads.push(key.split(":").at(-1) ?? "");
      return "policy";
    },
    () => undefined,
  );
  return { reads, kept: kept(), lookups: tape.asked, failures: watched.failures };
}

const added = (fn: string, when: Date, more: Partial<Given> = {}) =>
  anEvent({ name: "AddPermission20150331v2", when, request: { functionName: fn, action: "lambda:InvokeFunction" }, ...more });

describe("the event history as a reason to read again", () => {
  test("is not asked on the first scan, nor where everything is read every time", async () => {
    expect((await readPolicies(history([]), at(1))).lookups).toEqual([]);
    const { kept } = await readPolicies(history([]), at(1), {}, 50);
    expect((await readPolicies(history([]), at(2), kept, 50)).lookups).toEqual([]);
  });

  test("what was written to since is read at once, named by name, ARN or alias; the rest half as often as without", async () => {
    const first = await readPolicies(history([]), at(1));
    expect(first.reads).toHaveLength(1000);
    const events = [added("fn-700", at(1, 20)), added(arnOf("fn-801"), at(1, 21)), added("fn-902:live", at(1, 22))];
    const { reads, lookups } = await readPolicies(history(events), at(2), first.kept);
    expect(lookups.map(({ input }) => input)).toMatchObject(
      ["AddPermission20150331v2", "RemovePermission20150331v2"].map((AttributeValue) => ({
        LookupAttributes: [{ AttributeKey: "EventName", AttributeValue }],
        StartTime: new Date(at(1).getTime() - 20 * 60_000),
      })),
    );
    expect(reads).toEqual(expect.arrayContaining(["fn-700", "fn-801", "fn-902"]));
    // the fifty that are always read anew are more than a twenty-eighth of a thousand
    expect(reads).toHaveLength(53);
  });

  test("what failed, was done by another service, or happened before the last read is no reason", async () => {
    const { kept } = await readPolicies(history([]), at(1));
    const events = [
      added("fn-700", at(1, 20), { errorCode: "AccessDenied" }),
      added("fn-701", at(1, 20), { source: "sns.amazonaws.com" }),
      added("fn-702", new Date(at(1).getTime() - 16 * 60_000)),
    ];
    const { reads } = await readPolicies(history(events), at(2), kept);
    expect(reads).toHaveLength(50);
    expect(reads).not.toEqual(expect.arrayContaining(["fn-700"]));
  });

  test("a write whose read failed stays a reason until it was read", async () => {
    const { kept } = await readPolicies(history([]), at(1));
    const once = history([added("fn-700", at(1, 20))]);
    const failed = await readPolicies(once, at(2), kept, 1000, /fn-700$/);
    expect(failed.reads).not.toContain("fn-700");
    const later = await readPolicies(once, at(3), failed.kept);
    expect(later.reads).toContain("fn-700");
    expect((await readPolicies(once, at(4), later.kept)).reads).not.toContain("fn-700");
  });

  test("refused, the rotation goes on as without it, asks no further name, and nothing that happened is missed later", async () => {
    const { kept } = await readPolicies(history([]), at(1), {}, 2800);
    const refuse: Answers = {
      "cloudtrail:LookupEvents": () => {
        throw awsError("AccessDeniedException");
      },
    };
    const refused = await readPolicies(refuse, at(2), kept, 2800);
    expect(refused.reads).toHaveLength(200);
    expect(refused.failures.length).toBeGreaterThan(0);
    const allowed = await readPolicies(history([added("fn-2700", at(1, 20))]), at(3), refused.kept, 2800);
    expect(allowed.reads).toContain("fn-2700");
    expect(allowed.reads).toHaveLength(101);
  });

  test("a write at the time of the read counts, whatever the clocks say; one to we know not what leaves a gap", async () => {
    const { kept } = await readPolicies(history([]), at(1), {}, 2800);
    const near = history([added("fn-2700", new Date(at(1).getTime() - 5 * 60_000))]);
    expect((await readPolicies(near, at(2), kept, 2800)).reads).toContain("fn-2700");
    const unnamed = history([added("x", at(1, 20), { request: {} })]);
    expect((await readPolicies(unnamed, at(2), kept, 2800)).reads).toHaveLength(200);
  });

  test("more events than anybody reads are a gap: older reads count as unwatched again", async () => {
    const { kept } = await readPolicies(history([]), at(1), {}, 2800);
    const many = Array.from({ length: 1100 }, (_, i) => added("other", new Date(at(1, 8).getTime() + i * 1000)));
    const { reads, lookups } = await readPolicies(history(many), at(2), kept, 2800);
    expect(lookups.length).toBeLessThanOrEqual(22);
    expect(reads).toHaveLength(200);
  });

  test("a history that was not looked at for longer than it reaches back says nothing", async () => {
    const { kept } = await readPolicies(history([]), at(1), {}, 2800);
    const much = await readPolicies(history([]), new Date(at(1).getTime() + 91 * 86_400_000), kept, 2800);
    expect(much.lookups).toEqual([]);
    expect(much.reads).toHaveLength(200);
  });
});

describe("who created something", () => {
  const bucket = { arn: "arn:aws:s3:::photos", type: "AWS::S3::Bucket", name: "photos", region: "eu-west-1" };
  const fn = (name: string) => ({ arn: arnOf(name), type: "AWS::Lambda::Function", name, region: "eu-west-1" });
  const anna = { type: "IAMUser", name: "anna" };
  const collect = async (
    answers: Answers,
    now: Date,
    resources: readonly (typeof bucket & { readonly createdAt?: string })[],
    before: CachedReads = {},
    areAll = true,
  ) => {
    const tape = answering(answers);
    const context = aContext(tape, { now }, before);
    const part = await collectCreators(context, resources, areAll);
    const by: Record<string, { name: string; at: string } | undefined> = {};
    for (const { name, createdBy } of part.items) by[name] = createdBy;
    return { by, coverage: part.coverage, kept: context.kept(), lookups: tape.asked };
  };
  const creation = (name: string, when: Date, user: Given["user"]) =>
    anEvent({ name: "CreateFunction20150331", when, request: { functionName: name }, ...(user ? { user } : {}) });

  test("is asked for types whose resources came or went since the last scan, and remembered", async () => {
    const events = [
      creation("orders", at(1), anna),
      anEvent({ name: "CreateBucket", when: at(1), request: { bucketName: "photos" }, source: "s3.amazonaws.com", user: anna }),
    ];
    const first = await collect(history(events), at(2), [bucket, fn("orders")]);
    expect(first.by).toEqual({ photos: { name: "anna", at: at(1).toISOString() }, orders: { name: "anna", at: at(1).toISOString() } });
    const second = await collect(history(events), at(3), [bucket, fn("orders")], first.kept);
    expect(second).toMatchObject({ by: first.by, lookups: [] });
    const third = await collect(
      history([...events, creation("new", at(3, 8), anna)]),
      at(4),
      [bucket, fn("orders"), fn("new")],
      second.kept,
    );
    expect(third.lookups).toHaveLength(1);
    expect(third.by).toMatchObject({ orders: { name: "anna" }, new: { name: "anna" } });
  });

  test("is a person: an IAM user or who signed in, not a deployment", async () => {
    const role = "arn:aws:sts::111122223333:assumed-role";
    const { by } = await collect(
      history([
        creation("user", at(1), anna),
        creation("mail", at(1), { type: "AssumedRole", arn: `${role}/dev/b@example.com`, name: "b@example.com" }),
        creation("sso", at(1), { type: "AssumedRole", arn: `${role}/AWSReservedSSO_Dev_0a1b/carol`, name: "carol" }),
        creation("pipeline", at(1), { type: "AssumedRole", arn: `${role}/cfn-exec/AWSCloudFormation`, name: "AWSCloudFormation" }),
        creation("service", at(1), { type: "AWSService" }),
      ]),
      at(2),
      ["user", "mail", "sso", "pipeline", "service"].map(fn),
    );
    expect(Object.fromEntries(Object.entries(by).map(([name, one]) => [name, one?.name]))).toEqual({
      user: "anna",
      mail: "b@example.com",
      sso: "carol",
    });
  });

  test("is nobody once a deployment has made it anew", async () => {
    const first = await collect(history([creation("orders", at(1), anna)]), at(2), [fn("orders")]);
    const pipeline = { type: "AssumedRole", name: "AWSCloudFormation" };
    const again = await collect(
      history([creation("orders", at(3), pipeline)]),
      at(4),
      [{ ...fn("orders"), createdAt: "later" }],
      first.kept,
    );
    expect(again.by).toEqual({});
  });

  test("is remembered of what could not be listed for a day, however long ago the history forgot it", async () => {
    const created = history([creation("orders", at(1), anna), creation("report", at(1), anna)]);
    const first = await collect(created, at(2), [bucket, fn("orders"), fn("report")]);
    for (const seen of [[bucket], [fn("orders")]]) {
      const refused = await collect(history([]), at(100), seen, first.kept, false);
      const after = await collect(history([]), at(101), [bucket, fn("orders"), fn("report")], refused.kept);
      expect(after.by).toMatchObject({ orders: { name: "anna" }, report: { name: "anna" } });
    }
    const gone = await collect(history([]), at(100), [bucket, fn("orders")], first.kept);
    expect((await collect(history([]), at(101), [bucket, fn("orders"), fn("report")], gone.kept)).by).toEqual({
      orders: expect.anything(),
    });
  });

  test("refused, is asked again by the next scan; what was known stays", async () => {
    const first = await collect(history([creation("orders", at(1), anna)]), at(2), [fn("orders")]);
    const refuse: Answers = {
      "cloudtrail:LookupEvents": () => {
        throw awsError("AccessDeniedException");
      },
    };
    const refused = await collect(refuse, at(3), [fn("orders"), fn("new")], first.kept);
    expect(refused.coverage).toMatchObject({ status: "partial", operation: "cloudtrail:LookupEvents", code: "AccessDeniedException" });
    expect(refused.by).toMatchObject({ orders: { name: "anna" } });
    const allowed = await collect(history([creation("new", at(2, 8), anna)]), at(4), [fn("orders"), fn("new")], refused.kept);
    expect(allowed.by).toMatchObject({ orders: { name: "anna" }, new: { name: "anna" } });
  });
});

test("an event that is no JSON, or of tomorrow's shape, says nothing and breaks nothing", () => {
  const event = (CloudTrailEvent?: string) => ({
    EventTime: at(1),
    EventSource: "lambda.amazonaws.com",
    ...(CloudTrailEvent ? { CloudTrailEvent } : {}),
  });
  for (const text of ["", "{", "null", "7", "[]"]) expect(loggedEvent(event(text))?.names ?? []).toEqual([]);
  expect(loggedEvent(event('{"requestParameters":{"functionName":["a"],"name":{"arn":7}},"responseElements":"text"}'))?.names).toEqual([]);
});

test("a recording holds the names of an event and its user, nothing else of the request", () => {
  const event = anEvent({
    name: "CreateFunction20150331",
    when: at(1),
    request: { functionName: "orders", environment: { variables: { KEY: "hunter2" } }, code: { s3Key: "secret-path" } },
    user: { type: "IAMUser", name: "anna", arn: "arn:aws:iam::111122223333:user/anna" },
  });
  const { Events } = redactAnswer("cloudtrail:LookupEvents", { Events: [event] }) as { Events: never[] };
  expect(JSON.stringify(Events)).not.toMatch(/hunter2|secret-path|192\.0\.2|hidden/);
  expect(loggedEvent(Events[0] as never)).toEqual(loggedEvent(event));
});

test("every kind of the table is read on the rotation under that name, and every type is collected", async () => {
  const folder = join(import.meta.dirname, "../../../shared");
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".ts") && !file.startsWith("data/"));
  const text = (await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))).join("\n");
  const kinds = Object.keys(writeEvents).filter((kind) => !kind.startsWith("s3-"));
  expect([...kinds, ...Object.keys(creationEvents)].filter((name) => !text.includes(`"${name}"`))).toEqual([]);
});

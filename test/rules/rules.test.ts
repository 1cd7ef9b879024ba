import { globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runtimeDeprecations } from "../../shared/data/runtimes.ts";
import type { Coverage } from "../../shared/model/coverage.ts";
import type { PublishedVersions } from "../../shared/model/published-version.ts";
import type { Hit } from "../../shared/model/rule.ts";
import { mistakeIn } from "../../shared/model/rule-settings.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { coverageIncomplete } from "../../shared/rules/scan/coverage-incomplete.ts";
import { visibilityTimeoutTooShort } from "../../shared/rules/sqs/visibility-timeout-too-short.ts";
import { shellQuote } from "../../shared/wording/aws-cli.ts";
import { aQueue, aSubject, contextOf, dayAgo, functionRule, judge, single, worded } from "./a-subject.ts";

describe("the catalogue", () => {
  const folder = join(import.meta.dirname, "../../shared/rules");
  // files that rules share are no rules: they export no rule
  const shared = new Set(["lambda/kept-ready", "lambda/quiet", "lambda/raise-timeout"]);

  test("holds exactly the rules of the folder, and id is path", () => {
    const files = globSync("*/*.ts", { cwd: folder }).map((file) => file.replace(/\.ts$/, ""));
    expect(catalogue.map(({ id }) => id).sort()).toEqual(files.filter((file) => !shared.has(file)).sort());
  });

  test.each(catalogue.map((rule) => [rule.id, rule] as const))("%s says why it matters, and its severities are told apart", (_id, rule) => {
    expect(rule.why.length).toBeGreaterThan(40);
    expect(rule.severities.length).toBeGreaterThan(0);
    expect(new Set(rule.severities.map(({ when }) => when)).size).toBe(rule.severities.length);
    for (const setting of Object.values(rule.settings)) expect(mistakeIn(setting, setting.default)).toBeUndefined();
  });
});

const quiet = (days: number) => ({
  lastInvocation: { state: "invoked", at: "2026-01-02", quietDays: days, source: "metrics", lookbackDays: 455 } as const,
});

describe("lambda/unused-function", () => {
  const id = "lambda/unused-function";

  test("fires at 90 days, MEDIUM from a year on", () => {
    expect(judge(id, aSubject(quiet(89)))).toEqual({ answer: "clear" });
    expect(judge(id, aSubject(quiet(90)))).toMatchObject({ answer: "hit", severity: "LOW", materialKey: "quiet|switch-off" });
    expect(judge(id, aSubject(quiet(365)))).toMatchObject({ severity: "MEDIUM", materialKey: "quiet|switch-off" });
    expect(judge(id, aSubject(quiet(40)), { quietDays: 40 })).toMatchObject({ answer: "hit" });
  });

  test("waits twice the longest gap of a schedule that leads to it, and never says so where a schedule of its own is on", () => {
    const through = (periodDays: number) => [{ kind: "state-machine" as const, arn: "m", enabled: true, periodDays }];
    expect(judge(id, aSubject({ ...quiet(183), triggers: through(92) }))).toEqual({ answer: "clear" });
    expect(judge(id, aSubject({ ...quiet(184), triggers: through(92) }))).toMatchObject({ answer: "hit" });
    const own = (more: object) => [{ kind: "rule" as const, arn: "r", enabled: true, ...more }];
    expect(judge(id, aSubject({ ...quiet(400), triggers: own({ periodDays: 1 }) }))).toEqual({ answer: "clear" });
    expect(judge(id, aSubject({ ...quiet(400), triggers: own({ pace: "once" }) }))).toEqual({ answer: "clear" });
    expect(judge(id, aSubject({ ...quiet(400), triggers: [{ kind: "rule", arn: "r", enabled: false, periodDays: 366 }] }))).toMatchObject({
      answer: "hit",
    });
  });

  test("cannot tell without last use or without reserved concurrency", () => {
    const unknown = { state: "unknown", source: "none", lookbackDays: 0, why: "denied" } as const;
    expect(judge(id, aSubject({ lastInvocation: unknown }))).toEqual({ answer: "unknown", why: "denied" });
    const { candidate, ...without } = aSubject(quiet(200));
    expect(judge(id, without)).toMatchObject({ answer: "unknown" });
  });

  test("names the stack and the logical id first, and quotes names for the shell", () => {
    const { remediation } = worded(id, aSubject({ ...quiet(100), stack: { name: "shop", logicalId: "OrdersApi" } }));
    expect(remediation.text).toMatch(/^It belongs to stack shop, resource OrdersApi: remove it in its template/);
    expect(shellQuote("a'b; rm -rf /")).toBe("'a'\\''b; rm -rf /'");
    expect(shellQuote("")).toBe("''");
  });
});

describe("lambda/never-invoked-function", () => {
  const none = (quietDays: number, source: "last-modified" | "log-group" = "last-modified") => ({
    lastInvocation: { state: "none-seen", quietDays, source, lookbackDays: 455 } as const,
    activity: "never" as const,
  });

  test("fires from 30 days of known existence on, and says what the days are counted from", () => {
    const id = "lambda/never-invoked-function";
    expect(judge(id, aSubject(none(29)))).toEqual({ answer: "clear" });
    expect(judge(id, aSubject(none(30)))).toMatchObject({ answer: "hit", severity: "LOW" });
    expect(worded(id, aSubject(none(40))).title).toBe("orders-api was not invoked once in the 40 days since its last deployment");
    expect(worded(id, aSubject(none(455))).title).toBe("orders-api was not invoked once in the 455 days that metrics reach back");
    expect(judge(id, aSubject(quiet(400)))).toEqual({ answer: "clear" });
  });
});

describe("the rules about timeouts", () => {
  const timeout = (
    verdict: "timing-out" | "tight" | "loose" | "unknown" | "insufficient-data",
    headroom = 0.2,
    recommendedSeconds = 60,
  ) => ({
    timeout: { verdict, headroom, recommendedSeconds, confidence: "high" } as const,
  });
  const all = ["lambda/timing-out", "lambda/timeout-too-tight", "lambda/timeout-too-long"];

  test.each(all)("%s cannot tell where there is no verdict, and is clear where it is fine", (id) => {
    expect(judge(id, aSubject(timeout("unknown")))).toMatchObject({ answer: "unknown" });
    expect(judge(id, aSubject(timeout("insufficient-data")))).toMatchObject({ answer: "unknown" });
    expect(judge(id, aSubject())).toEqual({ answer: "clear" });
  });

  test("timing out is HIGH when recent and MEDIUM when long ago", () => {
    const cut = (longestAt: string) => ({
      ...timeout("timing-out"),
      duration: { longestMs: 30_000, longestAt, samples: 90, observedDays: 90, censored: true },
    });
    expect(judge("lambda/timing-out", aSubject(cut("2026-11-01")))).toMatchObject({ severity: "HIGH" });
    expect(judge("lambda/timing-out", aSubject(cut("2026-09-01")))).toMatchObject({ severity: "MEDIUM" });
  });

  test("tight is HIGH under 5 % of headroom", () => {
    expect(judge("lambda/timeout-too-tight", aSubject(timeout("tight", 0.049)))).toMatchObject({ severity: "HIGH" });
    expect(judge("lambda/timeout-too-tight", aSubject(timeout("tight", 0.05)))).toMatchObject({ severity: "MEDIUM" });
  });

  test("loose is MEDIUM from ten times and 60 s above the recommendation on", () => {
    expect(judge("lambda/timeout-too-long", aSubject({ ...timeout("loose", 0.9, 30), timeoutSeconds: 900 }))).toMatchObject({
      severity: "MEDIUM",
    });
    expect(judge("lambda/timeout-too-long", aSubject({ ...timeout("loose", 0.9, 3), timeoutSeconds: 60 }))).toMatchObject({
      severity: "LOW",
    });
  });

  test("a raise carries the queues that feed the function, a cut does not", () => {
    const queues = [{ arn: "arn:aws:sqs:eu-west-1:111122223333:orders", name: "orders", visibilityTimeoutSeconds: 180, readAt: dayAgo(0) }];
    const raised = worded("lambda/timeout-too-tight", aSubject(timeout("tight", 0.1, 60), { queues })).remediation;
    expect(raised.commands).toEqual([
      "aws sqs set-queue-attributes --queue-url https://sqs.eu-west-1.amazonaws.com/111122223333/orders --attributes VisibilityTimeout=360 --region eu-west-1",
      "aws lambda update-function-configuration --function-name orders-api --timeout 60 --region eu-west-1",
      "aws lambda update-function-configuration --function-name orders-api --timeout 30 --region eu-west-1",
    ]);
    const cut = worded("lambda/timeout-too-long", aSubject({ ...timeout("loose", 0.9, 30), timeoutSeconds: 900 }, { queues })).remediation;
    expect(cut.commands[0]).toMatch(/^aws lambda update-function-configuration .* --timeout 30 /);
  });
});

describe("sqs/visibility-timeout-too-short", () => {
  const judgeQueue = (...args: Parameters<typeof aQueue>) =>
    visibilityTimeoutTooShort.judge(aQueue(...args), contextOf(visibilityTimeoutTooShort));

  test("fires below six times the timeout, HIGH below the timeout itself, and recommends the batch window on top", () => {
    expect(judgeQueue(180, 30)).toEqual({ answer: "clear" });
    expect(judgeQueue(179, 30, 20)).toMatchObject({ severity: "MEDIUM", evidence: { recommendedSeconds: 200 } });
    expect(judgeQueue(29, 30)).toMatchObject({ severity: "HIGH" });
    expect(visibilityTimeoutTooShort.judge({ ...aQueue(1, 30), consumers: [] }, contextOf(visibilityTimeoutTooShort))).toEqual({
      answer: "clear",
    });
  });
});

describe("timeouts at their ceiling", () => {
  const page = {
    duration: { longestMs: 28_500, longestAt: "2026-11-20", samples: 450, observedDays: 150, censored: false },
    timeoutSeconds: 29,
  };
  const limitedBy = "GET /page waits no longer than 29 s (28 s)";

  test.each(["tight", "timing-out"] as const)("%s: make it asynchronous or split it, and no command", (verdict) => {
    const rule = verdict === "tight" ? "lambda/timeout-too-tight" : "lambda/timing-out";
    const { remediation } = worded(
      rule,
      aSubject({ ...page, timeout: { verdict, headroom: 0.01, limitedBy, atCeiling: true, confidence: "high" } }),
    );
    expect(remediation.commands).toEqual([]);
    expect(remediation.text).toContain(`A longer timeout does not help: ${limitedBy}. Make the work asynchronous`);
    expect(remediation.text).toContain("split it");
  });

  test("that leave some room: set it, and what needs longer has to be split", () => {
    const timeout = { verdict: "tight", headroom: 0.01, recommendedSeconds: 28, limitedBy, confidence: "high" } as const;
    const { remediation } = worded("lambda/timeout-too-tight", aSubject({ ...page, timeoutSeconds: 25, timeout }));
    expect(remediation.commands[0]).toContain("--timeout 28");
    expect(remediation.text).toContain("asynchronous, or split");
  });

  test("say what extensions add to the longest run", () => {
    const duration = { ...page.duration, longestMs: 120, extensionMs: 22_000 };
    const timeout = { verdict: "tight", headroom: 0.1, recommendedSeconds: 45, confidence: "high" } as const;
    expect(worded("lambda/timeout-too-tight", aSubject({ duration, timeoutSeconds: 25, timeout })).title).toContain(
      "120 ms and 22 s of extensions after it of 25 s",
    );
  });
});

describe("lambda/deprecated-runtime", () => {
  const id = "lambda/deprecated-runtime";

  test("warns 180 days ahead, is MEDIUM from the date on and HIGH after a year", () => {
    expect(judge(id, aSubject({ runtime: "nodejs22.x" }))).toMatchObject({
      severity: "LOW",
      evidence: { isDeprecated: false, successor: "nodejs24.x" },
    });
    expect(judge(id, aSubject({ runtime: "nodejs20.x" }))).toMatchObject({ severity: "MEDIUM" });
    expect(judge(id, aSubject({ runtime: "nodejs18.x" }))).toMatchObject({ severity: "HIGH" });
    expect(judge(id, aSubject({ runtime: "nodejs24.x" }))).toEqual({ answer: "clear" });
  });

  test("cannot be told of a zip whose runtime AWS did not say", () => {
    const { runtime, ...untold } = aSubject().facts;
    expect(judge(id, { ...aSubject(), facts: untold })).toEqual({ answer: "unknown", why: "AWS did not say its runtime" });
  });

  describe("of versions behind aliases", () => {
    const version = (number: string, runtime: string, ...aliases: string[]) => ({ version: number, runtime, aliases, timeoutSeconds: 30 });
    const judgeWith = (runtime: string, published: PublishedVersions) => {
      const rule = functionRule(id);
      return rule.judge(aSubject({ runtime }, { published }), contextOf(rule));
    };

    test("one finding names the aliases and the gravest runtime, and survives a new version on the same runtime", () => {
      const [hit] = judgeWith("nodejs24.x", {
        versions: [version("7", "nodejs20.x", "beta"), version("3", "nodejs16.x", "live")],
      }) as Hit[];
      expect(hit).toMatchObject({
        sub: "aliases",
        severity: "HIGH",
        confidence: "high",
        evidence: { runtime: "nodejs16.x", aliases: ["beta 7", "live 3"] },
      });
      const [again] = judgeWith("nodejs24.x", {
        versions: [version("8", "nodejs20.x", "beta"), version("4", "nodejs16.x", "live")],
      }) as Hit[];
      expect(again?.materialKey).toBe(hit?.materialKey);
    });

    test("where the function itself is on the same runtime there is one finding, which names the aliases too", () => {
      const hit = single(judgeWith("nodejs18.x", { versions: [version("3", "nodejs18.x", "live")] }));
      expect(hit).toMatchObject({ answer: "hit", evidence: { aliasesToo: ["live"] } });
      expect(hit).not.toHaveProperty("sub");
    });

    test("a function moved to an image still has its old versions", () => {
      const { runtime, ...image } = aSubject().facts;
      const rule = functionRule(id);
      const moved = { ...image, packageType: "Image" } as const;
      const subject = { ...aSubject(), facts: moved, published: { versions: [version("3", "python3.8", "live")] } };
      expect(rule.judge(subject, contextOf(rule))).toMatchObject([{ sub: "aliases", evidence: { latestRuntime: "an image" } }]);
    });

    test("current ones are clear, and unread ones leave only findings about aliases open", () => {
      expect(judgeWith("nodejs24.x", { versions: [version("3", "nodejs24.x", "live")] })).toEqual({ answer: "clear" });
      expect(judgeWith("nodejs24.x", { versions: [], unread: "its aliases could not be read" })).toEqual([
        { answer: "unknown", why: "its aliases could not be read", sub: "*" },
      ]);
    });
  });

  test("image functions and runtimes newer than the table are clear", () => {
    const { runtime, ...image } = aSubject().facts;
    expect(judge(id, { ...aSubject(), facts: { ...image, packageType: "Image" } })).toEqual({ answer: "clear" });
    expect(judge(id, aSubject({ runtime: "nodejs99.x" }))).toEqual({ answer: "clear" });
  });

  test("from go1.x on the file is called bootstrap: runtime and handler change together, and back together", () => {
    const subject = aSubject({ runtime: "go1.x" });
    const go = { ...subject, configuration: { ...subject.configuration, runtime: "go1.x", handler: "main" } };
    const { remediation } = worded(id, go);
    expect(remediation.text).toContain("call the file to run bootstrap");
    expect(remediation.commands).toEqual([
      "aws lambda update-function-configuration --function-name orders-api --runtime provided.al2023 --handler bootstrap --region eu-west-1",
      "aws lambda update-function-configuration --function-name orders-api --runtime go1.x --handler main --region eu-west-1",
    ]);
  });

  test("what else changes with a runtime is said, and the handler stays where it may", () => {
    const { remediation } = worded(id, aSubject({ runtime: "nodejs16.x" }));
    expect(remediation.text).toContain("@aws-sdk");
    expect(remediation.commands.join()).not.toContain("--handler");
  });

  test("every date of the table is a date", () => {
    for (const [runtime, date] of Object.entries(runtimeDeprecations))
      expect(new Date(date).toISOString().slice(0, 10), runtime).toBe(date);
  });
});

describe("scan/coverage-incomplete", () => {
  const row = (more: Partial<Coverage>): Coverage => ({
    collector: "queues",
    region: "eu-west-1",
    status: "denied",
    operation: "sqs:GetQueueAttributes",
    code: "AccessDenied",
    ...more,
  });
  const judgeRow = (more: Partial<Coverage>) => coverageIncomplete.judge(row(more), contextOf(coverageIncomplete));

  test("is MEDIUM for functions and usage, LOW for the rest, and silent where a service is absent", () => {
    expect(judgeRow({ collector: "usage" })).toMatchObject({ severity: "MEDIUM" });
    expect(judgeRow({})).toMatchObject({ severity: "LOW", materialKey: "denied|sqs:GetQueueAttributes" });
    for (const more of [{ status: "complete" }, { status: "unsupported" }, { status: "disabled" }] as const) {
      expect(judgeRow(more)).toEqual({ answer: "clear" });
    }
  });

  test("says nothing of a row that another says, and does not take it for readable again", () => {
    expect(judgeRow({ follows: "functions" })).toEqual({ answer: "unknown", why: "Lambda functions could not be read, which it needs" });
  });
});

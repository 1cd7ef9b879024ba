import { describe, expect, test } from "vitest";
import type { GraphRow } from "../../shared/model/graph.ts";
import type { PublishedVersion } from "../../shared/model/published-version.ts";
import type { RegionSnapshot } from "../../shared/model/snapshot.ts";
import { timeoutOf } from "../../shared/usage/function-timeout.ts";
import { publishedVersions, runningVersion } from "../../shared/usage/published-versions.ts";
import { aConfiguration } from "../collect/a-service.ts";

const version = (number: string, timeoutSeconds: number, ...aliases: string[]): PublishedVersion => ({
  version: number,
  aliases,
  timeoutSeconds,
});

describe("the version that runs", () => {
  const running = (latest: number, versions: readonly PublishedVersion[], longestMs?: number) =>
    runningVersion({ timeoutSeconds: latest }, { versions }, longestMs);

  test("is that of the alias where its timeout is another one", () => {
    expect(running(3, [version("5", 60, "live")], 20_000)).toEqual({
      version: "5",
      aliases: ["live"],
      latestTimeoutSeconds: 3,
      timeoutSeconds: 60,
    });
    expect(running(60, [version("5", 10, "live")], 9700)).toMatchObject({ timeoutSeconds: 10 });
    expect(running(60, [version("5", 10, "live")], 10_003)).toMatchObject({ timeoutSeconds: 10 });
    expect(running(60, [version("5", 60, "live")], 9700)).toBeUndefined();
    expect(running(60, [], 9700)).toBeUndefined();
  });

  test("is the function itself where runs were longer than the alias allows: nobody calls that", () => {
    expect(running(60, [version("5", 10, "forgotten")], 20_000)).toBeUndefined();
  });

  test("cannot be told where aliases lead to several timeouts", () => {
    expect(running(60, [version("5", 10, "live"), version("6", 60, "beta")], 9000)).toBe("unclear");
  });
});

describe("published versions of a Region", () => {
  const arn = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
  const row = (name: string, details: object = {}): GraphRow => ({
    resource: { arn: arn(name), type: "AWS::Lambda::Function", name, region: "eu-west-1", details: { ...details } },
    relations: [],
  });
  const region = (items: readonly GraphRow[], status = "complete") =>
    ({
      services: { "lambda-access": { items, coverage: { collector: "lambda-access", region: "eu-west-1", status } } },
    }) as unknown as RegionSnapshot;

  test("are found by function; what was refused or left is said, and only there", () => {
    const of = publishedVersions(
      region([row("a"), row("b", { unread: ["policy", "aliases"] }), row("c", { unread: ["version 4"] })], "partial"),
    );
    expect(of(arn("a"))).toEqual({ versions: [] });
    expect(of(arn("b")).unread).toContain("aliases");
    expect(of(arn("c")).unread).toContain("version 4");
    expect(of(arn("not-read")).unread).toContain("aliases");
    expect(publishedVersions(region([]))(arn("a"))).toEqual({ versions: [] });
  });

  test("where nobody asked, the function itself is judged; where nobody could read, nothing is", () => {
    const known = {
      configuration: aConfiguration("a"),
      used: undefined,
      callerLimitOf: () => undefined,
      now: new Date("2026-11-24T00:00:00Z"),
    };
    const notAsked = publishedVersions({ services: {} } as unknown as RegionSnapshot)(arn("a"));
    expect(timeoutOf({ ...known, published: notAsked }, []).advice.verdict).toBe("insufficient-data");
    const refused = publishedVersions(region([], "denied"))(arn("a"));
    expect(timeoutOf({ ...known, published: refused }, []).advice).toEqual({
      verdict: "unknown",
      why: "its aliases could not be read",
      confidence: "low",
    });
  });
});

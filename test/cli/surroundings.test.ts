import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { didYouMean, nearest } from "../../cli/nearest.ts";
import { Progress } from "../../cli/progress.ts";
import { findDeployed } from "../../cli/stack-outputs.ts";
import { outputLook } from "../../cli/terminal.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("colours", () => {
  const red = "\u001b[31mx\u001b[39m";
  test.each([
    [{}, "x"],
    [{ FORCE_COLOR: "1" }, red],
    [{ FORCE_COLOR: "0" }, "x"],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, "x"],
  ])("with %j red is %j where the output is no terminal", (environment, painted) => {
    for (const name of ["NO_COLOR", "FORCE_COLOR"]) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect(outputLook().paint.red("x")).toBe(painted);
  });

  test("COLUMNS sets the width where the output is no terminal; without it lines are as long as they like", () => {
    vi.stubEnv("COLUMNS", undefined);
    expect(outputLook().width).toBe(Number.POSITIVE_INFINITY);
    vi.stubEnv("COLUMNS", "100");
    expect(outputLook().width).toBe(100);
  });
});

describe("progress", () => {
  test("counts Regions, functions and requests, and says how long it will take once a Region is done", () => {
    const progress = new Progress();
    expect(progress.text(1000)).toBe("finding Regions, 0 functions, 0 requests");
    progress.expect(4);
    progress.requested();
    expect(progress.text(2000)).toBe("0 of 4 Regions, 0 functions, 1 request");
    progress.regionDone(1200);
    expect(progress.text(20_000)).toBe("1 of 4 Regions, 1,200 functions, 1 request, about 1 minute left");
  });
});

describe("did you mean", () => {
  const rules = ["lambda/timeout-too-long", "lambda/timing-out", "lambda/unused-function", "scan/coverage-incomplete"];
  test.each([
    ["lambda/unsed", "lambda/unused-function"],
    ["unused-functon", "lambda/unused-function"],
    ["timing", "lambda/timing-out"],
    ["lambda/timeout-to-long", "lambda/timeout-too-long"],
    ["coverage", "scan/coverage-incomplete"],
  ])("%s: %s", (text, id) => {
    expect(nearest(text, rules)).toBe(id);
    expect(didYouMean(text, rules)).toBe(`; did you mean ${id}?`);
  });

  test.each([
    ["maybe", ["needed", "can-go", "not-mine"]],
    ["public", ["internet-anonymous", "cross-account", "internal", "none"]],
    ["F-AAAAAAAAAA", ["F-2QAA9FY7A9", "F-3KCCJQWDA2"]],
    ["anything", []],
  ])("%s is like none of %j: no guess is made", (text, known) => {
    expect(didYouMean(text, known)).toBe("");
  });
});

describe("a deployed stack", () => {
  async function withStack<T>(status: number, body: string, use: () => Promise<T>): Promise<T> {
    const server = createServer((_request, response) => response.writeHead(status, { "content-type": "text/xml" }).end(body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "x");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "x");
    try {
      return await use();
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  const stack = (...names: string[]) => {
    const outputs = names.map((name) => `<member><OutputKey>${name}</OutputKey><OutputValue>the-${name}</OutputValue></member>`).join("");
    return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  };
  const find = () => findDeployed("SmallTarget", "eu-west-1");

  test("tells table, bucket and topic", async () => {
    expect(await withStack(200, stack("TableName", "BucketName", "TopicArn", "OperationsTopicArn"), find)).toEqual({
      table: "the-TableName",
      bucket: "the-BucketName",
      topicArn: "the-TopicArn",
      alarmTopicArn: "the-OperationsTopicArn",
    });
  });

  test("of another program is told apart", async () => {
    await expect(withStack(200, stack("TableName"), find)).rejects.toThrow(/has no output BucketName: it is not a Small Target stack/);
  });

  test("that is not there is named with its Region", async () => {
    const body =
      "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id x does not exist</Message></Error></ErrorResponse>";
    await expect(withStack(400, body, find)).rejects.toThrow(/there is no stack SmallTarget in eu-west-1/);
  });
});

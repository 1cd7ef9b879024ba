import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterEach, describe, expect, test } from "vitest";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { codeOf, coverageOf, isCredentialsError, isGone, markOperation, operationOf, statusOf } from "../../shared/aws/errors.ts";
import { type Clock, factorOf, Pace } from "../../shared/aws/pace.ts";
import { forEachAtMost, pages } from "../../shared/aws/paginate.ts";
import { isReference } from "../../shared/aws/redact.ts";
import { awsError } from "../stub-account.ts";

/** Time that passes only by sleeping. */
function fakeClock(): Clock & { readonly slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}

describe("the request budget", () => {
  test("lets a burst through and then spaces requests at the service's rate, per Region", async () => {
    const clock = fakeClock();
    const pace = new Pace(clock);
    await Promise.all(Array.from({ length: 24 }, () => pace.wait("lambda:ListFunctions", "eu-west-1")));
    expect(clock.now()).toBeGreaterThanOrEqual(2000);
    expect(clock.now()).toBeLessThan(2200);
    const before = clock.now();
    await pace.wait("lambda:ListFunctions", "us-east-1");
    expect(clock.now()).toBe(before);
  });

  test("halves when throttled, never below one in two seconds, and recovers slowly", () => {
    const pace = new Pace(fakeClock());
    pace.throttled("lambda:ListFunctions", "eu-west-1");
    expect(pace.rate("lambda:ListAliases", "eu-west-1")).toBe(4);
    for (let i = 0; i < 20; i += 1) pace.throttled("lambda:ListFunctions", "eu-west-1");
    expect(pace.rate("lambda:ListFunctions", "eu-west-1")).toBe(0.5);
    for (let i = 0; i < 100; i += 1) pace.answered("lambda:ListFunctions", "eu-west-1");
    expect(pace.rate("lambda:ListFunctions", "eu-west-1")).toBe(8);
  });
});

describe("what an error of AWS means", () => {
  test.each([
    ["AccessDeniedException", "denied"],
    ["UnauthorizedOperation", "denied"],
    ["AuthorizationError", "denied"],
    ["TooManyRequestsException", "throttled"],
    ["SlowDown", "throttled"],
    ["OptInRequired", "disabled"],
    ["UnknownEndpoint", "unsupported"],
    ["InternalServerError", "failed"],
    ["SyntaxError", "failed"],
  ])("%s is %s", (code, status) => {
    expect(statusOf(awsError(code))).toBe(status);
  });

  test("credentials, gone resources and errors without a name are told apart", () => {
    expect(isCredentialsError(awsError("ExpiredTokenException"))).toBe(true);
    expect(isCredentialsError(awsError("AccessDenied"))).toBe(false);
    expect(isGone(awsError("NoSuchEntityException"))).toBe(true);
    expect(codeOf(Object.assign(new Error("x"), { code: "ENOTFOUND" }))).toBe("ENOTFOUND");
    expect(codeOf("not an error")).toBe("Unknown");
  });

  test("a row of coverage is partial when something was read, and its message is one clean line", () => {
    const error = awsError("ThrottlingException", "slow\ndown\u001b[31m");
    markOperation(error, "lambda:ListFunctions");
    expect(coverageOf("functions", "eu-west-1", error, 50)).toEqual({
      collector: "functions",
      region: "eu-west-1",
      status: "partial",
      operation: "lambda:ListFunctions",
      code: "ThrottlingException",
      message: "slow down",
      resources: 50,
    });
    expect(coverageOf("functions", "eu-west-1", error, 0).status).toBe("throttled");
  });
});

describe("pages", () => {
  test("ends with the last page and refuses a token that comes twice", async () => {
    const numbers: number[] = [];
    const list = pages(
      async (token) => ({ n: Number(token ?? 0), next: token === "2" ? "" : String(Number(token ?? 0) + 1) }),
      (page) => page.next,
    );
    for await (const page of list) numbers.push(page.n);
    expect(numbers).toEqual([0, 1, 2]);
    const stuck = pages(
      async () => ({ next: "same" }),
      (page) => page.next,
    );
    await expect(Array.fromAsync(stuck)).rejects.toThrow(/same page token twice/);
  });

  test("works on at most so many at once and stops at the first failure", async () => {
    let running = 0;
    let most = 0;
    await forEachAtMost([1, 2, 3, 4, 5], 2, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((done) => setTimeout(done, 1));
      running -= 1;
    });
    expect(most).toBe(2);
    await expect(forEachAtMost([1, 2], 1, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});

describe("references in environment variables", () => {
  test.each([
    "arn:aws:sqs:eu-west-1:111122223333:orders",
    "https://sqs.eu-west-1.amazonaws.com/111122223333/orders",
    "https://abc.lambda-url.eu-west-1.on.aws/",
  ])("%s is kept", (value) => {
    expect(isReference(value)).toBe(true);
  });

  test.each([
    "hunter2",
    "https://user:pass@sqs.eu-west-1.amazonaws.com/q",
    "https://sqs.eu-west-1.amazonaws.com/q?X-Amz-Signature=abc",
    "https://hooks.slack.com/services/T0/B0/secret",
    "arn:aws:sqs:eu-west-1:111122223333:q with spaces and more",
    "postgres://user:pass@host/db",
    "",
  ])("%j is dropped", (value) => {
    expect(isReference(value)).toBe(false);
  });
});

describe("clients", () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
    delete process.env.AWS_ENDPOINT_URL;
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
  });

  test("count every attempt, slow down when throttled, and name the operation of what fails in the end", async () => {
    let requests = 0;
    server = createServer((_request, response) => {
      requests += 1;
      const status = requests < 3 ? 429 : requests === 3 ? 200 : 403;
      response.writeHead(status, {
        "content-type": "application/json",
        "x-amzn-errortype": status === 429 ? "TooManyRequestsException" : "AccessDeniedException",
      });
      response.end(status === 200 ? '{"Functions":[]}' : '{"message":"on purpose"}');
    });
    await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "x",
      AWS_SECRET_ACCESS_KEY: "x",
    });
    const calls = new CallCount();
    const pace = new Pace();
    const lambda = createClients({ pace, calls }).lambda("eu-west-1");
    await lambda.send(new ListFunctionsCommand({}));
    expect(calls.byOperation).toEqual({ "lambda:ListFunctions": 3 });
    expect(pace.rate("lambda:ListFunctions", "eu-west-1")).toBeLessThan(8);
    const refused = await lambda.send(new ListFunctionsCommand({})).catch((error: unknown) => error);
    expect(operationOf(refused)).toBe("lambda:ListFunctions");
    expect(statusOf(refused)).toBe("denied");
  });
});

describe("an emulator on this machine", () => {
  test.each([
    ["http://127.0.0.1:5000", 20],
    ["http://localhost:4566", 20],
    ["https://lambda.eu-west-1.amazonaws.com", 1],
    ["http://localhost.example.com", 1],
    ["nonsense", 1],
    [undefined, 1],
  ])("%s is asked %i times as fast as AWS", (url, factor) => {
    expect(factorOf(url)).toBe(factor);
    expect(new Pace(fakeClock(), { factor: factorOf(url) }).rate("lambda:ListFunctions", "eu-west-1")).toBe(8 * factor);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { failureOf } from "../../cli/failure.ts";
import type { Call } from "../../shared/aws/client-options.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { benchAccount } from "../bench/bench-account.ts";
import { awsError, StubAccount } from "../stub-account.ts";

const start = new Date("2026-11-24T03:00:00Z");
let stub: StubAccount;
let dog: TestWatchdog;
let days = 0;

beforeAll(async () => {
  stub = new StubAccount({ ...benchAccount(40, start), regions: ["af-south-1", "ap-east-1", "eu-west-1", "me-south-1"] });
  dog = await aWatchdog(stub);
  await dog.scan();
});
afterAll(() => dog.close());
beforeEach(() => {
  days += 1;
  stub.data.now = new Date(start.getTime() + days * 86_400_000);
});

const aboutCoverage = async (fault: (call: Call) => Error | undefined) => {
  stub.fault = fault;
  const { document } = await dog.scan();
  return document.findings.filter(({ rule, status }) => rule === "scan/coverage-incomplete" && status !== "RESOLVED");
};
const inRegion =
  (...regions: string[]) =>
  ({ region, operation }: Call) =>
    regions.includes(region) && !operation.startsWith("sts:");

describe("Regions that a service control policy closes", () => {
  const closed = inRegion("ap-east-1", "me-south-1");
  const refusal =
    "User: arn:aws:sts::111122223333:assumed-role/scan/x is not authorized to perform: lambda:ListFunctions with an explicit deny in a service control policy";
  const close = (call: Call) => (closed(call) ? awsError("AccessDeniedException", refusal) : undefined);

  it("are one finding, which names them and says how to name the others", async () => {
    const findings = await aboutCoverage(close);
    expect(findings.map(({ title }) => title)).toEqual(["2 Regions are closed by a service control policy: ap-east-1, me-south-1"]);
    expect(findings[0]?.remediation.text).toContain("smalltarget.json");
  });

  it("keep that finding's name when another Region is closed", async () => {
    const [before] = await aboutCoverage(close);
    const [after, ...more] = await aboutCoverage((call) =>
      inRegion("af-south-1", "ap-east-1", "me-south-1")(call) ? awsError("AccessDenied", refusal) : undefined,
    );
    expect(more).toEqual([]);
    expect(after?.id).toBe(before?.id);
  });
});

describe("a Region that refuses a token which is good elsewhere", () => {
  it("is one finding", async () => {
    const findings = await aboutCoverage((call) => (inRegion("me-south-1")(call) ? awsError("UnrecognizedClientException") : undefined));
    expect(findings.map(({ title }) => title)).toEqual([
      "Lambda functions in me-south-1 could not be read (lambda:ListFunctions: UnrecognizedClientException)",
    ]);
  });
});

describe("credentials that end in the middle of a scan", () => {
  it.each(["ExpiredTokenException", "ExpiredToken", "RequestExpired", "RequestTimeTooSkewed"])("%s: nothing is concluded", async (code) => {
    stub.fault = () => undefined;
    await dog.scan();
    const before = await dog.store.findings("111122223333", ["ap-east-1", "eu-west-1", "me-south-1", "global"]);
    stub.data.now = new Date(stub.data.now.getTime() + 3_600_000);
    let asked = 0;
    stub.fault = ({ operation }) => {
      asked += 1;
      return asked > 30 && !operation.startsWith("sts:") ? awsError(code) : undefined;
    };
    const error = await dog.scan().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(failureOf(error)).toMatchObject({ exitCode: 3, line: expect.stringContaining(code) });
    expect(await dog.store.findings("111122223333", ["ap-east-1", "eu-west-1", "me-south-1", "global"])).toEqual(before);
    expect((await dog.store.scans("111122223333", 1))[0]).toMatchObject({ outcome: "failed" });
  });

  it("and are refused by STS as well, end it too", async () => {
    let asked = 0;
    stub.fault = () => {
      asked += 1;
      return asked > 30 ? awsError("InvalidClientTokenId") : undefined;
    };
    await expect(dog.scan()).rejects.toThrow(expect.objectContaining({ name: "InvalidClientTokenId" }));
  });
});

describe("a service that a Region does not have", () => {
  const noHost = () => awsError("ENOTFOUND", "getaddrinfo ENOTFOUND iot.me-south-1.amazonaws.com");

  it("is nothing to look at, where Lambda answers there", async () => {
    const findings = await aboutCoverage(({ operation, region }) =>
      operation.startsWith("iot:") && region === "me-south-1" ? noHost() : undefined,
    );
    expect(findings).toEqual([]);
  });

  it("is not known to be missing, where nothing answers", async () => {
    const findings = await aboutCoverage((call) => (inRegion("me-south-1")(call) ? noHost() : undefined));
    expect(findings.map(({ title }) => title)).toEqual([
      "Lambda functions in me-south-1 could not be read (lambda:ListFunctions: ENOTFOUND)",
    ]);
  });
});

import { afterEach, describe, expect, test } from "vitest";
import type { Call } from "../../shared/aws/client-options.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { awsError, denying, type Fault, StubAccount, type StubData } from "../stub-account.ts";

const now = new Date("2026-11-24T03:00:00Z");
const queue = (name: string, region: string) => `arn:aws:sqs:${region}:111122223333:${name}`;
const tagged = (ResourceARN: string, Key: string, Value: string) => ({ ResourceARN, Tags: [{ Key, Value }] });
/** Messages have waited in the dead-letter queue: a finding about a queue. */
const attributes = (call: Call) => {
  const name = String(call.input.QueueUrl).split("/").at(-1);
  return {
    Attributes:
      name === "dead"
        ? { ApproximateNumberOfMessages: "7" }
        : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queue("dead", call.region) }) },
  };
};
const answers: StubData["answers"] = {
  "sqs:ListQueues": ({ region }) => ({
    QueueUrls: ["work", "dead"].map((name) => `https://sqs.${region}.amazonaws.com/111122223333/${name}`),
  }),
  "sqs:GetQueueAttributes": attributes,
  "tag:GetResources": ({ region }) => ({
    ResourceTagMappingList:
      region === "us-east-1"
        ? [tagged(queue("dead", region), "smalltarget:ignore", "known"), tagged(queue("work", region), "team", "core")]
        : [],
  }),
};

let open: TestWatchdog | undefined;
afterEach(() => open?.close());

async function scan(data: Partial<StubData> = {}, { fault, regions = [] }: { fault?: Fault; regions?: readonly string[] } = {}) {
  const stub = new StubAccount({ now, regions: ["eu-west-1", "us-east-1"], functions: [], answers, ...data });
  if (fault) stub.fault = fault;
  open = await aWatchdog(stub);
  const { document } = await open.scan({ regions });
  return { document, stub };
}

describe("tags of a Region", () => {
  test.each([
    ["without functions", undefined],
    ["whose functions are refused", denying(/ListFunctions/, /us-east-1/)],
  ])("%s are read: owners are known, and what is to be ignored is ignored", async (_what, fault) => {
    const { document } = await scan({}, fault ? { fault } : {});
    expect(document.resources.find(({ arn }) => arn === queue("work", "us-east-1"))?.owner.team).toBe("core");
    const found = document.findings.filter(({ rule }) => rule === "sqs/dead-letter-queue-filling").map(({ resource }) => resource.region);
    expect(found).toEqual(["eu-west-1"]);
  });

  test("that are refused are said to be, also where there are no functions", async () => {
    const { document } = await scan({}, { fault: denying(/tag:GetResources/, /us-east-1/) });
    expect(document.coverage.find(({ collector, region }) => collector === "tags" && region === "us-east-1")?.status).toBe("denied");
  });
});

describe("what is account-wide", () => {
  const buckets: StubData["answers"] = {
    "s3:ListBuckets": () => ({ Buckets: [{ Name: "photos", BucketRegion: "us-east-1" }] }),
    "s3:GetBucketAcl": () => ({ Owner: { ID: "us" }, Grants: [] }),
    "tag:GetResources": ({ region }) => ({
      ResourceTagMappingList: region === "us-east-1" ? [tagged("arn:aws:s3:::photos", "team", "core")] : [],
    }),
  };

  test("belongs to a scan of one Region, with the tags of buckets elsewhere", async () => {
    const { document, stub } = await scan({ answers: buckets }, { regions: ["eu-west-1"] });
    expect(document.coverage.filter(({ region }) => region === "global").map(({ collector }) => collector)).toContain("s3");
    expect(document.resources.find(({ arn }) => arn === "arn:aws:s3:::photos")?.owner.team).toBe("core");
    expect(stub.calls["iam:GetAccountAuthorizationDetails"]).toBe(1);
  });

  test("says where the tags of buckets elsewhere are refused", async () => {
    const fault: Fault = ({ operation, region }) =>
      operation === "tag:GetResources" && region === "us-east-1" ? awsError("AccessDeniedException") : undefined;
    const { document } = await scan({ answers: buckets }, { regions: ["eu-west-1"], fault });
    expect(document.coverage.find(({ collector, region }) => collector === "tags" && region === "global")?.status).toBe("denied");
  });
});

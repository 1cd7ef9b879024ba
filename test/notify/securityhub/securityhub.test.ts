import type { AwsSecurityFinding } from "@aws-sdk/client-securityhub";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { asff } from "../../../shared/asff/asff.ts";
import { createOwnClients } from "../../../shared/aws/own-clients.ts";
import type { PendingFinding } from "../../../shared/model/finding.ts";
import { toldNow } from "../../../shared/model/outbox.ts";
import { accountResource } from "../../../shared/model/resource.ts";
import { type Channel, DeliveryError } from "../../../shared/notify/channel.ts";
import type { ChannelMeans } from "../../../shared/notify/channel-kind.ts";
import { kind, type SecurityHubOptions } from "../../../shared/notify/kinds/securityhub.ts";
import { composeMessage } from "../../../shared/notify/message.ts";
import { account, aFinding, hostileName, now, numbers } from "../a-finding.ts";
import "../without-aws-environment.ts";
import { Hubs } from "./a-hub.ts";

let hubs: Hubs;
beforeEach(async () => {
  hubs = await Hubs.open();
});
afterEach(() => hubs.close());

function channel(options: SecurityHubOptions = {}): Channel {
  const refuse = () => Promise.reject(new Error("no HTTP and no secret is needed"));
  const means: ChannelMeans = {
    secret: refuse,
    request: refuse,
    clients: { ...createOwnClients("eu-west-1"), securityhub: async (region: string) => hubs.client(region) },
    account,
    partition: "aws",
    region: "eu-west-1",
    now: () => now,
  };
  return kind.open("hub", options, means);
}

const send = (findings: readonly PendingFinding[], options?: SecurityHubOptions) =>
  channel(options).send(composeMessage("digest", findings, account), []);

/** In another Region, or in none. */
const elsewhere = (number: number, region: string) => {
  const { resource } = aFinding(number);
  return aFinding(number, { resource: region === "global" ? accountResource("aws", account) : { ...resource, region } });
};

const id = (number: number) => `smalltarget/F-${String(number).padStart(10, "0")}`;

describe("findings in Security Hub", () => {
  it("are what the SDK takes, each in the hub of its Region, account-wide ones in that of the stack", async () => {
    const typed: AwsSecurityFinding = asff(aFinding(1), { partition: "aws", account, region: "eu-west-1" });
    const { accepted } = await send([aFinding(1), elsewhere(2, "us-east-1"), elsewhere(3, "global")]);
    expect(accepted).toHaveLength(3);
    expect(Object.keys(hubs.in("eu-west-1"))).toEqual([id(1), id(3)]);
    expect(Object.keys(hubs.in("us-east-1"))).toEqual([id(2)]);
    expect(hubs.in("eu-west-1")[id(1)]?.finding).toEqual({ ...JSON.parse(JSON.stringify(typed)), UpdatedAt: now.toISOString() });
  });

  it("all go into one hub where the settings name its Region", async () => {
    await send([aFinding(1), elsewhere(2, "us-east-1"), elsewhere(3, "global")], { region: "us-east-1" });
    expect(Object.keys(hubs.in("us-east-1"))).toHaveLength(3);
    expect(hubs.requests).toEqual(["import us-east-1 3"]);
  });

  it("come in batches of at most a hundred, and wait for no digest", async () => {
    const { accepted } = await send(numbers(250).map((number) => aFinding(number)));
    expect(accepted).toHaveLength(250);
    expect(hubs.requests).toEqual(["import eu-west-1 100", "import eu-west-1 100", "import eu-west-1 50"]);
    expect(channel().limits).toMatchObject({ singlesPerHour: 0, digestHours: 0 });
  });

  it("are archived when they are resolved, and the same again when they are sent again", async () => {
    await send([aFinding(1)]);
    const resolved = aFinding(1, { status: "RESOLVED", changedAt: "2026-11-25T03:00:00.000Z", pending: { transition: "resolved" } });
    await send([resolved]);
    const first = hubs.in("eu-west-1")[id(1)]?.finding;
    expect(first).toMatchObject({ RecordState: "ARCHIVED", UpdatedAt: "2026-11-25T03:00:00.000Z", CreatedAt: "2026-11-20T03:00:00.000Z" });
    await send([resolved]);
    expect(hubs.in("eu-west-1")[id(1)]?.finding).toEqual(first);
  });

  it("are archived when they are no longer this channel's, and there again when they are", async () => {
    await send([aFinding(1)]);
    await send([aFinding(1, { pending: { transition: "resolved", left: true } })]);
    expect(hubs.in("eu-west-1")[id(1)]?.finding.RecordState).toBe("ARCHIVED");
    await send([aFinding(1, { pending: { transition: "reopened" } })]);
    expect(hubs.in("eu-west-1")[id(1)]?.finding.RecordState).toBe("ACTIVE");
  });

  it("that the hub refuses stay pending, and only they, with its words", async () => {
    hubs.refused.add(id(2));
    const { accepted, why } = await send([aFinding(1), aFinding(2), aFinding(3)]);
    expect(accepted).toEqual(["F-0000000001", "F-0000000003"]);
    expect(why).toBe(
      `${id(2)} was not taken by Security Hub in eu-west-1 (InvalidInput: Finding does not adhere to Amazon Finding Format)`,
    );
  });

  it("with names nobody should have are taken", async () => {
    const long = `${hostileName}${"\u65e5".repeat(400)}`;
    const hostile = aFinding(1, { name: long, team: long, title: long, evidence: { [long]: [long, long] } });
    expect((await send([hostile])).accepted).toEqual(["F-0000000001"]);
  });

  it("in a Region without a hub stay pending, and what to do is said; the other Regions are told", async () => {
    hubs.enabled.delete("us-east-1");
    const { accepted, why } = await send([elsewhere(2, "us-east-1"), aFinding(1)]);
    expect(accepted).toEqual(["F-0000000001"]);
    expect(why).toMatch(
      /^securityhub:BatchImportFindings in us-east-1: Security Hub CSPM is not enabled there in account 111122223333: enable it with aws securityhub enable-security-hub --no-enable-default-standards --region us-east-1, or name the one Region/,
    );
  });

  it("are joined by an archived sample when somebody tries the channel", async () => {
    const message = { ...composeMessage("digest", [aFinding(1)], account), findings: [], findingIds: [], test: true as const };
    const { notes } = await channel().send(message, []);
    expect(notes).toEqual(["a sample, already archived, is in Security Hub in eu-west-1: smalltarget/test"]);
    expect(hubs.in("eu-west-1")["smalltarget/test"]?.finding).toMatchObject({ Sample: true, RecordState: "ARCHIVED" });
    hubs.refused.add("smalltarget/test");
    await expect(channel().send(message, [])).rejects.toThrow("smalltarget/test was not taken");
  });

  it.each([
    ["AccessDeniedException", /refused: allow securityhub:BatchImportFindings to this role/, true],
    ["UnrecognizedClientException", /did not accept the credentials/, true],
    ["TooManyRequestsException", /takes no more for now; the next scan tries again/, false],
    ["InternalException", /the next scan tries again/, false],
  ])("meeting %s say what to do next", async (code, words, permanent) => {
    hubs.errors.push(code);
    const error = await send([aFinding(1)]).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DeliveryError);
    expect((error as DeliveryError).message).toMatch(words);
    expect((error as DeliveryError).permanent).toBe(permanent);
  });
});

const decision = {
  ack: "A-0000000001",
  scope: "finding",
  reason: "accepted-risk",
  comment: "batch job, it ends by itself",
  until: "2027-01-24T00:00:00.000Z",
  alsoUntil: "worse",
  by: "arn:aws:sts::111122223333:assumed-role/dev/anna",
  at: "2026-11-24T05:00:00.000Z",
  severity: "HIGH",
  evidenceDigest: "x",
} as const;

describe("decisions about findings", () => {
  const held = (number: number) =>
    aFinding(number, { status: "SUPPRESSED", acknowledged: decision, version: 2, pending: { transition: "suppressed" } });

  it("suppress them in the hub, with who, why and until when", async () => {
    await send([aFinding(1), aFinding(2)]);
    const { accepted } = await send([held(1)]);
    expect(accepted).toEqual(["F-0000000001"]);
    expect(hubs.in("eu-west-1")[id(1)]).toMatchObject({
      workflow: "SUPPRESSED",
      note: {
        Text: "Accepted until 2027-01-24: accepted-risk, batch job, it ends by itself",
        UpdatedBy: "Small Target, for arn:aws:sts::111122223333:assumed-role/dev/anna",
      },
    });
    expect(hubs.in("eu-west-1")[id(2)]).toMatchObject({ workflow: "NEW", note: undefined });
  });

  it("that the hub never heard of before suppress what is new there", async () => {
    await send([held(1)]);
    expect(hubs.in("eu-west-1")[id(1)]?.workflow).toBe("SUPPRESSED");
  });

  it("make them new again when they end, and leave alone what people did with the others", async () => {
    await send([aFinding(1), aFinding(2)]);
    await send([held(1)]);
    const other = hubs.findings.get(`eu-west-1 ${id(2)}`);
    if (other) other.workflow = "NOTIFIED";
    const before = { ...toldNow(held(1), "M-1"), status: "suppressed" as const };
    const again = aFinding(1, {
      told: { hub: before },
      released: { ack: decision.ack, why: "expired", at: "2027-01-24T00:00:00.000Z", version: 3 },
      pending: { transition: "reopened" },
    });
    await send([again, aFinding(2, { severity: "CRITICAL", pending: { transition: "changed" } })]);
    expect(hubs.in("eu-west-1")[id(1)]).toMatchObject({
      workflow: "NEW",
      note: { Text: "The decision about it ended on 2026-11-24 (expired): it is open again", UpdatedBy: "Small Target" },
    });
    expect(hubs.in("eu-west-1")[id(2)]?.workflow).toBe("NOTIFIED");
  });

  it("that could not be mirrored stay pending", async () => {
    await send([aFinding(1)]);
    const late = held(1);
    hubs.refused.add(id(1));
    expect((await send([late])).accepted).toEqual([]);
  });

  it("that may not be mirrored keep nothing else back, and are tried again", async () => {
    hubs.updatesRefusedAs = "AccessDeniedException";
    const { accepted, why } = await send([aFinding(1), held(2)]);
    expect(accepted).toEqual(["F-0000000001"]);
    expect(why).toMatch(/^securityhub:BatchUpdateFindings in eu-west-1: refused: allow/);
    hubs.updatesRefusedAs = undefined;
    expect((await send([held(2)])).accepted).toEqual(["F-0000000002"]);
    expect(hubs.in("eu-west-1")[id(2)]?.workflow).toBe("SUPPRESSED");
  });

  it("share a request where they are the same, a hundred findings at a time", async () => {
    hubs.requests.length = 0;
    await send(numbers(150).map(held));
    expect(hubs.requests.filter((line) => line.startsWith("update"))).toEqual(["update eu-west-1 100", "update eu-west-1 50"]);
  });
});

// Findings in Security Hub, on the emulator.
import { EnableSecurityHubCommand, GetFindingsCommand } from "@aws-sdk/client-securityhub";
import { describe, expect, test } from "vitest";
import { createOwnClients } from "../../shared/aws/own-clients.ts";
import { kind } from "../../shared/notify/kinds/securityhub.ts";
import { composeMessage } from "../../shared/notify/message.ts";
import { account, aFinding, now } from "../notify/a-finding.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";

const moto = await motoForThisFile("Security Hub against an emulator of AWS");

describe.runIf(moto)("a channel to Security Hub", () => {
  test("brings findings in, and archives them when they are over", async () => {
    const clients = createOwnClients("eu-west-1");
    const hub = await clients.securityhub("eu-west-1");
    await hub.send(new EnableSecurityHubCommand({}));
    const refuse = () => Promise.reject(new Error("no HTTP and no secret is needed"));
    const means = { secret: refuse, request: refuse, clients, account, partition: "aws", region: "eu-west-1", now: () => now };
    const channel = kind.open("hub", {}, means);
    const send = (...findings: Parameters<typeof composeMessage>[1][number][]) =>
      channel.send(composeMessage("digest", findings, account), []);
    expect((await send(aFinding(1), aFinding(2))).accepted).toHaveLength(2);
    await send(aFinding(2, { status: "RESOLVED", changedAt: "2026-11-25T03:00:00.000Z", pending: { transition: "resolved" } }));
    const { Findings = [] } = await hub.send(new GetFindingsCommand({}));
    expect(Findings.map(({ Id, RecordState, AwsAccountId }) => [Id, RecordState, AwsAccountId])).toEqual([
      ["smalltarget/F-0000000001", "ACTIVE", account],
      ["smalltarget/F-0000000002", "ARCHIVED", account],
    ]);
  });
});

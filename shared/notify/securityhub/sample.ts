/** A finding by which a person sees that the hub takes findings from here. */
import type { SecurityHubClient } from "@aws-sdk/client-securityhub";
import { asff, type Hub } from "../../asff/asff.ts";
import { accountResource } from "../../model/resource.ts";
import { DeliveryError } from "../channel.ts";
import { importBatch } from "./hub.ts";

export const sampleId = "smalltarget/test";

/** @throws DeliveryError */
export async function importSample(client: SecurityHubClient, hub: Hub, now: Date): Promise<void> {
  const failures = new Map<string, string>();
  const at = now.toISOString();
  const finding = asff(
    {
      id: "test",
      rule: "test",
      severity: "INFORMATIONAL",
      status: "RESOLVED",
      confidence: "high",
      resource: accountResource(hub.partition, hub.account),
      title: "Small Target tries this channel: nothing has happened",
      evidence: {},
      remediation: { text: "Nothing is to be done.", commands: [] },
      owner: {},
      firstSeenAt: at,
      changedAt: at,
      references: [],
    },
    hub,
  );
  await importBatch(client, hub, [{ ...finding, Sample: true }], failures);
  const [why] = failures.values();
  if (why !== undefined) throw new DeliveryError(why, true);
}

/** A finding as an item of the table: natural attributes that a person can read, beside the composed keys. */
import type { StoredFinding } from "../model/finding.ts";
import type { ResourceRef } from "../model/resource.ts";
import { fitFinding } from "./fit-finding.ts";
import { findingIndexKeys, findingKey } from "./keys.ts";
import type { Item } from "./migrations.ts";
import { currentSchemaVersion } from "./migrations.ts";

const keptDays = 400;

/** Epoch seconds, 400 days after `time` (ISO 8601): when DynamoDB may delete the item. */
export function expiryOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000) + keptDays * 86_400;
}

/** The finding as an item. Only resolved ones expire. */
export function toFindingItem(stored: StoredFinding): Item {
  const finding = fitFinding(stored);
  const { resource, owner, ...facts } = finding;
  return {
    ...findingKey(finding),
    kind: "finding",
    schemaVersion: currentSchemaVersion,
    ...facts,
    ...findingIndexKeys(finding),
    resourceArn: resource.arn,
    resourceType: resource.type,
    resourceName: resource.name,
    account: resource.account,
    region: resource.region,
    env: owner.env,
    ownerSource: owner.source,
    ...(finding.status === "RESOLVED" ? { expiresAt: expiryOf(finding.resolvedAt ?? finding.changedAt) } : {}),
  };
}

/** The finding in an item of kind `finding`. Throws when the item was damaged. */
export function fromFindingItem(item: Item): StoredFinding {
  for (const name of ["id", "rule", "severity", "status", "resourceArn", "changedAt", "materialKey"]) {
    if (typeof item[name] !== "string") {
      throw new Error(
        `The finding ${item.pk} ${item.sk} has no ${name}: somebody changed the item. Delete it; the next scan writes it again.`,
      );
    }
  }
  const { pk, sk, kind, schemaVersion, state, day, ruleOrder, ownerOrder, expiresAt, ...natural } = item;
  const { resourceArn, resourceType, resourceName, account, region, team, env, ownerSource, ...facts } = natural;
  const resource = { arn: resourceArn, type: resourceType, name: resourceName, account, region } as ResourceRef;
  const owner = present({ team, env, source: ownerSource });
  return { ...facts, resource, owner } as unknown as StoredFinding;
}

function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

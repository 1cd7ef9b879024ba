import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { LocalTable, localTableName } from "../../shared/store/local-table.ts";
import { openTable } from "../../shared/store/table.ts";

test("owners that a person set are kept per account, replaced and taken back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-"));
  const table = await LocalTable.open(folder);
  try {
    await openTable(table.client, localTableName, { create: true });
    const store = new DynamodbStore(table.client, localTableName);
    await store.setOwner("111122223333", "arn:a", "payments");
    await store.setOwner("111122223333", "arn:a", "core");
    await store.setOwner("111122223333", "arn:b", "shop");
    await store.setOwner("444455556666", "arn:a", "other");
    await store.setOwner("111122223333", "arn:b", undefined);
    expect(await store.ownerOverrides("111122223333")).toEqual(new Map([["arn:a", "core"]]));
    // an owner is no finding: it must not show up among the team's findings
    expect(await store.findingsOfTeam("core")).toEqual([]);
  } finally {
    await table.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

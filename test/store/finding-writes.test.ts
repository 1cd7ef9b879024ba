import { expect, test } from "vitest";
import { account, region } from "./account.ts";
import { connectionReset, refused, withFault } from "./faults.ts";
import { aFinding, aStore, remember } from "./remembered.ts";

test("of many writes the ones in conflict are reported, and the others are written", async () => {
  const { store } = await aStore();
  const ours = Array.from({ length: 30 }, (_, i) => aFinding({ name: `fn-${i}` }));
  await remember(store, ...ours.slice(0, 10));
  await store.saveFindings([{ finding: aFinding({ name: "fn-3", title: "theirs", version: 2 }), previousVersion: 1 }]);

  const writes = ours.map((finding, i) =>
    i < 10 ? { finding: { ...finding, title: "ours", version: 2 }, previousVersion: 1 } : { finding, previousVersion: undefined },
  );
  const alsoThere = { finding: aFinding({ name: "fn-4", title: "new?" }), previousVersion: undefined };
  const conflicts = await store.saveFindings([...writes, alsoThere]);

  expect(conflicts).toEqual([writes[3], alsoThere]);
  const stored = await store.findings(account, [region]);
  expect(stored).toHaveLength(30);
  expect(stored.filter(({ title }) => title === "ours")).toHaveLength(9);
  expect(stored.find(({ resource }) => resource.name === "fn-3")?.title).toBe("theirs");
});

test("two scans that write the same finding at once: one wins, the other is told", async () => {
  const { store } = await aStore();
  await remember(store, aFinding());
  const write = (title: string) => ({ finding: aFinding({ title, version: 2 }), previousVersion: 1 });
  const conflicts = await Promise.all([store.saveFindings([write("a")]), store.saveFindings([write("b")])]);
  expect(conflicts.flat()).toHaveLength(1);
});

test("a version that does not follow the one before is a mistake of the caller", async () => {
  const { store } = await aStore();
  await expect(store.saveFindings([{ finding: aFinding({ version: 4 }), previousVersion: 4 }])).rejects.toThrow(
    /version 4, which does not follow 4/,
  );
});

test("a write whose answer was lost is no conflict with itself", async () => {
  const { store, client } = await aStore();
  withFault(client, "PutItemCommand", async (send, count) => {
    const answer = await send();
    if (count === 1) throw connectionReset();
    return answer;
  });
  await remember(store, aFinding());
  expect(await store.findingById(aFinding().id)).toEqual(aFinding());
});

test("a retried write that meets somebody else's item is a conflict", async () => {
  const { store, client } = await aStore();
  await remember(store, aFinding({ title: "theirs" }));
  withFault(client, "PutItemCommand", async (send, count) => {
    if (count === 1) throw connectionReset();
    return await send();
  });
  expect(await store.saveFindings([{ finding: aFinding(), previousVersion: undefined }])).toHaveLength(1);
});

test("when one write fails the others are written, and the error says how many are missing", async () => {
  const { store, client } = await aStore();
  withFault(client, "PutItemCommand", async (send, count) => {
    if (count === 2) throw refused();
    return await send();
  });
  const findings = Array.from({ length: 20 }, (_, i) => aFinding({ name: `fn-${i}` }));
  await expect(remember(store, ...findings)).rejects.toThrow(
    /^1 of 20 findings could not be written to table "smalltarget" \(AccessDeniedException/,
  );
  expect(await store.findings(account, [region])).toHaveLength(19);
  // the next scan writes what is missing
  const conflicts = await store.saveFindings(findings.map((finding) => ({ finding, previousVersion: undefined })));
  expect(conflicts).toHaveLength(19);
  expect(await store.findings(account, [region])).toHaveLength(20);
});

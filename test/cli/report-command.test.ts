import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../cli/open-store.ts";
import { packDays } from "../../shared/usage/daily-ring.ts";
import { arns } from "../an-account.ts";
import { aDocumentFinding } from "../build.ts";
import { aPageDocument, type Inside, partsIn } from "../page-file/a-page.ts";
import { storeScan } from "./a-stored-scan.ts";
import { aFolder, smalltarget } from "./run-command.ts";

const folder = aFolder();
let store = "";

const last = aPageDocument();
/** A week before: one finding that is gone now, and none of those of now. */
const earlier = aPageDocument({
  scan: { ...last.scan, id: "2026-11-17T06-00-00Z-abcdef", startedAt: "2026-11-17T06:00:00.000Z" },
  findings: [aDocumentFinding({ id: "F-0000000007", title: "what is mended since" })],
});

beforeAll(async () => {
  await storeScan(folder.path, earlier);
  store = await storeScan(folder.path, last);
  const kept = await openStore({ store }, "scan");
  const table = await kept.table();
  const [one] = await table.scans(last.scan.account, 5);
  const numbers = {
    openBySeverity: { CRITICAL: 0, HIGH: 1, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0 },
    reachable: 9,
    unused: 0,
    overPrivileged: 0,
    vulnerable: null,
  };
  await table.saveScan({
    ...(one as NonNullable<typeof one>),
    id: earlier.scan.id,
    startedAt: earlier.scan.startedAt,
    documentKey: `scans/${earlier.scan.id}.json.gz`,
    numbers,
  });
  const entry = {
    arn: arns.orders,
    name: "orders-api",
    region: "eu-west-1",
    firstSeenAt: "2026-01-01T00:00:00.000Z",
    days: packDays([{ day: 20_781, samples: 7, maxMs: 300, errors: 0 }]),
    regimeHash: "",
    regimeSinceDay: 0,
    timeouts: [],
  };
  await table.saveLedger(last.scan.account, "eu-west-1", [entry], undefined);
  await kept.close();
});
afterAll(() => folder.remove());

const report = (...args: string[]) => smalltarget(["report", "--store", store, ...args], { cwd: folder.path });

function inside(name: string): Inside {
  return partsIn(readFileSync(join(folder.path, name), "utf8"));
}

describe("smalltarget report", () => {
  test("writes one file, and says where and how large it is", async () => {
    const { code, out, err } = await report();
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toMatch(/written to report\.html \(0\.\d MB\): open it in a browser; it asks nothing of the network/);
    const { functions, roles, days } = inside("report.html");
    expect(functions).toHaveLength(last.functions.length);
    expect(roles).toHaveLength(last.roles?.length ?? -1);
    expect(days[functions.findIndex(({ arn }) => arn === arns.orders)]).toBeTruthy();
  });

  test("compares with the scan before, and draws the numbers of kept scans", async () => {
    await report("--out", "one.html");
    const changes = inside("one.html").account[0]?.changes;
    expect(changes?.since?.id).toBe(earlier.scan.id);
    expect(changes?.cleared.map(({ title }) => title)).toEqual(["what is mended since"]);
    expect(readFileSync(join(folder.path, "one.html"), "utf8")).toMatch(/aria-label="[\d,]+ on 17 Nov 2026, [\d,]+ on 24 Nov 2026"/);
  });

  test("compares with a scan that is named by how its id begins", async () => {
    await report("--out", "since.html", "--since", "2026-11-17");
    expect(inside("since.html").account[0]?.changes.since?.id).toBe(earlier.scan.id);
  });

  test("of a scan that there is not, it says which there are, and writes nothing", async () => {
    const { code, err } = await report("--out", "none.html", "--since", "2026-01-01");
    expect(code).toBe(2);
    expect(err).toContain(
      "--since 2026-01-01: the store knows no such scan before the last one; did you mean 2026-11-17T06-00-00Z-abcdef?",
    );
    expect(readdirSync(folder.path)).not.toContain("none.html");
  });

  test("replaces a file whole, or leaves it as it was", async () => {
    writeFileSync(join(folder.path, "old.html"), "old");
    const { code, err } = await report("--out", "old.html/page.html");
    expect(code).not.toBe(0);
    expect(err).toContain("cannot write old.html/page.html");
    expect(readFileSync(join(folder.path, "old.html"), "utf8")).toBe("old");
  });
});

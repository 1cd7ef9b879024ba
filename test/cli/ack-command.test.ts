import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { account, aFinding, decidedStore } from "./a-decided-store.ts";
import { smalltarget } from "./run-command.ts";

const given = decidedStore(
  [
    aFinding(1),
    aFinding(2),
    aFinding(3, { severity: "CRITICAL" }),
    aFinding(4, { owner: {} }),
    aFinding(5, { status: "RESOLVED", resolvedAt: "2026-11-21T03:00:00.000Z" }),
  ],
  new Date("2026-11-24T12:00:00Z"),
);
const { run, json, refused } = given;
const accept = (id: string, ...more: string[]) =>
  run("ack", id, "--reason", "accepted-risk", "--comment", "long on purpose", "--until", "90d", ...more);
const openIds = async (...more: string[]) => ((await json("findings", ...more)) as { id: string }[]).map(({ id }) => id);

describe("ack", () => {
  test("takes effect at once, before any scan: the list leaves it out, counts it, and shows it with its end", async () => {
    expect(await accept("f-0000000001")).toMatch(
      /^A-[0-9A-Z]{10}: F-0000000001 is accepted \(accepted-risk\) until 22 Feb 2027, says user \S+ of a machine without AWS credentials\.\nIt holds 1 finding/,
    );
    expect(await openIds()).toEqual(["F-0000000003", "F-0000000002", "F-0000000004"]);
    expect(await run("findings")).toContain("1 more finding accepted for now: ");
    expect(await openIds("--suppressed")).toEqual(["F-0000000001"]);
    expect(await run("findings", "--suppressed")).toContain("job-1 may run 15 min (accepted-risk until 22 Feb 2027)");
    const page = await run("show", "F-0000000001");
    expect(page).toMatch(/Status +SUPPRESSED/);
    expect(page).toMatch(/Because +long on purpose/);
  });

  test("said again changes nothing, in other words it takes the place of the first", async () => {
    await accept("F-0000000001");
    expect(await accept("F-0000000001")).toContain("Nothing changed");
    expect(await json("acks")).toHaveLength(1);
    await accept("F-0000000001", "--ticket", "SEC-7");
    expect(await json("acks")).toMatchObject([{ ticket: "SEC-7", state: "in force", holds: ["F-0000000001"] }]);
    expect((await json("acks", "--all")).map(({ state }: { state: string }) => state)).toEqual(["in force", "replaced 24 Nov 2026"]);
  });

  test("of a rule and an owner holds what is no graver, and says what stays open", async () => {
    const said = await accept("F-0000000001", "--scope", "rule+owner");
    expect(said).toContain("lambda/timeout-too-long of owner payments is accepted");
    expect(said).toContain("It holds 2 findings");
    expect(said).toContain("1 graver than MEDIUM stays open");
    expect(await openIds()).toEqual(["F-0000000003", "F-0000000004"]);
  });

  test.each<[string, string[], RegExp]>([
    ["an id that does not exist", ["F-0000000009"], /has no finding F-0000000009; did you mean F-000000000\d\?/],
    ["a finding that is resolved", ["F-0000000005"], /F-0000000005 was resolved 21 Nov 2026: there is nothing to accept/],
    ["a pattern", ["F-000000000*"], /has no finding/],
    ["more than a year", ["F-0000000001", "--until", "366d"], /365 days at most: until 2027-11-24/],
    ["more than 90 days for a CRITICAL one", ["F-0000000003", "--until", "2027-02-23"], /90 days at most: until 2027-02-22/],
    ["a day that has passed", ["F-0000000001", "--until", "2026-11-24"], /2026-11-24 is not in the future/],
    ["a day that there is not", ["F-0000000001", "--until", "2027-02-30"], /a number of days, such as 90d, or a day/],
    ["for ever", ["F-0000000001", "--until", "forever"], /a number of days, such as 90d, or a day/],
    ["a comment without a word", ["F-0000000001", "--comment", " "], /needs a comment/],
    ["a reason of one's own", ["F-0000000001", "--reason", "wontfix"], /one of accepted-risk, /],
    ["a tag that the resource does not have", ["F-0000000001", "--scope", "rule+tag", "--tag", "a=b"], /job-1 has no tag a=b; it has none/],
    ["a tag without its scope", ["F-0000000001", "--tag", "a=b"], /go together/],
  ])("refuses %s", async (_, args, message) => {
    const [id = "", ...more] = args;
    const base = ["ack", id, "--reason", "accepted-risk", "--comment", "x", "--until", "10d"];
    const { line, exitCode } = await refused(...base, ...more);
    expect(line).toMatch(message);
    expect(exitCode).toBe(2);
    expect(await json("acks", "--all")).toEqual([]);
  });

  test("needs reason, comment and end", async () => {
    expect((await refused("ack", "F-0000000001", "--reason", "accepted-risk", "--until", "3d")).exitCode).toBe(2);
    expect((await refused("ack", "F-0000000001", "--reason", "accepted-risk", "--comment", "x")).exitCode).toBe(2);
  });

  test("an end that has come shows the finding again, without a scan", async () => {
    await accept("F-0000000001", "--until", "2026-12-01");
    vi.setSystemTime(new Date("2026-11-30T23:59:59Z"));
    expect(await openIds("--suppressed")).toEqual(["F-0000000001"]);
    vi.setSystemTime(new Date("2026-12-01T00:00:00Z"));
    expect(await openIds("--suppressed")).toEqual([]);
    expect(await json("acks", "--all")).toMatchObject([{ state: "expired 1 Dec 2026", holds: [] }]);
  });
});

describe("unack", () => {
  test("opens the finding again and keeps the history", async () => {
    await accept("F-0000000001");
    expect(await run("unack", "F-0000000001", "--comment", "too early")).toContain("1 finding is open again");
    expect(await openIds()).toContain("F-0000000001");
    const page = await run("show", "F-0000000001");
    expect(page).toMatch(/Decision +A-\S+ ended 24 Nov 2026: somebody took it back/);
    expect(page).toContain("taken back by user ");
    expect(page).toContain("too early");
  });

  test("of a finding that a wider decision holds names that one; by its id it lets all go", async () => {
    await accept("F-0000000001", "--scope", "rule+owner");
    const { line } = await refused("unack", "F-0000000002");
    const id = /held by (A-\S+),/.exec(line)?.[1] ?? "";
    expect(await run("unack", id)).toContain("2 findings are open again");
    expect((await refused("unack", id)).line).toContain(`${id} holds nothing any more`);
  });

  test("refuses what is not there", async () => {
    expect((await refused("unack", "F-0000000001")).line).toContain("F-0000000001 is not accepted");
    expect((await refused("unack", "A-0000000000")).line).toContain("has no decision A-0000000000: there is none in force");
  });
});

describe("acks export and import", () => {
  test("what is exported, changed and imported is decided so; the second time nothing is left to do", async () => {
    await accept("F-0000000001");
    await accept("F-0000000004", "--scope", "rule+owner");
    const file = join(given.folder(), "acks.yaml");
    await run("acks", "export", "--out", file);
    writeFileSync(file, readFileSync(file, "utf8").replace("comment: long on purpose", "comment: nightly batch"));
    const dry = await run("acks", "import", file, "--dry-run");
    expect(dry).toMatch(/^~ A-\S+ {2}F-0000000001: accepted-risk until 22 Feb 2027, in place of A-/);
    expect(dry).toContain("1 decision to make, 1 decision as the file says already.\nNothing was changed");
    expect(await json("show", "F-0000000001")).toMatchObject({ acknowledged: { comment: "long on purpose" } });
    expect(await run("acks", "import", file)).toContain("1 decision to make");
    expect(await json("show", "F-0000000001")).toMatchObject({ acknowledged: { comment: "nightly batch" } });
    expect(await run("acks", "import", file)).toBe("0 decisions to make, 2 decisions as the file says already.\n");
  });

  test("--exact takes back what is not in the file, and only that", async () => {
    await accept("F-0000000001");
    const file = join(given.folder(), "acks.yaml");
    await run("acks", "export", "--out", file);
    await accept("F-0000000002");
    expect(await run("acks", "import", file)).toContain("not in the file, left as it is");
    expect(await run("acks", "import", file, "--exact")).toContain("F-0000000002: taken back");
    expect(await openIds("--suppressed")).toEqual(["F-0000000001"]);
  });

  test("a file with mistakes changes nothing and names their lines", async () => {
    const file = join(given.folder(), "acks.yaml");
    writeFileSync(
      file,
      `version: 1\naccount: "${account}"\ndecisions:\n  - finding: F-0000000001\n    reason: accepted\n    comment: x\n    until: 2027-01-01\n`,
    );
    expect(await refused("acks", "import", file)).toEqual({ line: `${file} has 1 mistake: nothing was changed`, exitCode: 2 });
    expect(vi.mocked(process.stderr.write).mock.calls.flat().join("")).toContain(`${file}:5: reason: is one of accepted-risk`);
    expect((await refused("acks", "import", `${file}.not`)).exitCode).toBe(3);
  });
});

test.each([
  ["ack", ["F-0000000001", "--reason", "accepted-risk", "--comment", "x", "--until", "9d"]],
  ["unack", ["F-0000000001"]],
  ["answer", ["Q-0000000001", "can-go"]],
  ["ask", ["payments", "--print"]],
  ["own", [`arn:aws:lambda:eu-west-1:${account}:function:job-1`, "core"]],
  ["own", [`arn:aws:lambda:eu-west-1:${account}:function:job-1`, "--remove"]],
])("a folder that cannot be written is no place for a decision: %s %j says so and records nothing", async (command, more) => {
  vi.useRealTimers();
  const path = join(given.folder(), "store");
  const inside = [path, join(path, "table")];
  chmodSync(given.folder(), 0o755);
  for (const one of inside) chmodSync(one, 0o555);
  try {
    const user = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { code, out, err } = await smalltarget([command, ...more, "--store", given.store()], { cwd: given.folder(), ...user });
    expect(err).toContain(`${path} cannot be written, so nothing was recorded: check its permissions`);
    expect(out).toBe("");
    expect(code).toBe(3);
  } finally {
    for (const one of inside) chmodSync(one, 0o755);
  }
});

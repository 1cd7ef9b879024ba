import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { questionId } from "../../shared/decisions/questions.ts";
import type { Question } from "../../shared/model/question.ts";
import { aFinding, decidedStore } from "./a-decided-store.ts";

const quiet = (number: number, more: Parameters<typeof aFinding>[1] = {}) =>
  aFinding(number, { rule: "lambda/unused-function", severity: "LOW", title: `job-${number} was last invoked long ago`, ...more });
const { run, json, refused, folder } = decidedStore([quiet(1), quiet(2), aFinding(3)], new Date("2026-11-24T12:00:00Z"));
const asked = (number: number) => questionId(quiet(number).resource.arn);
const later = (days: number) => vi.setSystemTime(new Date(Date.UTC(2026, 10, 24 + days, 12)));
const ask = () => run("ask", "payments", "--print");
const counts = () => json("ask", "payments", "--print");

describe("ask", () => {
  test("lists what is quiet with its questions; a second time in a week asks nothing", async () => {
    const text = await run("ask", "payments", "--print");
    expect(text).toContain(`${asked(1)}  job-1 (eu-west-1)`);
    expect(text).toContain(`${asked(2)}  job-2 (eu-west-1)`);
    expect(text).not.toContain("job-3");
    expect(await counts()).toMatchObject({ asked: 0, waiting: 2 });
    expect(await run("ask", "--list")).toContain(
      `${asked(1)}  arn:aws:lambda:eu-west-1:111122223333:function:job-1\n    asked 24 Nov 2026`,
    );
  });

  test("--dry-run asks nothing, and what no channel takes was not asked", async () => {
    await run("ask", "payments", "--dry-run");
    expect((await refused("ask", "payments")).line).toMatch(/no channel leads to payments: give --stack or --notify/);
    expect(await run("ask", "--list")).toContain("Nothing was asked yet");
  });

  test("after two rounds it says to the account's owner what nobody claims, once", async () => {
    await ask();
    await run("answer", asked(2), "can-go");
    later(7);
    expect(await counts()).toMatchObject({ asked: 1, answered: 1 });
    later(14);
    const said = await run("ask", "payments", "--print");
    expect(said).toContain("Nobody claims 1 quiet resource");
    expect(said.replaceAll("\n", " ")).toContain("asked twice about 1 of them, payments did not answer");
    later(30);
    expect(await counts()).toMatchObject({ asked: 0, unclaimed: 0, waiting: 1 });
  });

  test("what nobody claims is a talk in today, in the weekly digest and on the page", async () => {
    later(-16);
    await ask();
    later(-8);
    await ask();
    later(0);
    const said = "Nobody claims 2 quiet resources: payments has not answered two rounds about 2";
    expect((await json("today", "--task", "talk")).shown).toMatchObject([{ title: said }]);
    expect((await run("digest", "--preview", "--weekly", "--quiet")).replaceAll(/\n */g, " ")).toContain(said);
    const page = join(folder(), "page.html");
    await run("report", "--out", page);
    expect(readFileSync(page, "utf8")).toContain(said);
  });

  test("an owner that the scan does not know is named with the nearest, and nobody is asked without a name", async () => {
    expect((await refused("ask", "payment")).line).toContain("did you mean payments?");
    expect((await refused("ask")).line).toContain("name an owner, or --list");
  });
});

describe("answer", () => {
  test("needed accepts what says that it is unused, until the day, and is asked again after it", async () => {
    await ask();
    expect(await run("answer", asked(1).toLowerCase(), "needed", "--until", "2026-12-20", "--comment", "year end")).toContain(
      "is needed until 20 Dec 2026: 1 finding accepted until then",
    );
    expect(await json("findings", "--suppressed")).toMatchObject([
      { id: "F-0000000001", acknowledged: { reason: "not-applicable", comment: "still needed until 2026-12-20: year end" } },
    ]);
    later(8);
    expect(await counts()).toMatchObject({ asked: 1, answered: 0 });
    later(26);
    // job-1 once more, job-2 to the account's owner
    expect(await counts()).toMatchObject({ asked: 1, unclaimed: 1 });
  });

  test("can-go is shown by prune, and ends what an earlier answer accepted", async () => {
    await ask();
    await run("answer", asked(1), "needed", "--until", "90d");
    later(1);
    expect(await run("answer", asked(1), "can-go")).toContain("job-1 can go");
    expect(await json("findings", "--suppressed")).toEqual([]);
    const listed = (await json("ask", "--list")) as Question[];
    expect(listed.find(({ id }) => id === asked(1))?.events.map(({ kind }) => kind)).toEqual(["asked", "needed", "can-go"]);
  });

  test("not-mine takes back an owner that was named by hand, and is said to the account's owner next", async () => {
    const { arn } = quiet(1).resource;
    await run("own", arn, "payments");
    await ask();
    expect(await run("answer", asked(1), "not-mine")).toContain("payments is no longer its owner by hand");
    expect(await json("own", "--list")).toEqual([]);
    expect(await counts()).toMatchObject({ asked: 0, unclaimed: 1, waiting: 1 });
    expect(await run("today", "--task", "talk")).toContain("Nobody claims job-1: payments says of 1 that it is somebody else's");
  });

  test("refuses a question that there is not, a day that is missing, and one too far", async () => {
    expect((await refused("answer", "Q-0000000000", "can-go")).line).toContain("nothing was asked yet");
    await ask();
    expect((await refused("answer", "Q-0000000000", "can-go")).line).toMatch(/did you mean Q-/);
    expect((await refused("answer", asked(1), "needed")).line).toContain("needed goes with --until DAY");
    expect((await refused("answer", asked(1), "keep")).line).toMatch(/one of needed, can-go, not-mine/);
    expect((await refused("answer", asked(1), "needed", "--until", "400d")).line).toMatch(/365 days at most/);
    expect(await json("ask", "--list")).toMatchObject([{ events: [{ kind: "asked" }] }, { events: [{ kind: "asked" }] }]);
  });
});

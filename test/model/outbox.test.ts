import { describe, expect, test } from "vitest";
import type { Finding, Severity, StoredFinding, Transition } from "../../shared/model/finding.ts";
import { markTold, pendingFor, toldNow } from "../../shared/model/outbox.ts";
import { reconcile } from "../../shared/reconcile.ts";

/** What the account is like on a day: the finding is not there, or is there in one of these forms. */
type Actual = "gone" | "MEDIUM a" | "HIGH a" | "HIGH b";
const actuals: readonly Actual[] = ["gone", "MEDIUM a", "HIGH a", "HIGH b"];
/** Which of the two channels can be reached. */
const reachable = ["", "mail", "chat", "mail chat"] as const;

interface Day {
  readonly actual: Actual;
  readonly up: string;
}

const channels = ["mail", "chat"] as const;
const at = (day: number) => new Date(Date.UTC(2026, 10, 1 + day));

function aFinding(actual: Actual): Finding[] {
  if (actual === "gone") return [];
  const [severity = "", materialKey = ""] = actual.split(" ");
  const resource = { arn: "arn:aws:s3:::b", type: "AWS::S3::Bucket", name: "b", account: "111122223333", region: "eu-west-1" };
  const words = { title: "", evidence: {}, remediation: { text: "", commands: [] }, owner: {}, references: [] };
  return [{ id: "F-0000000001", rule: "s3/x", severity: severity as Severity, confidence: "high", resource, materialKey, ...words }];
}

/** Runs the scans of these days. Answers what each channel heard, `opened HIGH a` and so on, and the finding at the end. */
function live(days: readonly Day[]): { readonly heard: Readonly<Record<string, readonly string[]>>; readonly finding?: StoredFinding } {
  const heard: Record<string, string[]> = { mail: [], chat: [] };
  let finding: StoredFinding | undefined;
  for (const [number, { actual, up }] of days.entries()) {
    const { writes } = reconcile({
      found: aFinding(actual),
      stored: finding ? [finding] : [],
      look: () => "clear",
      isUsageBased: () => false,
      isBaseline: () => false,
      now: at(number),
    });
    finding = writes[0]?.finding ?? finding;
    for (const channel of channels) {
      const pending: { readonly transition: Transition } | undefined = finding && pendingFor(finding, channel);
      if (!finding || !pending || !up.includes(channel)) continue;
      heard[channel]?.push(`${pending.transition} ${actual}`);
      finding = markTold(finding, channel, toldNow(finding, `M-${number}`));
    }
  }
  return { heard, ...(finding ? { finding } : {}) };
}

/** The same told by somebody who knows nothing of how it is done: on each day it can be reached, a channel hears what it does not know. */
function expected(days: readonly Day[], channel: string): string[] {
  const story: string[] = [];
  let believed: Actual | "nothing" = "nothing";
  for (const { actual, up } of days) {
    if (!up.includes(channel) || actual === believed || (believed === "nothing" && actual === "gone")) continue;
    const transition = believed === "nothing" ? "opened" : actual === "gone" ? "resolved" : believed === "gone" ? "reopened" : "changed";
    story.push(`${transition} ${actual}`);
    believed = actual;
  }
  return story;
}

function* sequences(length: number): Generator<Day[]> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const before of sequences(length - 1)) for (const actual of actuals) for (const up of reachable) yield [...before, { actual, up }];
}

describe("whatever happens, and whichever channel is down on which day (every sequence of four days)", () => {
  const all = [...sequences(4)];
  const stories = all.map((days) => ({ days, ...live(days) }));

  test("each channel hears exactly what it does not know, on the days it can be reached, as if it were the only one", () => {
    expect(stories).toHaveLength(65_536);
    const wrong = stories.flatMap(({ days, heard }) =>
      channels.flatMap((channel) => {
        const right = expected(days, channel).join(", ");
        return heard[channel]?.join(", ") === right ? [] : [{ days, channel, heard: heard[channel], right }];
      }),
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test("nobody hears the same twice in a row, or of an end without a beginning", () => {
    const follows: Readonly<Record<string, string>> = {
      "": "opened",
      opened: "changed resolved",
      reopened: "changed resolved",
      changed: "changed resolved",
      resolved: "reopened",
    };
    const broken = stories.flatMap(({ heard }) =>
      channels.filter((channel) => {
        let last = "";
        return (heard[channel] ?? []).some((line) => {
          const [transition = ""] = line.split(" ");
          const ok = follows[last]?.includes(transition) ?? false;
          last = transition;
          return !ok;
        });
      }),
    );
    expect(broken).toEqual([]);
  });

  test("a channel that is reached at the end knows how it is, and has nothing more to hear", () => {
    const left = stories.filter(({ days, finding }) => {
      const up = days.at(-1)?.up ?? "";
      return finding && channels.some((channel) => up.includes(channel) && pendingFor(finding, channel) !== undefined);
    });
    expect(left).toEqual([]);
  });

  test("a finding is NEW exactly as long as nobody has heard of it as it is", () => {
    const wrong = stories.filter(({ days, finding }) => {
      if (!finding || finding.status === "RESOLVED") return false;
      const { actual } = days.at(-1) ?? {};
      const known = channels.some((channel) => pendingFor(finding, channel) === undefined);
      return actual === "gone" || (finding.status === "NOTIFIED") !== known;
    });
    expect(wrong).toEqual([]);
  });
});

describe("a channel that is introduced, or comes back, on a day", () => {
  const first = live([{ actual: "HIGH a", up: "" }]).finding as StoredFinding;

  test("hears of what had opened by then in the summary, changed since or not", () => {
    expect(pendingFor(first, "chat", at(0).toISOString())).toMatchObject({ transition: "opened", baseline: true, urgent: false });
    const { finding } = live([
      { actual: "MEDIUM a", up: "" },
      { actual: "HIGH a", up: "" },
    ]);
    expect(finding && pendingFor(finding, "chat", at(0).toISOString())).toMatchObject({
      transition: "opened",
      baseline: true,
      urgent: false,
    });
  });

  test("hears of what opens later at once", () => {
    expect(pendingFor(first, "chat", at(-1).toISOString())).toMatchObject({ transition: "opened", baseline: false, urgent: true });
    const back = live([
      { actual: "MEDIUM a", up: "" },
      { actual: "gone", up: "" },
      { actual: "HIGH a", up: "" },
    ]).finding as StoredFinding;
    expect(pendingFor(back, "chat", at(1).toISOString())).toMatchObject({ transition: "opened", baseline: false, urgent: true });
  });

  test("does not hear of what was over by then, and hears in the summary what got worse while it was away", () => {
    const over = live([
      { actual: "HIGH a", up: "" },
      { actual: "gone", up: "" },
    ]).finding as StoredFinding;
    expect(pendingFor(over, "chat", at(5).toISOString())).toBeUndefined();
    const worse = live([
      { actual: "MEDIUM a", up: "chat" },
      { actual: "HIGH a", up: "" },
    ]).finding as StoredFinding;
    expect(pendingFor(worse, "chat", at(5).toISOString())).toMatchObject({ transition: "changed", baseline: true, urgent: false });
  });
});

describe("what a channel wants remembered", () => {
  test("stays until it says otherwise, and is no other channel's", () => {
    const { finding } = live([{ actual: "HIGH a", up: "" }]);
    if (!finding) throw new Error("no finding");
    const first = markTold(finding, "tickets", toldNow(finding, "M-1", "SEC-7"));
    const second = markTold(first, "tickets", toldNow(first, "M-2"));
    expect(second.told?.tickets).toMatchObject({ message: "M-2", memory: "SEC-7" });
    expect(markTold(second, "tickets", toldNow(second, "M-3", "SEC-8")).told?.tickets?.memory).toBe("SEC-8");
    expect(markTold(second, "chat", toldNow(second, "M-2")).told).toMatchObject({ tickets: { memory: "SEC-7" }, chat: { message: "M-2" } });
  });
});

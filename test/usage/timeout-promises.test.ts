/** What holds for every function whatever its history: thousands of generated ones are asked. */
import { describe, expect, it } from "vitest";
import type { DailyUse } from "../../shared/model/usage.ts";
import { adviseTimeout } from "../../shared/usage/timeout-advice.ts";
import { defaultThresholds, type TimeoutQuestion } from "../../shared/usage/timeout-question.ts";
import { today } from "./a-timeout-question.ts";
import { randomFrom } from "./cron-forms.ts";

const random = randomFrom(4);
const upTo = (n: number) => Math.floor(random() * n);
const one = <T>(choices: readonly T[]): T => choices[upTo(choices.length)] as T;

function aQuestion(): TimeoutQuestion {
  const timeoutSeconds = one([3, 5, 6, 10, 13, 29, 30, 60, 120, 300, 899, 900]);
  const usualMs = timeoutSeconds * 1000 * random() ** 3;
  const began = 1 + upTo(460);
  const every = one([1, 1, 2, 7, 30]);
  const earlier = one([undefined, undefined, Math.ceil(timeoutSeconds / 3), timeoutSeconds * 2]);
  const changedDay = today - upTo(began);
  const days: DailyUse[] = [];
  for (let day = today - began; day <= today - upTo(5); day += every) {
    const inForce = earlier !== undefined && day < changedDay ? earlier : timeoutSeconds;
    const maxMs = Math.min(usualMs * (0.5 + random() + (random() < 0.05 ? 3 * random() : 0)), inForce * 1000);
    days.push({ day, samples: 1 + upTo(50), maxMs, errors: maxMs === inForce * 1000 ? 1 : 0 });
  }
  const known = random() < 0.5;
  const ceilingSeconds = one([900, 900, 28, 29, 4, 59]);
  return {
    timeoutSeconds,
    timeouts:
      earlier !== undefined && known
        ? [
            { fromDay: 0, seconds: earlier },
            { fromDay: changedDay, seconds: timeoutSeconds },
          ]
        : [{ fromDay: 0, seconds: timeoutSeconds }],
    days,
    regimeSinceDay: one([0, 0, today - upTo(200)]),
    knownFromDay: today - 455,
    today,
    ceilingSeconds,
    ceilingReason: ceilingSeconds === 900 ? "the longest timeout that Lambda accepts" : "GET /page waits no longer",
    ...(random() < 0.3 ? { extensionMs: 30_000 * random() ** 2 } : {}),
    ...(random() < 0.1 ? { extensionUnread: true } : {}),
    ...(known ? {} : { timeoutUnseenUntilDay: changedDay }),
    thresholds: { ...defaultThresholds, tightRatio: one([1, 1.3, 1.3, 2]), initAllowanceMs: one([0, 0, 5000]) },
  };
}

describe("of 5,000 generated functions", () => {
  const asked = Array.from({ length: 5000 }, () => {
    const question = aQuestion();
    return { question, ...adviseTimeout(question) };
  });
  type Asked = (typeof asked)[number];
  const wrong = (is: (one: Asked) => boolean) =>
    asked.filter(is).map(({ question, advice, duration }) => ({ question: { ...question, days: question.days.length }, advice, duration }));
  const wholeMs = ({ question, duration }: Asked) => (duration.longestMs ?? 0) + (question.extensionMs ?? 0);

  it("enough of every verdict are among them", () => {
    const verdicts = Map.groupBy(asked, ({ advice }) => advice.verdict);
    for (const verdict of ["timing-out", "tight", "fine", "loose", "insufficient-data"] as const)
      expect(verdicts.get(verdict)?.length, verdict).toBeGreaterThan(50);
    expect(asked.filter(({ advice }) => advice.atCeiling).length).toBeGreaterThan(50);
  });

  it("none is advised what is set already", () => {
    expect(wrong(({ question, advice }) => advice.recommendedSeconds === question.timeoutSeconds)).toEqual([]);
  });

  it("none is advised less than its longest run, extensions with it", () => {
    expect(wrong((one) => one.advice.recommendedSeconds !== undefined && one.advice.recommendedSeconds * 1000 < wholeMs(one))).toEqual([]);
  });

  it("none that is tight, timing out or cut off before is advised less than today's", () => {
    const mustNot = ({ advice, duration }: Asked) => advice.verdict === "tight" || advice.verdict === "timing-out" || duration.censored;
    expect(
      wrong((one) => mustNot(one) && (one.advice.recommendedSeconds ?? Number.POSITIVE_INFINITY) <= one.question.timeoutSeconds),
    ).toEqual([]);
  });

  it("none is advised more than its ceiling, or than what bounds it without a word of it", () => {
    expect(wrong(({ question, advice }) => (advice.recommendedSeconds ?? 0) > question.ceilingSeconds)).toEqual([]);
    expect(
      wrong(({ advice }) => advice.atCeiling === true && (advice.limitedBy === undefined || advice.recommendedSeconds !== undefined)),
    ).toEqual([]);
  });

  it("all that are tight or timing out are advised more, or told that there is none", () => {
    const near = ({ advice }: Asked) => advice.verdict === "tight" || advice.verdict === "timing-out";
    expect(wrong((one) => near(one) && one.advice.recommendedSeconds === undefined && one.advice.atCeiling !== true)).toEqual([]);
  });

  it("all that are loose are advised less", () => {
    expect(
      wrong(
        ({ question, advice }) =>
          advice.verdict === "loose" && !((advice.recommendedSeconds ?? Number.POSITIVE_INFINITY) < question.timeoutSeconds),
      ),
    ).toEqual([]);
  });

  it("none whose extensions were not asked for is advised less", () => {
    expect(
      wrong(
        ({ question, advice }) =>
          question.extensionUnread === true && (advice.recommendedSeconds ?? Number.POSITIVE_INFINITY) < question.timeoutSeconds,
      ),
    ).toEqual([]);
  });

  it("none is called tight at once where it follows the advice", () => {
    const tightAfter = (one: Asked) =>
      one.advice.recommendedSeconds !== undefined &&
      one.advice.limitedBy === undefined &&
      one.advice.recommendedSeconds * 1000 < (one.question.thresholds?.tightRatio ?? 1.3) * wholeMs(one) - 1;
    expect(wrong(tightAfter)).toEqual([]);
  });
});

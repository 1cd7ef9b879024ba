import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../shared/notify/channel.ts";
import { mostPublishBytes, publishBytes, publishInput } from "../../shared/notify/sns.ts";
import { weeklyMessage } from "../../shared/notify/weekly.ts";
import { account, hostileName, numbers } from "./a-finding.ts";
import { aWeek } from "./a-week.ts";

const say = (given: Parameters<typeof aWeek>[0] = {}, deployment?: { stack: string; region: string }) =>
  weeklyMessage(aWeek(given), "sns", defaultLimits, deployment);

const none = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0 };

describe("the weekly digest", () => {
  test("opens with what is most worth doing, then says where we stand and what got better", () => {
    const { subject, text } = say({}, { stack: "SmallTarget", region: "eu-west-1" });
    expect(subject).toBe("[HIGH] Week to 2026-11-30, account 111122223333: 1 high, 4 medium, 8 low");
    expect(text).toBe(`The week to 2026-11-30 in account 111122223333. This comes every week: when
it does not, the watchdog is broken.

Most worth doing now

1. HIGH  orders-api came within 3 % of its timeout
   Why:     takes away 30 of risk in about 10 minutes (3 a minute): HIGH
            counts 30
   Talk to: payments (tag team)
   More:    smalltarget show F-7Q2MX4TB9A --stack SmallTarget --region eu-west-1
aws lambda update-function-configuration --function-name orders-api --timeout 22 --region eu-west-1

12 more after these:  AWS_REGION=eu-west-1 smalltarget today --stack SmallTarget

Where we stand
  Open:       13 (1 high, 4 medium, 8 low); a week ago 18
  This week:  2 opened, 7 resolved
  Accepted:   2, 1 of which ends within days
  Owners:     46 of 81 resources have an owner; 3 open findings reach nobody
  Scans:      7 finished, 0 failed; last 2026-11-30 03:00 UTC
  Not seen:   ap-southeast-2: Lambda functions: denied
              (AccessDeniedException)

What got better
  Anybody may read bucket a
  b may run 15 min
  ... and 5 more

All that is open:  AWS_REGION=eu-west-1 smalltarget findings --all --stack SmallTarget
As a page to look at:  AWS_REGION=eu-west-1 smalltarget report --stack SmallTarget
`);
  });

  test("comes when all is quiet too, and says so", () => {
    const week = { opened: 0, resolved: 0, better: [], scans: 7, failedScans: 0 };
    const { subject, text, severity } = say({ worth: [], moreWorth: 0, open: none, suppressed: 0, endingSoon: 0, unseen: [], week });
    expect(subject).toBe("[QUIET] Week to 2026-11-30, account 111122223333: nothing is open");
    expect(severity).toBe("INFORMATIONAL");
    expect(text).toContain("Nothing is worth doing now.\n");
    expect(text).toContain("  Coverage:   complete\n");
    expect(text).not.toContain("What got better");
  });

  test("is one for each week and channel, whatever it says: who gets it twice can tell", () => {
    expect(say().id).toBe(say({ unowned: 9, moreWorth: 0 }).id);
    expect(say().id).not.toBe(say({ day: "2026-12-07" }).id);
    expect(say().id).not.toBe(weeklyMessage(aWeek(), "chat", defaultLimits).id);
  });

  test("reaches whoever filters by team, environment or rules", () => {
    expect(publishInput(say(), `arn:aws:sns:eu-west-1:${account}:t`).MessageAttributes).toMatchObject({
      team: { DataType: "String.Array", StringValue: '["payments","unowned"]' },
      env: { StringValue: "prod" },
      ruleGroup: { StringValue: "lambda" },
      kind: { StringValue: "digest" },
    });
  });

  test("of thousands of teams, and of names that nobody should have, stays within what SNS takes and cannot break out", () => {
    const teams = numbers(5000).map((number) => `team-${number}-${"x".repeat(40)}`);
    const [one] = aWeek().worth;
    const worth = numbers(5).flatMap(() =>
      one ? [{ ...one, title: hostileName.repeat(50), owners: [{ team: hostileName.repeat(50) }] }] : [],
    );
    const better = numbers(5).map(() => hostileName.repeat(50));
    const message = say({
      worth,
      unseen: numbers(300).map(() => hostileName.repeat(20)),
      week: { ...aWeek().week, better },
      labels: { teams, envs: [], ruleGroups: [] },
    });
    const input = publishInput(message, `arn:aws:sns:eu-west-1:${account}:t`);
    expect(publishBytes(input)).toBeLessThan(mostPublishBytes);
    expect(message.teams.length).toBeGreaterThan(100);
    expect(message.teams.length).toBeLessThan(5000);
    expect(message.subject).toMatch(/^[ -~]{1,99}$/);
    expect(message.text).not.toMatch(/\p{Cf}|\r/u);
    expect(message.markdown).not.toMatch(/<!channel>|\]\(/);
    expect(message.markdown.length).toBeLessThan(2500);
  });
});

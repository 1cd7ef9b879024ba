import type { Pending, PendingFinding, StoredFinding } from "../../shared/model/finding.ts";
import { toldNow } from "../../shared/model/outbox.ts";
import type { ChannelState } from "../../shared/store/store.ts";

export const account = "111122223333";
export const now = new Date("2026-11-24T06:00:00Z");

/** Names nobody should have, all in one. */
export const hostileName =
  "\u001b[31mred\u001b[0m\r\nSubject: x\u202egnp.exe <!channel> @here `code` *bold* [click](https://evil.example)\u0000\u200b\ud800";

type Given = Partial<Omit<StoredFinding, "pending">> & {
  readonly pending?: Partial<Pending>;
  readonly name?: string;
  readonly team?: string;
};

/** A finding, newly opened and pending; `number` makes its id. */
export function aFinding(number: number, { pending, name = `orders-${number}`, team, ...given }: Given = {}): PendingFinding {
  return {
    id: `F-${String(number).padStart(10, "0")}`,
    rule: "lambda/timeout-too-tight",
    severity: "HIGH",
    confidence: "high",
    resource: {
      arn: `arn:aws:lambda:eu-west-1:${account}:function:${name}`,
      type: "AWS::Lambda::Function",
      name,
      account,
      region: "eu-west-1",
    },
    title: `${name} comes within 3 % of its timeout`,
    evidence: { longestMs: 9700, timeoutSeconds: 10, samples: 41207, observedDays: 120, schedules: [] },
    remediation: {
      text: "Set the timeout to 22 s in stack orders, resource ApiFunction; a command alone drifts back with the next deployment of the stack.",
      commands: [`aws lambda update-function-configuration --region eu-west-1 --function-name '${name}' --timeout 22`],
    },
    owner: team === undefined ? {} : { team, env: "prod", source: "tag team" },
    references: [],
    materialKey: "tight",
    status: "NEW",
    firstSeenAt: "2026-11-20T03:00:00.000Z",
    changedAt: "2026-11-24T03:00:00.000Z",
    version: 1,
    ...given,
    pending: { transition: "opened", at: "2026-11-24T03:00:00.000Z", baseline: false, urgent: false, ...pending },
  };
}

/** As the store holds it: `channel` knows what makes just this pending for it. */
export function stored({ pending, ...finding }: PendingFinding, channel = "sns"): StoredFinding {
  const told = toldNow({ ...finding, version: 0 }, "M-before");
  if (pending.transition === "opened") return { ...finding, ...(pending.baseline ? { baseline: true } : {}) };
  if (pending.transition === "reopened") return { ...finding, told: { [channel]: { ...told, status: "resolved" } } };
  const open = { ...told, status: "open" } as const;
  if (pending.transition === "resolved") return { ...finding, told: { [channel]: open } };
  return { ...finding, told: { [channel]: { ...open, materialDigest: "", ...(pending.urgent ? { severity: "INFORMATIONAL" } : {}) } } };
}

/** The state of a channel that was always there. */
export function aState(given: Partial<ChannelState> = {}): ChannelState {
  return { since: "", singlesSentAt: [], ...given };
}

/** 1, 2, ... count. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

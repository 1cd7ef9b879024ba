/** Which of the three tasks a rule belongs to, and how long what it asks for takes. Pure. */
import type { DocumentFinding } from "../model/document.ts";

/**
 * The three tasks. `unknowns`: what nobody uses, knows or looks at. `target`: what can be made smaller (roles, doors, timeouts, runtimes,
 * libraries). `talk`: what waits for a word between people.
 */
export const tasks = ["unknowns", "target", "talk"] as const;
export type Task = (typeof tasks)[number];

/**
 * Minutes of somebody's work until it is deployed, by kind of remediation. Our own estimates, for who knows the code: they are there to
 * compare remediations with each other, not to plan a day.
 */
export const workMinutes = {
  /** One value: in the template, where there is one. */
  setting: 10,
  /** An alarm or a subscription. */
  watch: 10,
  /** Asking who would miss it, and switching it off. */
  remove: 15,
  /** One statement of a policy, or one permission that is missing. */
  statement: 20,
  /** Reading what is there before anything can be decided. */
  look: 20,
  /** Asking who comes in by a door, and closing it. */
  door: 30,
  /** A role written anew. */
  role: 60,
  /** A secret moved, and changed, because it was readable. */
  secret: 60,
  /** Another version of a library: built, tested, deployed. */
  upgrade: 60,
  /** Another runtime: ported, built, tested, deployed. */
  port: 90,
} as const;
export type Work = keyof typeof workMinutes;

/** More for each further function that shares a role which is to be split. */
const minutesPerFurtherFunction = 15;
/** A working day: beyond it one estimate is as good as another. */
const mostMinutes = 480;

interface Kind {
  /** A rule, or a group of rules with `/*`. */
  readonly rules: readonly string[];
  readonly task: Task;
  readonly work: Work;
  /** Whoever reaches the resource gains nothing by it: how open it is does not count. */
  readonly inward?: true;
}

/** Every rule of the catalogue stands in exactly one line; a test says so. */
export const kinds: readonly Kind[] = [
  {
    task: "unknowns",
    work: "remove",
    rules: [
      "apigateway/unused-api",
      "apigateway/unused-authorizer",
      "appsync/unused-api",
      "dynamodb/unused-table",
      "firehose/unused-stream",
      "iam/app-mesh-left-over",
      "iam/orphaned-function-role",
      "kinesis/unused-stream",
      "lambda/never-invoked-function",
      "lambda/only-warmed-function",
      "lambda/orphaned-event-source",
      "lambda/orphaned-permission",
      "lambda/redundant-copy",
      "lambda/unreferenced-layer-version",
      "lambda/unused-function",
      "logs/orphaned-log-group",
      "secrets/unused-secret",
      "sns/unused-topic",
      "sqs/unused-queue",
      "states/unused-state-machine",
    ],
  },
  {
    task: "unknowns",
    work: "look",
    rules: [
      "lambda/trigger-without-runs",
      "library/advisories-too-old",
      "library/contents-unknown",
      "scan/coverage-incomplete",
      "scan/outdated-facts",
      "sqs/dead-letter-queue-filling",
    ],
  },
  {
    task: "target",
    work: "role",
    rules: [
      "iam/admin-function-role",
      "iam/excess-permissions",
      "iam/privilege-escalation",
      "iam/shared-function-role",
      "iam/unused-service-access",
    ],
  },
  {
    task: "target",
    work: "statement",
    rules: [
      "apigateway/public-policy",
      "events/public-policy",
      "iam/missing-permission",
      "iam/role-name-convention",
      "iam/unknown-action",
      "lambda/confused-deputy",
      "lambda/cross-account-access",
      "lambda/public-policy",
      "s3/confused-deputy",
      "s3/unencrypted-in-transit",
      "sns/confused-deputy",
      "sns/public-policy",
      "sns/unencrypted-in-transit",
      "sqs/confused-deputy",
      "sqs/public-policy",
      "sqs/unencrypted-in-transit",
    ],
  },
  {
    task: "target",
    work: "door",
    rules: ["apigateway/open-method", "lambda/open-function-url", "s3/no-public-access-block", "s3/public-read", "s3/public-write"],
  },
  {
    task: "target",
    work: "setting",
    inward: true,
    rules: [
      "kinesis/unencrypted-at-rest",
      "lambda/timeout-longer-than-caller",
      "lambda/timeout-too-tight",
      "lambda/timing-out",
      "sns/unencrypted-at-rest",
      "sqs/visibility-timeout-too-short",
    ],
  },
  // what is called from outside and hangs is paid for by the minute
  { task: "target", work: "setting", rules: ["lambda/timeout-too-long"] },
  { task: "target", work: "watch", inward: true, rules: ["lambda/near-timeout-unwatched"] },
  { task: "target", work: "secret", rules: ["lambda/readable-secret-in-environment"] },
  { task: "target", work: "port", rules: ["lambda/deprecated-runtime"] },
  { task: "target", work: "upgrade", rules: ["library/malicious", "library/vulnerable"] },
  { task: "talk", work: "watch", rules: ["scan/channel-failing", "scan/nobody-listens"] },
];

/** Lines of `kinds` that `rule` stands in. */
export function kindsOf(rule: string): Kind[] {
  return kinds.filter(({ rules }) => rules.some((one) => one === rule || (one.endsWith("/*") && rule.startsWith(one.slice(0, -1)))));
}

/** A rule that no line names was written by another version: something to look at. */
function kindOf(rule: string): Pick<Kind, "task" | "work" | "inward"> {
  return kindsOf(rule)[0] ?? { task: "target", work: "look" };
}

/** The task that a finding belongs to. */
export function taskOf(rule: string): Task {
  return kindOf(rule).task;
}

/** Whether it makes a finding graver that its resource can be reached from outside. */
export function exposureCounts(rule: string): boolean {
  return kindOf(rule).inward !== true;
}

/** Minutes of work that the remediation of a finding takes. */
export function minutesOf({ rule, evidence }: Pick<DocumentFinding, "rule" | "evidence">): number {
  const minutes = workMinutes[kindOf(rule).work];
  const functions = rule === "iam/shared-function-role" && Array.isArray(evidence.functions) ? evidence.functions.length : 1;
  return Math.min(mostMinutes, minutes + Math.max(0, functions - 1) * minutesPerFurtherFunction);
}

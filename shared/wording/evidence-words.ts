/** How evidence is said in messages. Rules name it for machines; what is not here is said as its own name, in words. */
import { collectorName } from "./collector-names.ts";

/** Words of one kind of evidence. */
export interface EvidenceWords {
  /** Instead of the name. */
  readonly label?: string;
  /** Instead of a value, by the value as text; a value that is not among them is said as it is. */
  readonly values?: Readonly<Record<string, string>>;
  /** Instead of a value, where there are too many for a list. */
  readonly value?: (text: string) => string;
  /** For the commands and for machines only, or said by the title: stands in `smalltarget show`, not in a message. */
  readonly hidden?: true;
}

/** `lambda ARN` and `account:111122223333`, as rules keep who may call. */
const principal = (text: string) => text.replace(":", " ");

const sources = {
  metrics: "CloudWatch metrics",
  "storage-metrics": "CloudWatch storage metrics",
  "last-accessed": "the service's own record",
  "last-pull": "the last pull of an image",
  role: "the last use of its role",
  "last-modified": "its last deployment",
  "first-seen": "the day it was first seen",
  "log-group": "the age of its log group",
  none: "nothing",
} as const;

/** By name of the evidence. A yes or no is said only where it has words: alone it tells a reader nothing. */
export const evidenceWords: Readonly<Record<string, EvidenceWords>> = {
  activity: {
    label: "activity",
    values: {
      normal: "quiet now, called before",
      "warmed-only": "only kept warm",
      "switched-off": "switched off",
      paused: "paused",
      "dormant-by-role": "quiet by design",
      never: "never called",
    },
  },
  aliases: { label: "aliases" },
  aliasesToo: { label: "callers of these aliases get it too" },
  moreAliases: { label: "further aliases" },
  alone: { hidden: true },
  anyOrigin: { label: "browsers", values: { true: "pages of any website may call it" } },
  apiId: { label: "API id" },
  atCeiling: { label: "a longer timeout", values: { true: "does not help" } },
  authorizerId: { label: "authorizer id" },
  bucketBlocked: { label: "already blocked" },
  by: { label: "opened by" },
  codeSha256: { hidden: true },
  latestIsDeprecated: { hidden: true },
  latestRuntime: { label: "the function itself runs on" },
  latestTimeoutSeconds: { label: "timeout of the function itself" },
  changesWithIt: { hidden: true },
  collector: { label: "could not read", value: collectorName },
  copyOfQuietDays: { label: "the copy is quiet for" },
  countedFrom: { label: "counted from", values: sources },
  createdAt: { label: "made on" },
  enabled: { label: "mapping", values: { true: "enabled", false: "disabled" } },
  enabledTriggers: { label: "still wired to" },
  extensionMs: { label: "extensions after it" },
  failedInGroup: { label: "starts of its schedule group that failed in 30 days" },
  from: { label: "messages come from" },
  isDeprecated: { hidden: true },
  keyOnly: { label: "protected by", values: { true: "an API key only" } },
  handler: { hidden: true },
  logicalId: { label: "name in the stack" },
  longestWaitSeconds: { label: "longest wait of a caller" },
  lookbackDays: { label: "looked back" },
  mappings: { label: "mapping" },
  materialKey: { hidden: true },
  movable: { hidden: true },
  newHandler: { hidden: true },
  notifies: { label: "starts" },
  observedDays: { label: "observed" },
  qualifiers: { hidden: true },
  quietDays: { label: "quiet for" },
  readAt: { label: "policy read on" },
  recommendedSeconds: { label: "recommended" },
  routeIds: { hidden: true },
  shortestWaitSeconds: { label: "shortest wait of a caller" },
  source: { label: "known from", values: sources },
  state: { label: "use", values: { invoked: "seen", used: "seen", "none-seen": "none seen", unknown: "not known" } },
  statementIds: { label: "statements" },
  statements: { label: "policy statements", value: principal },
  status: {
    label: "how",
    values: {
      partial: "answered in part",
      denied: "refused",
      throttled: "throttled",
      failed: "failed",
      disabled: "switched off",
      unsupported: "not offered in the Region",
    },
  },
  step: { hidden: true },
  storedBytes: { label: "stored" },
  switchedOff: { label: "switched off", values: { true: "yes, by reserved concurrency 0: callers are refused" } },
  takeover: { label: "callers may also", values: { true: "change its code, configuration or policy" } },
  urls: { label: "URL" },
  website: { label: "website", values: { true: "it is configured as one" } },
  cvss: { label: "CVSS" },
  epssPercentile: { label: "EPSS percentile" },
  exploited: { label: "used by attackers", values: { true: "known to be (CISA)" } },
  exploitedDue: { label: "CISA wants it mended by" },
  fixed: { label: "mended in" },
  foundBy: { label: "found by" },
  ids: { label: "holes" },
  inRange: { label: "that version", values: { true: "is allowed by what needs it", false: "is not allowed by what needs it" } },
  inVersions: { label: "only in versions" },
  layerOwner: { label: "layer of account" },
  majorJump: { label: "the step", values: { true: "leads to another major version" } },
  moreFunctions: { label: "further functions" },
  opaque: { label: "cannot be seen into" },
  purl: { hidden: true },
  undecided: { label: "of unknown version" },
  versionsKnown: { label: "versions known" },
  who: { label: "who may call", value: principal },
};

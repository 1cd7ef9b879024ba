/** JSON Schema of a function in the scan document. */
import { paces, triggerKinds } from "../model/document.ts";
import { severities } from "../model/finding.ts";
import { confidence, exposure, owner } from "./inventory-schema.ts";
import { day, flag, list, map, number, object, oneOf, text, texts, time, whole } from "./json-schema.ts";

const lastInvocation = object({
  state: oneOf("invoked", "none-seen", "unknown"),
  "at?": day,
  "quietDays?": { ...whole, description: "since `at`; where none was seen, since the earliest evidence that the function existed" },
  source: oneOf("metrics", "role", "last-modified", "first-seen", "log-group", "none"),
  lookbackDays: whole,
  "why?": { ...text, description: "for unknown" },
});

const duration = object({
  "longestMs?": number,
  "longestAt?": day,
  "extensionMs?": { ...number, description: "longest time that extensions took after the handler, inside the timeout" },
  samples: whole,
  observedDays: whole,
  censored: { ...flag, description: "the longest run was cut off by the timeout" },
});

const timeout = object({
  verdict: oneOf("timing-out", "tight", "fine", "loose", "insufficient-data", "unknown"),
  "why?": { ...text, description: "for unknown: why" },
  "headroom?": { ...number, description: "share of the timeout that the longest run left free" },
  "recommendedSeconds?": whole,
  "chanceOfExceeding?": {
    type: "number",
    minimum: 0,
    maximum: 1,
    description: "that some run of the next 90 days exceeds the recommendation",
  },
  "limitedBy?": text,
  "atCeiling?": { ...flag, description: "more time would help, and what limits it allows no more: make it asynchronous or split it" },
  confidence,
});

const trigger = object({
  kind: oneOf(...triggerKinds),
  arn: { ...text, description: "of what starts it; or internet, account:ID, service:PRINCIPAL" },
  enabled: flag,
  "periodDays?": { ...number, description: "longest wait between two runs by its own schedule, or one that leads to it" },
  "pace?": { ...oneOf(...paces), description: "how rarely it comes" },
  "why?": { ...text, description: "how we know" },
});

export const lambdaFunction = object({
  arn: text,
  name: text,
  region: text,
  "runtime?": text,
  packageType: oneOf("Zip", "Image"),
  timeoutSeconds: { ...whole, description: "that runs are cut off by: of the version behind the alias, where that is another one" },
  "behindAlias?": {
    ...object({ version: text, aliases: texts, latestTimeoutSeconds: whole }),
    description: "the version that callers of an alias get, where its timeout is not the function's own",
  },
  "timeoutChange?": { ...object({ at: day, fromSeconds: whole }), description: "the last change of the timeout that was seen" },
  memoryMb: whole,
  "lastModified?": time,
  roleArn: text,
  "codeSha256?": text,
  tags: map(text),
  owner,
  "stack?": object({ name: text, "logicalId?": text }),
  "ignored?": { ...text, description: "reason given in the tag smalltarget:ignore" },
  "environmentUnread?": { ...text, description: "why AWS did not tell its environment: what the variables name is not known" },
  lastInvocation,
  duration,
  timeout,
  triggers: list(trigger),
  "exposure?": exposure,
  activity: oneOf("normal", "warmed-only", "switched-off", "paused", "dormant-by-role", "never"),
  "activityReason?": text,
  confidence,
  "libraries?": {
    ...object({
      packages: whole,
      versionsKnown: whole,
      "vulnerable?": {
        ...object(Object.fromEntries(severities.map((severity) => [`${severity}?`, whole]))),
        description: "packages with known holes, by the severity of the gravest; absent where there are no advisories",
      },
      coverage: oneOf("complete", "partial", "unknown", "unread"),
      "unread?": { ...text, description: "why it was not read" },
      "imageScan?": {
        ...object({
          image: { ...text, description: "repository and digest" },
          status: { ...text, description: "as ECR has it" },
          completedAt: { type: ["string", "null"], description: "when the scan ended last" },
          "severities?": {
            type: "object",
            additionalProperties: whole,
            description: "how many holes, by ECR's words for severities; absent: there is no result",
          },
        }),
        description: "what ECR or Amazon Inspector found in the image that it runs, of which nothing is read",
      },
    }),
    description: "packages in its code, layers apart",
  },
});

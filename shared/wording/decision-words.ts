/** Decisions about findings in the words of messages and pages. */

/** Why a decision no longer holds a finding. */
export const releaseWords = {
  expired: "its time is up",
  withdrawn: "somebody took it back",
  worse: "the finding is graver than what was accepted",
  "evidence-changed": "the finding is not what it was when it was accepted",
  "came-back": "the finding was gone and came back",
  "out-of-scope": "it no longer speaks of this finding: another owner or tag",
} as const;

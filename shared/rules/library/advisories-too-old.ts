import { ageOfAdvisories, noAdvisoriesCode, oldAdvisoriesCode } from "../../model/coverage.ts";
import type { CoverageRule } from "../../model/rule.ts";
import { text } from "../../wording/words.ts";

/** Libraries are put to advisories of days ago. */
export const advisoriesTooOld: CoverageRule = {
  id: "library/advisories-too-old",
  subject: "coverage",
  summary: "the advisories that libraries are put to are older than two days",
  why: "A hole that was published since is not seen, and everything looks calm.",
  needs: [],
  gone: [],
  usageBased: false,
  severities: [
    {
      severity: "MEDIUM",
      when: "those of an ecosystem were last read more than 48 hours ago, or their source has had no change for a week",
    },
  ],
  settings: {},
  references: ["https://google.github.io/osv.dev/data/"],

  judge({ code, region, message = "" }) {
    // nothing is known of them: not their age either
    if (code === noAdvisoriesCode) return { answer: "unknown", why: message, sub: `${ageOfAdvisories}|${region}` };
    if (code !== oldAdvisoriesCode) return { answer: "clear" };
    return { answer: "hit", severity: "MEDIUM", confidence: "high", materialKey: "old", evidence: { advisories: message.split("; ") } };
  },

  word({ advisories }) {
    const old = Array.isArray(advisories) ? advisories : [];
    const more = old.length > 1 ? ` (and ${old.length - 1} more)` : "";
    return {
      title: `Libraries are put to old advisories: ${text(old[0])}${more}`,
      remediation: {
        text: `See why they are not read: the log of the function that fetches them, or on the command line what the scan says of them. A mirror or a folder has to be brought up to date by whoever keeps it. What was good last stays in use. Old are: ${old.join("; ")}.`,
        commands: ["smalltarget doctor"],
      },
    };
  },
};

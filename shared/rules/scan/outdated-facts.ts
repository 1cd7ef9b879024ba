import { staleAfterDays } from "../../data/freshness.ts";
import { outdatedFactsCode } from "../../model/coverage.ts";
import type { CoverageRule } from "../../model/rule.ts";
import { daysText, text } from "../../wording/words.ts";

/** The watchdog goes by lists of AWS that nobody has compared for half a year. */
export const outdatedFacts: CoverageRule = {
  id: "scan/outdated-facts",
  subject: "coverage",
  summary: "the watchdog's own lists of facts about AWS are old",
  why: "Runtimes, limits and the actions of IAM change: a watchdog that goes by an old list is wrong without knowing it.",
  needs: [],
  gone: [],
  usageBased: false,
  severities: [{ severity: "LOW", when: `a list is older than ${daysText(staleAfterDays)}` }],
  settings: {},
  references: [],

  judge({ code, message = "" }) {
    if (code !== outdatedFactsCode) return { answer: "clear" };
    return { answer: "hit", severity: "LOW", confidence: "high", materialKey: message, evidence: { tables: message.split(", ") } };
  },

  word({ tables }) {
    const names = Array.isArray(tables) ? tables : [];
    return {
      title: `Facts of AWS that are gone by here are older than ${daysText(staleAfterDays)}: ${text(names[0])}${names.length > 1 ? ` and ${names.length - 1} more` : ""}`,
      remediation: {
        text: `Install a newer version of Small Target: it brings newer lists. Old are ${names.join(", ")}.`,
        commands: ["smalltarget doctor"],
      },
    };
  },
};

import { isAbsent } from "../../model/coverage.ts";
import type { Remediation } from "../../model/finding.ts";
import type { CoverageRule } from "../../model/rule.ts";
import { collectorName } from "../../wording/collector-names.ts";
import { text } from "../../wording/words.ts";

/** Parts without which hardly anything can be said about a Region. */
const essential = new Set(["functions", "usage", "regions", "closed Regions"]);

/** Something could not be looked at. */
export const coverageIncomplete: CoverageRule = {
  id: "scan/coverage-incomplete",
  subject: "coverage",
  summary: "the watchdog could not look at something",
  why: "What could not be looked at is not known to be fine: nothing is concluded about it until it can be read again.",
  needs: [],
  gone: [],
  usageBased: false,
  severities: [
    { severity: "MEDIUM", when: "functions, their usage, or the Regions could not be read" },
    { severity: "LOW", when: "anything else" },
  ],
  settings: {},
  references: [],

  judge(coverage) {
    if (coverage.status === "complete" || isAbsent(coverage)) return { answer: "clear" };
    // said once, by what it follows from; what was refused before it is not known to be allowed now
    if (coverage.follows !== undefined)
      return { answer: "unknown", why: `${collectorName(coverage.follows)} could not be read, which it needs` };
    // not yet is not could not: it opens nothing, and what was refused before may be among the rest
    if (coverage.status === "left") return { answer: "unknown", why: "the rest is left for the next scan" };
    return {
      answer: "hit",
      severity: essential.has(coverage.collector) ? "MEDIUM" : "LOW",
      confidence: "high",
      materialKey: `${coverage.status}|${coverage.operation ?? ""}`,
      evidence: {
        collector: coverage.collector,
        region: coverage.region,
        status: coverage.status,
        operation: coverage.operation ?? null,
        code: coverage.code ?? null,
        message: coverage.message ?? null,
        ...(coverage.regions ? { regions: coverage.regions } : {}),
      },
    };
  },

  word(evidence) {
    const { regions } = evidence;
    if (Array.isArray(regions)) return closedRegions(regions);
    const where = evidence.region === "global" ? "" : ` in ${evidence.region}`;
    const what = `${collectorName(text(evidence.collector))}${where}`;
    // what is wrong with a zip is not an answer of AWS
    const isOfZip = evidence.collector === "code" || evidence.collector === "libraries";
    const own = isOfZip && !evidence.operation && evidence.message ? ` (${text(evidence.message)})` : undefined;
    const cause = own ?? (evidence.code ? ` (${evidence.operation ?? "an AWS call"}: ${evidence.code})` : "");
    if (evidence.collector === "advisories") return withoutAdvisories(text(evidence.message));
    const title = evidence.status === "partial" ? `only part of ${what} could be read${cause}` : `${what} could not be read${cause}`;
    if (own) return { title, remediation: { text: ownAdvice, commands: ["smalltarget doctor"] } };
    return {
      title,
      remediation: { text: advice(text(evidence.status), text(evidence.operation), text(evidence.code)), commands: ["smalltarget doctor"] },
    };
  },
};

/** They come from elsewhere: what is wrong there is no answer of AWS. */
function withoutAdvisories(why: string): { title: string; remediation: Remediation } {
  return {
    title: `Advisories about libraries could not be read (${why})`,
    remediation: {
      text: "Nothing is concluded about libraries of those ecosystems; findings about them stay as they are. See that their source can be reached: the setting advisories, or --advisories on the command line, takes a mirror or a folder too.",
      commands: [],
    },
  };
}

function closedRegions(regions: readonly string[]): { title: string; remediation: Remediation } {
  const names = regions.join(", ");
  return {
    title: `${regions.length === 1 ? "a Region is" : `${regions.length} Regions are`} closed by a service control policy: ${names}`,
    remediation: {
      text: `If that is meant so, name the Regions to look at: "regions": [...] in smalltarget.json for the deployed watchdog, --region for the command line. Else the policy has to let the watchdog's role read there. Nothing is concluded about ${names}.`,
      commands: ["smalltarget doctor"],
    },
  };
}

const ownAdvice =
  "What its code needs, or which packages are in it, is not known. It is not fetched again until it is deployed anew: look at how it is built, and whether it is what you deployed.";

function advice(status: string, operation: string, code: string): string {
  if (status === "denied" || /denied|unauthorized/i.test(code)) {
    return `The watchdog's role may not call ${operation}: allow it (smalltarget permissions prints the whole policy), and look for a service control policy that denies the Region.`;
  }
  if (status === "throttled" || /thrott|TooMany/i.test(code))
    return "AWS throttled the watchdog; the next scan reads on where this one stopped. If it happens daily, scan at a quieter hour.";
  return `${operation || "A call"} failed; the next scan tries again. Nothing was concluded about what it would have shown.`;
}

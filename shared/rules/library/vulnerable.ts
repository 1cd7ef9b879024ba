import type { Evidence, Remediation } from "../../model/finding.ts";
import { imageLayerType } from "../../model/image-layer.ts";
import type { ResourceRef } from "../../model/resource.ts";
import { type Hit, resourceRule } from "../../model/rule.ts";
import type { ResourceSubject } from "../../model/rule-subject.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { doors } from "../doors.ts";
import { layerVersionsCommand, raiseCommands } from "../package-commands.ts";
import {
  type Copies,
  containerText,
  copiesOf,
  exposureThere,
  fixedOf,
  imageEvidence,
  layerEvidence,
  severityThere,
  subOf,
  untoldHoles,
  usersText,
  whyUnknownHoles,
} from "../package-holes.ts";

/** So many names of holes stand in a title. */
const idsShown = 3;

/** A package with known holes: one finding for an artifact and a package, because one upgrade clears it. */
export const vulnerableLibrary = resourceRule({
  id: "library/vulnerable",
  subject: "resource",
  summary: "a library in the code or image of a function, or in a layer has known holes",
  why: "Holes of libraries are published with their names and versions: whoever looks for a way in tries those first, and a library has all that the function's role allows.",
  needs: ["advisories", "libraries:own"],
  weighs: doors,
  // a layer is there as long as a function, or a version behind an alias, uses it
  gone: ["functions:listed", "lambda-access"],
  types: ["AWS::Lambda::Function", "AWS::Lambda::LayerVersion", imageLayerType],
  usageBased: false,
  severities: [
    {
      severity: "CRITICAL",
      when: "CVSS calls the gravest hole critical, and the function may be reached from the internet; or it is known to be used (CISA), and critical or in a function that answers anybody",
    },
    {
      severity: "HIGH",
      when: "CVSS calls it high, or critical where nobody outside the account reaches it; or it is known to be used; or medium, and EPSS finds at most 2 in 100 likelier to be used",
    },
    {
      severity: "MEDIUM",
      when: "CVSS calls it medium, or nobody says how grave it is; or low, and EPSS finds at most 2 in 100 likelier to be used",
    },
    { severity: "LOW", when: "CVSS calls it low" },
    { severity: "INFORMATIONAL", when: "CVSS finds that nothing is lost by it" },
  ],
  settings: {},
  references: ["https://osv.dev/", "https://www.cisa.gov/known-exploited-vulnerabilities-catalog", "https://www.first.org/epss/"],

  judge(subject) {
    const { libraries } = subject;
    const known = libraries?.unread === undefined ? libraries?.vulnerable : undefined;
    if (!known) return { answer: "unknown", why: whyUnknownHoles(libraries) };
    const copies = copiesOf(known.filter(({ malicious }) => !malicious));
    const hits = copies.map((one) => hitOf(one, subOf(one, copies), subject));
    return [...hits, ...untoldHoles(libraries)];
  },

  word: (evidence, resource) => ({ title: titleOf(evidence, resource), remediation: remediationOf(evidence, resource) }),
});

function hitOf(copies: Copies, sub: string, subject: ResourceSubject): Hit {
  const [first] = copies;
  const { name, ecosystem, version, versionRange, purl, evidence, confidence } = first.package;
  const exposure = exposureThere(subject);
  const fixed = fixedOf(copies);
  const ids = [...new Set(copies.flatMap((one) => one.ids))];
  const aliases = [...new Set(copies.flatMap((one) => one.aliases))].filter((id) => !ids.includes(id));
  const due = copies.flatMap(({ exploitedDue }) => exploitedDue ?? []).toSorted()[0];
  const score = Math.max(...copies.map((one) => one.score ?? -1));
  const epss = Math.max(...copies.map((one) => one.epss ?? -1));
  const inRange = copies.some((one) => one.inRange === false) ? false : copies.every((one) => one.inRange === true) ? true : undefined;
  const severity = severityThere(copies, exposure);
  const versions = [...new Set(copies.map((one) => one.package.version ?? one.package.versionRange ?? ""))];
  return {
    answer: "hit",
    sub,
    severity,
    confidence,
    materialKey: [...affectedSet(ids, aliases), `fixed ${fixed}`, ...(due === undefined ? [] : ["exploited"])].join("|"),
    evidence: {
      package: name,
      version,
      ...(versionRange === undefined ? {} : { versionRange }),
      ...(versions.length > 1 ? { versions } : {}),
      ecosystem,
      purl,
      ids,
      aliases,
      ...(score < 0 ? {} : { cvss: score }),
      ...(due === undefined ? {} : { exploited: true, ...(due === "" ? {} : { exploitedDue: due }) }),
      ...(epss < 0 ? {} : { epssPercentile: epss }),
      fixed,
      ...(fixed === null ? {} : { majorJump: copies.some((one) => one.majorJump) }),
      ...(inRange === undefined ? {} : { inRange }),
      exposure,
      foundBy: evidence.how,
      path: evidence.path,
      ...imageEvidence(first, subject),
      ...versionsEvidence(copies),
      ...layerEvidence(subject),
    },
  };
}

/** Published versions, where it is in none of the function's own code. */
function versionsEvidence(copies: Copies): Evidence {
  const each = copies.map(({ inVersions }) => inVersions);
  return each.includes(undefined) ? {} : { inVersions: [...new Set(each.flatMap((one) => one ?? []))] };
}

/**
 * The holes by their CVEs, which stay while databases add records of their own for the same hole; those of GitHub without one, and those of
 * others where there is nothing else, by their number.
 */
function affectedSet(ids: readonly string[], aliases: readonly string[]): readonly string[] {
  const cves = [...new Set([...ids, ...aliases])].filter((id) => id.startsWith("CVE-")).toSorted();
  const ofGitHub = ids.filter((id) => id.startsWith("GHSA-")).length;
  const counted = ofGitHub > 0 ? `${ofGitHub} GHSA` : cves.length === 0 ? `${ids.length} holes` : "";
  return counted === "" ? cves : [...cves, counted];
}

function titleOf(evidence: Evidence, resource: ResourceRef): string {
  const ids = listOf(evidence.ids);
  const names = ids.length > idsShown ? `${ids.slice(0, idsShown).join(", ")} and ${ids.length - idsShown} more` : ids.join(", ");
  const used = evidence.exploited ? ", known to be used by attackers" : "";
  const fixed = text(evidence.fixed);
  const way = fixed ? `mended in ${fixed}` : "mended in no version";
  const versions = listOf(evidence.versions);
  const which =
    versions.length > 1 ? versions.join(" and ") : text(evidence.version) || `in a version that is ${text(evidence.versionRange)}`;
  const inVersions = listOf(evidence.inVersions);
  const container = containerText(evidence, resource);
  const where = inVersions.length === 0 ? container : `What aliases of ${container} lead to (version ${inVersions.join(", ")})`;
  return `${where} contains ${evidence.package} ${which}, which has ${ids.length === 1 ? "a known hole" : `${ids.length} known holes`}: ${names}${used}; ${way}`;
}

function remediationOf(evidence: Evidence, resource: ResourceRef): Remediation {
  const [name, ecosystem, fixed, owner] = [evidence.package, evidence.ecosystem, evidence.fixed, evidence.layerOwner].map(text) as [
    string,
    string,
    string,
    string,
  ];
  const users = usersText(evidence);
  if (owner) {
    return {
      text: `The layer belongs to account ${owner}: take a newer version of it, in which ${name} is ${fixed ? `at least ${fixed}` : "mended or gone"}, or ask its owner for one.${users}`,
      commands: [layerVersionsCommand(resource)],
    };
  }
  const inVersions = listOf(evidence.inVersions);
  if (inVersions.length > 0) {
    return {
      text: `The function's own code does not have it any more, or not in that version: publish a new version, and lead the aliases there that still lead to version ${inVersions.join(", ")}.`,
      commands: [awsCommand("lambda", "list-aliases", { "function-name": resource.name, region: resource.region })],
    };
  }
  const afterwards =
    resource.type === imageLayerType
      ? `build the images that have the layer anew, on a newer base image where that brings it, and deploy them.${users}`
      : resource.type === "AWS::Lambda::LayerVersion"
        ? `publish a new version of the layer, and lead its functions there.${users}`
        : "build it and deploy it.";
  if (!fixed) {
    return {
      text: `There is no version without these holes: see whether the code uses the part that is concerned, and replace ${name} by something else. Then ${afterwards}`,
      commands: [],
    };
  }
  const jump = evidence.majorJump ? ` That is another major version: read what it changes.` : "";
  const range =
    evidence.inRange === true
      ? " Those that need it allow that version: installing anew is enough."
      : evidence.inRange === false
        ? " Another package holds it at an older version: raise that one first."
        : "";
  return {
    text: `Raise ${name} to ${fixed} or later in its project, build it, and ${afterwards}${range}${jump}`,
    commands: raiseCommands({ ecosystem, name, fixed, inRange: evidence.inRange === true }),
  };
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

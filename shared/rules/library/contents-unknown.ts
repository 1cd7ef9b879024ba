import type { Evidence } from "../../model/finding.ts";
import type { ArtifactLibraries } from "../../model/libraries.ts";
import { resourceRule } from "../../model/rule.ts";
import { containerText, layerEvidence, usersText } from "../package-holes.ts";

/** So many files and packages are named. */
const shown = 10;

/**
 * An artifact of which it is not known what is in it: one file that was put together of many, or packages whose versions nothing tells.
 * Code as people write it, and an artifact whose every package is known, are no such thing; nor is what was not looked at.
 */
export const contentsUnknown = resourceRule({
  id: "library/contents-unknown",
  subject: "resource",
  summary: "which libraries, or which versions of them, are in the code of a function or in a layer is not known",
  why: "What cannot be seen is reported as clean by every scanner, until a hole in it is used. A list that is shipped beside the code makes it visible.",
  needs: ["libraries:own"],
  // a layer is there as long as a function, or a version behind an alias, uses it
  gone: ["functions:listed", "lambda-access"],
  types: ["AWS::Lambda::Function", "AWS::Lambda::LayerVersion"],
  usageBased: false,
  severities: [
    { severity: "LOW", when: "packages that have known holes are in it, in versions that nothing tells; or it cannot be read at all" },
    { severity: "INFORMATIONAL", when: "it holds files that may hold packages, and nothing tells which" },
  ],
  settings: {},
  references: ["https://cyclonedx.org/"],

  judge(subject) {
    const { libraries } = subject;
    if (!libraries) return { answer: "unknown", why: "its packages are not known" };
    const { unread, isRefused, coverage, untold, packages, versionsKnown, vulnerable } = libraries;
    if (unread !== undefined && isRefused) {
      return {
        answer: "hit",
        severity: "LOW",
        confidence: "high",
        materialKey: "refused",
        evidence: { unread, ...imageOf(libraries), ...layerEvidence(subject) },
      };
    }
    if (unread !== undefined || !coverage) return { answer: "unknown", why: unread ?? "its packages are not known" };
    const opaque = coverage.opaque.map(({ file, why }) => `${file}: ${why}`);
    const undecided = [...new Set(untold.flatMap((one) => /there are advisories about (\S+), and /.exec(one)?.[1] ?? []))];
    // whether what has no version has holes only the advisories tell
    const isAsked = vulnerable !== undefined && !untold.some((one) => one.includes(": there are no advisories of "));
    const isTold = isAsked || versionsKnown === packages;
    if (opaque.length === 0 && undecided.length === 0) {
      return isTold ? { answer: "clear" } : { answer: "unknown", why: "there are no advisories to put its packages to" };
    }
    return {
      answer: "hit",
      severity: undecided.length > 0 ? "LOW" : "INFORMATIONAL",
      confidence: "high",
      materialKey: undecided.length > 0 ? "versions" : coverage.status,
      ...(isTold ? {} : { mayBeGraver: true }),
      evidence: {
        packages,
        versionsKnown,
        ...(undecided.length > 0 ? { undecided: undecided.slice(0, shown) } : {}),
        ...(opaque.length > 0 ? { opaque: opaque.slice(0, shown) } : {}),
        statements: coverage.statements.slice(0, shown),
        ...imageOf(libraries),
        ...layerEvidence(subject),
      },
    };
  },

  word(evidence, resource) {
    const container = containerText(evidence, resource);
    const undecided = listOf(evidence.undecided);
    if (typeof evidence.unread === "string") {
      return {
        title: `What is in ${container} is not known: ${evidence.unread}`,
        remediation: {
          text: `Lambda runs it, and nothing else can look into it: look at how it is built, and whether it is what you deployed. It is looked at again when it is deployed anew.${usersText(evidence)}`,
          commands: [],
        },
      };
    }
    const title =
      undecided.length > 0
        ? `${container} contains ${someOf(undecided)} of which nothing tells the version, or the group, and of which some have known holes`
        : `Not all libraries in ${container} are known: ${firstOf(listOf(evidence.opaque))}`;
    return {
      title,
      remediation: {
        text: `Ship a list of what is in it: a CycloneDX file named bom.json in ${evidence.image === undefined ? "the root of the zip" : "the image, beside the code"}, which the build writes.${isJavascript(evidence) ? " The command below writes it for a project of npm; a source map, or path comments (esbuild without minifying), name the packages too." : " For Python cyclonedx-py environment writes it, for Maven the cyclonedx-maven-plugin, for Go cyclonedx-gomod app."}${usersText(evidence)}`,
        commands: isJavascript(evidence) ? ["npx @cyclonedx/cyclonedx-npm --omit dev --output-file bom.json"] : [],
      },
    };
  },
});

/** `team/thumbs@sha256:...`, where it is an image. */
function imageOf({ image }: ArtifactLibraries): Evidence {
  return image === undefined ? {} : { image };
}

function isJavascript(evidence: Evidence): boolean {
  return [...listOf(evidence.opaque), ...listOf(evidence.statements)].some((one) => /\.[cm]?js\b|^bundled|^npm:/.test(one));
}

function someOf(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and others` : names.join(" and ");
}

function firstOf(all: readonly string[]): string {
  return all.length > 1 ? `${all[0]}, and ${all.length - 1} more` : (all[0] ?? "");
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

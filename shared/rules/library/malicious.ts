import { imageLayerType } from "../../model/image-layer.ts";
import type { ArtifactLibraries } from "../../model/libraries.ts";
import { anySub, resourceRule } from "../../model/rule.ts";
import { text } from "../../wording/words.ts";
import { layerVersionsCommand, takeOutCommands } from "../package-commands.ts";
import { containerText, copiesOf, imageEvidence, isLayer, layerEvidence, subOf, usersText } from "../package-holes.ts";

/** A package that was made to harm: no upgrade mends it, and what it could reach has to be taken for known. */
export const maliciousLibrary = resourceRule({
  id: "library/malicious",
  subject: "resource",
  summary: "a package in the code or image of a function, or in a layer was made to harm",
  why: "Such packages send away what they find where they are installed and where they run: keys, tokens, code. It ran with everything that the function's role allows.",
  needs: ["advisories", "libraries:own"],
  // a layer is there as long as a function, or a version behind an alias, uses it
  gone: ["functions:listed", "lambda-access"],
  types: ["AWS::Lambda::Function", "AWS::Lambda::LayerVersion", imageLayerType],
  usageBased: false,
  severities: [{ severity: "CRITICAL", when: "always" }],
  settings: {},
  references: ["https://github.com/ossf/malicious-packages"],

  judge(subject) {
    const { libraries } = subject;
    const vulnerable = libraries?.unread === undefined ? libraries?.vulnerable : undefined;
    if (!libraries || !vulnerable)
      return { answer: "unknown", why: libraries?.unread ?? "its packages are not known, or there are no advisories" };
    const all = copiesOf(vulnerable.filter(({ malicious }) => malicious));
    const hits = all.map((copies) => {
      const [{ package: found, ids, aliases }] = copies;
      return {
        answer: "hit",
        sub: subOf(copies, all),
        severity: "CRITICAL",
        confidence: found.confidence,
        materialKey: found.version ?? found.versionRange ?? "",
        evidence: {
          package: found.name,
          version: found.version,
          ...(found.versionRange === undefined ? {} : { versionRange: found.versionRange }),
          ecosystem: found.ecosystem,
          purl: found.purl,
          ids,
          aliases,
          foundBy: found.evidence.how,
          path: found.evidence.path,
          ...imageEvidence(copies[0], subject),
          ...(copies.every(({ inVersions }) => inVersions)
            ? { inVersions: [...new Set(copies.flatMap(({ inVersions = [] }) => inVersions))] }
            : {}),
          ...layerEvidence(subject),
        },
      } as const;
    });
    return isWhole(libraries)
      ? hits
      : [...hits, { answer: "unknown", why: "not everything in it could be told", sub: anySub, except: libraries.cleared ?? [] }];
  },

  word(evidence, resource) {
    const [name, ecosystem, owner] = [text(evidence.package), text(evidence.ecosystem), text(evidence.layerOwner)];
    const ids = Array.isArray(evidence.ids) ? evidence.ids.join(", ") : "";
    const where = isLayer(resource) ? "what has the layer" : "the function";
    return {
      title: `${containerText(evidence, resource)} contains ${name} ${text(evidence.version) || text(evidence.versionRange)}, which was made to harm (${ids})`,
      remediation: {
        text: owner
          ? `Take the layer off its functions at once, and tell account ${owner}, to which it belongs.${usersText(evidence)} Then change every secret that those functions could read, and look in CloudTrail for what their roles did since.`
          : `Take ${name} out and deploy ${where} anew, at once.${usersText(evidence)} Then change every secret that could be read where it ran or was installed, build machines too, and look in CloudTrail for what the role did since. A name that is only like another's was perhaps a slip of typing.`,
        commands: owner ? [layerVersionsCommand(resource)] : takeOutCommands(ecosystem, name),
      },
    };
  },
});

function isWhole({ coverage, untold }: ArtifactLibraries): boolean {
  return coverage?.status === "complete" && untold.length === 0;
}

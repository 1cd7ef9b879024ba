import type { FunctionFacts } from "../../model/document.ts";
import { resourceRule } from "../../model/rule.ts";
import { text } from "../../wording/words.ts";
import { usersEvidence } from "../role-users.ts";

/**
 * A function's role is not named as the team agreed. Off until somebody sets the pattern: `{stack}-{function}`, with `*` for anything. Names that
 * CloudFormation makes (`STACK-LOGICALID-RANDOM`) fit `{stack}-*`.
 */
export const roleNameConvention = resourceRule({
  id: "iam/role-name-convention",
  subject: "resource",
  summary: "the role of a function is not named as agreed",
  why: "A name that says which function and stack a role belongs to is how people see at once which role may go, and policies can be written for.",
  needs: ["functions", "iam:own"],
  gone: ["iam"],
  types: ["AWS::IAM::Role"],
  usageBased: false,
  severities: [{ severity: "INFORMATIONAL", when: "it fits the pattern for none of its functions" }],
  settings: {
    pattern: {
      default: "",
      meaning: "how roles of functions are named: {function}, {stack}, {logicalId}, {region} and * for anything; empty: any name will do",
    },
  },
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html"],

  judge({ resource, access }, { settings: { pattern } }) {
    const functions = access?.functions ?? [];
    if (pattern === "" || !access || functions.length === 0) return { answer: "clear" };
    const wanted = functions.flatMap(({ facts }) => patternFor(pattern, facts) ?? []);
    if (wanted.length === 0) return { answer: "unknown", why: `none of its functions has what the pattern ${pattern} names` };
    if (wanted.some(({ fits }) => fits.test(resource.name))) return { answer: "clear" };
    return {
      answer: "hit",
      severity: "INFORMATIONAL",
      confidence: "high",
      materialKey: `${pattern}|${resource.name}`,
      evidence: { ...usersEvidence(access), pattern, wanted: wanted[0]?.text ?? null },
    };
  },

  word(evidence, { name }) {
    return {
      title: `Role ${name} is not named as agreed: ${text(evidence.pattern)}`,
      remediation: {
        text: `A role cannot be renamed: where it is made, give it the name ${text(evidence.wanted)}, which makes a new role; switch the function over with that deployment. Another pattern is a setting of this rule (pattern).`,
        commands: [],
      },
    };
  },
});

/** The pattern for one function; undefined where it names what the function has not. */
function patternFor(pattern: string, { name, region, stack }: FunctionFacts): { readonly fits: RegExp; readonly text: string } | undefined {
  const values: Readonly<Record<string, string | undefined>> = { function: name, region, stack: stack?.name, logicalId: stack?.logicalId };
  let missing = false;
  const filled = pattern.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) missing = true;
    return value ?? "";
  });
  if (missing) return undefined;
  const escaped = filled.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return { fits: new RegExp(`^${escaped}$`, "i"), text: filled };
}

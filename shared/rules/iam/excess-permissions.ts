import type { Excess } from "../../model/excess.ts";
import type { RoleAccess } from "../../model/role-access.ts";
import { resourceRule } from "../../model/rule.ts";
import { isEverything } from "../../permissions/excess.ts";
import { judgedRole } from "../../permissions/role-risk.ts";
import { text } from "../../wording/words.ts";
import { doors } from "../doors.ts";
import { commandsForRole } from "../role-needs.ts";
import { roleRemediation, usersEvidence } from "../role-users.ts";
import { stackEvidence } from "../unused-resource.ts";

/** So many allowed actions beyond the needs are a wildcard's doing, whatever the code shows. */
const broad = 40;
const namedAtMost = 10;
/** Bands of the risk score, 0 to 100. */
const high = 40;
const medium = 18;

/**
 * A role that allows more than the code and the settings of its functions need. What code needs is read from the deployed package
 * (docs/decisions/0021, 0022, 0024); where it could not be read, nothing is said. How much it matters is ranked by permissions/risk.ts.
 */
export const excessPermissions = resourceRule({
  id: "iam/excess-permissions",
  subject: "resource",
  summary: "the role of a function allows more than its code and its settings need",
  why: "Whoever gets into the function, by a hole in its code or in a library, gets everything that its role allows: data of others, settings, other roles. What the function does not need can be taken away without anybody noticing.",
  needs: ["functions", "iam:own", "eventSourceMappings", "lambda-access:listed"],
  weighs: doors,
  gone: ["iam"],
  types: ["AWS::IAM::Role"],
  usageBased: false,
  severities: [
    { severity: "HIGH", when: `its risk is ${high} of 100 or more` },
    { severity: "MEDIUM", when: `its risk is ${medium} or more` },
    { severity: "LOW", when: "its risk is less" },
  ],
  settings: {
    unusedDays: {
      default: 90,
      unit: "days",
      minimum: 1,
      meaning: "what IAM saw no use of for so long, in a role as old, is called unneeded",
    },
    sensitiveNames: {
      default: [
        "customer",
        "user",
        "patient",
        "payment",
        "billing",
        "invoice",
        "card",
        "personal",
        "health",
        "credential",
        "secret",
        "backup",
      ],
      meaning: "parts of names of tables, buckets and the like that hold what must not get out",
    },
  },
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege"],
  yieldsTo: ["iam/admin-function-role"],

  judge({ resource, access }, { settings }) {
    const functions = access?.functions ?? [];
    if (!access || functions.length === 0) return { answer: "clear" };
    const judged = judgedRole(access, settings);
    if ("unknown" in judged) return { answer: "unknown", why: judged.unknown };
    const { excess, risk } = judged;
    if (!reported(access, excess)) return { answer: "clear" };
    const { actions, wide, unresolved } = excess;
    const severity = risk.score >= high ? "HIGH" : risk.score >= medium ? "MEDIUM" : "LOW";
    const grave = actions.filter(({ kind }) => kind !== "read");
    const unneeded = actions.filter((one) => one.unneeded).length;
    return {
      answer: "hit",
      severity,
      confidence: unresolved.length > 0 ? "low" : grave.length > 0 && grave.every((one) => one.unneeded) ? "high" : "medium",
      materialKey: [
        severity,
        ...new Set(grave.map(({ action, kind }) => `${kind} ${action.split(":")[0]}`)),
        ...wide.map((one) => one.action),
      ]
        .toSorted()
        .join("|"),
      evidence: {
        ...usersEvidence(access),
        commands: functions.slice(0, 1).flatMap(commandsForRole),
        allowed: excess.allowed,
        needed: excess.needed,
        inExcess: actions.length,
        unneeded,
        permissionsInExcess: count(excess, "permissions"),
        dataReadsInExcess: count(excess, "data-read"),
        writesInExcess: count(excess, "write"),
        worst: actions.slice(0, namedAtMost).map(({ action }) => action),
        wide: wide.slice(0, namedAtMost).map(({ action, named }) => `${action} on * (needed on ${named.slice(0, 3).join(", ")})`),
        unresolved: unresolved.slice(0, 5),
        risk: risk.score,
        riskFactors: risk.factors.map(({ name, value, why }) => `${name} ${value}: ${why}`),
        unusedDays: settings.unusedDays,
        ...stackEvidence(resource.tags ?? {}),
      },
    };
  },

  word(evidence, { name }) {
    const list = (value: unknown) => (Array.isArray(value) ? (value as string[]) : []);
    const [functions, worst, wide, unresolved] = [evidence.functions, evidence.worst, evidence.wide, evidence.unresolved].map(list);
    const whose = functions?.length === 1 ? `${functions[0]} is` : `its ${functions?.length} functions are`;
    const number = Number(evidence.inExcess);
    const shown = `${worst?.slice(0, 3).join(", ")}${number > 3 ? ", ..." : ""}`;
    const what =
      number > 0
        ? `allows ${number} ${number === 1 ? "action" : "actions"} that ${whose} not seen to need: ${shown}`
        : `allows on everything what ${whose} seen to need on named resources`;
    const unneeded = Number(evidence.unneeded);
    const sure =
      unneeded > 0
        ? `${unneeded} of them are unneeded: nothing in code and settings, and no use that IAM saw in ${text(evidence.unusedDays)} days. `
        : "";
    const narrow = wide?.length ? `Allowed more widely than needed: ${wide.join("; ")}. ` : "";
    const open = unresolved?.length ? `What is needed is not known completely: ${unresolved.join("; ")}. ` : "";
    const advice = `${sure}${narrow}${open}The first command prints a role with what the function needs and no more: what is kept, what goes, and why; the second prints the commands that make it. Give it to one function first, and watch for refused calls before you take the old role away.`;
    return { title: `Role ${name} ${what}`, remediation: roleRemediation(evidence, advice, list(evidence.commands)) };
  },
});

/** What is worth a finding. Where the code shows no call at all, and the role is narrow, it is likelier that something was not seen. */
function reported(access: RoleAccess, { actions, wide, codeSpeaks }: Excess): boolean {
  const grave = actions.filter(({ kind }) => kind !== "read");
  if (wide.length > 0 || grave.some((one) => one.unneeded)) return true;
  if (grave.length === 0) return actions.length >= broad;
  if (codeSpeaks || actions.length >= broad) return true;
  return grave.some(({ action }) => access.grant.scopesOf(action).some(({ resources }) => resources.some(isEverything)));
}

function count({ actions }: Excess, kind: Excess["actions"][number]["kind"]): number {
  return actions.filter((one) => one.kind === kind).length;
}

import { dayOf } from "../../model/day.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { daysText, text } from "../../wording/words.ts";
import { roleRemediation, unreadPolicies, usersEvidence } from "../role-users.ts";
import { stackEvidence } from "../unused-resource.ts";

/** What every function may use, and many do not. */
const everybodys = new Set(["logs", "xray", "cloudwatch"]);

/**
 * Services that a role allows and that, by IAM's memory of 400 days, nobody used by it, while its functions ran. IAM counts refused attempts
 * as use: what stands here was not even tried. Rare jobs, error paths and yearly runs may still need it.
 */
export const unusedServiceAccess = resourceRule({
  id: "iam/unused-service-access",
  subject: "resource",
  summary: "the role of a function allows services that it has not used for months",
  why: "A service that is not used can be taken from the role without anybody noticing, and then nobody who gets into the function can use it either.",
  // whatever iam/excess-permissions reads, too: what could keep that from saying more must not make this one speak
  needs: ["functions", "iam:own", "role-use:own", "eventSourceMappings", "lambda-access:listed", "code"],
  gone: ["iam"],
  types: ["AWS::IAM::Role"],
  usageBased: true,
  severities: [{ severity: "LOW", when: "a service was not used for unusedDays, though the functions ran" }],
  settings: {
    unusedDays: { default: 90, unit: "days", minimum: 1, meaning: "no use of a service for so long, by a role that is older than this" },
  },
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html"],
  yieldsTo: ["iam/admin-function-role", "iam/excess-permissions"],

  judge({ resource, access }, { now, settings }) {
    const functions = access?.functions ?? [];
    if (!access || functions.length === 0) return { answer: "clear" };
    const unread = unreadPolicies(access);
    if (unread) return { answer: "unknown", why: unread };
    if (!access.use) return { answer: "unknown", why: "what it was used for could not be read" };
    if (!resource.createdAt) return { answer: "unknown", why: "when it was created is not known" };
    const today = dayOf(now);
    const isRecent = (at: string | undefined) => at !== undefined && today - dayOf(at) < settings.unusedDays;
    if (isRecent(resource.createdAt)) return { answer: "clear" };
    // silence says something only where something ran
    if (!functions.some(({ facts }) => isRecent(facts.lastInvocation.at))) return { answer: "clear" };
    const needed = new Set(functions.flatMap(({ need }) => (need?.needs ?? []).map(({ action }) => action.split(":")[0] ?? "")));
    const unused = access.use.services
      .filter(({ service, lastUsedAt }) => !isRecent(lastUsedAt) && !needed.has(service) && !everybodys.has(service))
      .map(({ service }) => service)
      .toSorted();
    if (unused.length === 0) return { answer: "clear" };
    return {
      answer: "hit",
      severity: "LOW",
      confidence: functions.every(({ need }) => need && need.unresolved.length === 0) ? "high" : "medium",
      materialKey: unused.join("|"),
      evidence: {
        ...usersEvidence(access),
        services: unused,
        unusedDays: settings.unusedDays,
        readAt: access.use.readAt,
        ...stackEvidence(resource.tags ?? {}),
      },
    };
  },

  word(evidence, { name }) {
    const services = Array.isArray(evidence.services) ? evidence.services : [];
    const shown = services.length > 4 ? `${services.slice(0, 4).join(", ")} and ${services.length - 4} more` : services.join(", ");
    const days = daysText(Number(evidence.unusedDays));
    return {
      title: `Role ${name} allows ${shown}, not used for ${days} or more`,
      remediation: roleRemediation(
        evidence,
        `IAM remembers no use of ${services.length === 1 ? "this service" : "these services"} by the role in ${days} (as of ${text(evidence.readAt).slice(0, 10)}), refused attempts counted. Take it from the role's policies, which the commands show, unless something rare needs it: a yearly job, the way of an error.`,
        [
          awsCommand("iam", "list-attached-role-policies", { "role-name": name }),
          awsCommand("iam", "list-role-policies", { "role-name": name }),
        ],
      ),
    };
  },
});

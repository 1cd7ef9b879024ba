import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { stackEvidence, unusedRemediation } from "../unused-resource.ts";

const evidenceOf = (list: unknown, pattern: RegExp): string[] =>
  Array.isArray(list) ? list.filter((one): one is string => typeof one === "string" && pattern.test(one)) : [];

/** A role that only makes sense with App Mesh, which AWS switched off: its meshes are gone, what was granted for them is not. */
export const appMeshLeftOver = resourceRule({
  id: "iam/app-mesh-left-over",
  subject: "resource",
  summary: "a role still has what App Mesh needed, which AWS discontinued",
  why: "AWS App Mesh ended on 30 September 2026. What was granted for it serves nobody, and proxies that were left in place route without anybody steering them.",
  needs: ["iam:own"],
  gone: ["iam"],
  types: ["AWS::IAM::Role"],
  usageBased: false,
  severities: [{ severity: "INFORMATIONAL", when: "the role trusts App Mesh, or has one of its policies" }],
  settings: {},
  references: ["https://docs.aws.amazon.com/app-mesh/latest/userguide/what-is-app-mesh.html"],

  judge({ resource }) {
    const { trustedServices, policies } = resource.details ?? {};
    const trusts = evidenceOf(trustedServices, /(^|[.-])appmesh([.-]|$)/);
    const has = evidenceOf(policies, /^AWSAppMesh/);
    if (trusts.length + has.length === 0) return { answer: "clear" };
    const evidence = { trusts, policies: has, ...stackEvidence(resource.tags ?? {}) };
    return { answer: "hit", severity: "INFORMATIONAL", confidence: "high", materialKey: [...trusts, ...has].sort().join("|"), evidence };
  },

  word(evidence, { name }) {
    const policies = evidence.policies as readonly string[];
    const serviceLinked = name.startsWith("AWSServiceRoleFor");
    const look = awsCommand("iam", "list-attached-role-policies", { "role-name": name });
    const remove = serviceLinked
      ? awsCommand("iam", "delete-service-linked-role", { "role-name": name })
      : awsCommand("iam", "delete-role", { "role-name": name });
    const advice = serviceLinked
      ? "AWS deletes it when nothing of the service is left."
      : policies.length > 0
        ? `Take off ${policies.join(", ")} (the first command gives the ARNs), and the Envoy container from the tasks that still have it; delete the role if nothing else uses it.`
        : "Delete it if nothing else uses it.";
    return {
      title: `Role ${name} is left over from App Mesh, which ended on 30 September 2026`,
      remediation: unusedRemediation(evidence, advice, serviceLinked ? [remove] : [look, remove]),
    };
  },
});

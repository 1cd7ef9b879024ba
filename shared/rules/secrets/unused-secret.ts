import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { judgeUnused, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

/** A secret that nobody read for months. Replicas, secrets that a service keeps, and those already being deleted are left alone. */
export const unusedSecret = resourceRule({
  ...unusedRule,
  id: "secrets/unused-secret",
  summary: "a secret was not read for months",
  why: "A credential that nobody needs opens a door all the same: what it gives access to should be closed, then the secret removed.",
  needs: ["secrets:own"],
  gone: ["secrets:listed"],
  types: ["AWS::SecretsManager::Secret"],
  references: ["https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html"],

  judge(subject, context) {
    const { owningService, deletedAt, replicaOf } = subject.resource.details ?? {};
    if (owningService || deletedAt || replicaOf) return { answer: "clear" };
    return judgeUnused(subject, context);
  },

  word(evidence, resource) {
    const options = { "secret-id": resource.arn, region: resource.region };
    const remove = awsCommand("secretsmanager", "delete-secret", { ...options, "recovery-window-in-days": 30 });
    const look = `${awsCommand("secretsmanager", "describe-secret", options)} --query ReplicationStatus`;
    const advice =
      "Close what it gives access to. Where the first command shows replicas in other Regions, see that nobody reads them there and remove them first (aws secretsmanager remove-regions-from-replication): until then AWS refuses to delete it. Its deletion takes effect at once but can be undone for 30 days (third command): that is the trial.";
    return {
      title: unusedTitle("Secret", "read", evidence, resource),
      remediation: unusedRemediation(evidence, advice, [look, remove, awsCommand("secretsmanager", "restore-secret", options)]),
    };
  },
});

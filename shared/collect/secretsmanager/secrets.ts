/** Secrets of Secrets Manager: names, dates and rotation. Their values are never asked for. */
import { ListSecretsCommand, type SecretListEntry } from "@aws-sdk/client-secrets-manager";
import { pages } from "../../aws/paginate.ts";
import type { SecretAnswer } from "../../describe/services/secrets.ts";
import { periodOf } from "../../usage/schedule-period.ts";
import { collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";
import { tagsOf } from "../contract/tag-pairs.ts";

export const secretsCollector: ServiceCollector<"secrets"> = {
  name: "secrets",
  scope: "region",
  readerVersion: 1,
  actions: ["secretsmanager:ListSecrets"],
  reads: "names, keys, rotation and the day of the last read of secrets; never their values",
  collect({ clients, region, now }) {
    return collectPart<SecretAnswer>("secrets", region, async (sink) => {
      const list = pages(
        (NextToken) => clients.secrets(region).send(new ListSecretsCommand({ MaxResults: 100, ...(NextToken ? { NextToken } : {}) })),
        (page) => page.NextToken,
      );
      for await (const page of list) for (const secret of page.SecretList ?? []) sink.push(...toAnswer(secret, now));
    });
  },
};

function toAnswer(secret: SecretListEntry, now: Date): SecretAnswer[] {
  const { ARN, Name, KmsKeyId, RotationEnabled, RotationLambdaARN, OwningService, PrimaryRegion } = secret;
  if (!ARN) return [];
  const answer = {
    arn: ARN,
    name: Name ?? ARN,
    createdAt: secret.CreatedDate?.toISOString(),
    lastAccessedAt: secret.LastAccessedDate?.toISOString(),
    lastChangedAt: secret.LastChangedDate?.toISOString(),
    lastRotatedAt: secret.LastRotatedDate?.toISOString(),
    deletedAt: secret.DeletedDate?.toISOString(),
    keyId: KmsKeyId,
    rotationEnabled: RotationEnabled === true,
    rotationFunctionArn: RotationLambdaARN,
    rotationDays: rotationDays(secret, now),
    owningService: OwningService,
    primaryRegion: PrimaryRegion,
    tags: tagsOf(secret.Tags),
  };
  return [answer];
}

function rotationDays({ RotationRules }: SecretListEntry, now: Date): number | undefined {
  if (RotationRules?.AutomaticallyAfterDays) return RotationRules.AutomaticallyAfterDays;
  const period = RotationRules?.ScheduleExpression ? periodOf(RotationRules.ScheduleExpression, now) : undefined;
  return period?.kind === "repeating" ? Math.ceil(period.longestGapDays) : undefined;
}

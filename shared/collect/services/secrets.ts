/** Secrets of Secrets Manager: names, dates and rotation. Their values are never asked for. */
import { ListSecretsCommand, type SecretListEntry } from "@aws-sdk/client-secrets-manager";
import { pages } from "../../aws/paginate.ts";
import { describeSecret } from "../../graph/describe/secret.ts";
import { periodOf } from "../../usage/schedule-period.ts";
import { collectPart } from "../collector.ts";
import { tagsOf } from "../tag-pairs.ts";
import type { ServiceCollector } from "./service-collector.ts";

export const secretsCollector: ServiceCollector = {
  name: "secrets",
  scope: "region",
  actions: ["secretsmanager:ListSecrets"],
  reads: "names, keys, rotation and the day of the last read of secrets; never their values",
  collect({ clients, region, now }) {
    return collectPart("secrets", region, async (sink) => {
      const list = pages(
        (NextToken) => clients.secrets(region).send(new ListSecretsCommand({ MaxResults: 100, ...(NextToken ? { NextToken } : {}) })),
        (page) => page.NextToken,
      );
      for await (const page of list) for (const secret of page.SecretList ?? []) sink.push(...toRows(secret, region, now));
    });
  },
};

function toRows(secret: SecretListEntry, region: string, now: Date) {
  const { ARN, Name, KmsKeyId, RotationEnabled, RotationLambdaARN, OwningService, PrimaryRegion } = secret;
  if (!ARN) return [];
  const row = describeSecret(
    {
      arn: ARN,
      name: Name ?? ARN,
      createdAt: secret.CreatedDate,
      lastAccessedAt: secret.LastAccessedDate,
      lastChangedAt: secret.LastChangedDate,
      lastRotatedAt: secret.LastRotatedDate,
      deletedAt: secret.DeletedDate,
      keyId: KmsKeyId,
      rotationEnabled: RotationEnabled === true,
      rotationFunctionArn: RotationLambdaARN,
      rotationDays: rotationDays(secret, now),
      owningService: OwningService,
      primaryRegion: PrimaryRegion,
      tags: tagsOf(secret.Tags),
    },
    region,
    now,
  );
  return [row];
}

function rotationDays({ RotationRules }: SecretListEntry, now: Date): number | undefined {
  if (RotationRules?.AutomaticallyAfterDays) return RotationRules.AutomaticallyAfterDays;
  const period = RotationRules?.ScheduleExpression ? periodOf(RotationRules.ScheduleExpression, now) : undefined;
  return period?.kind === "repeating" ? Math.ceil(period.longestGapDays) : undefined;
}

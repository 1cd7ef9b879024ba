import { describe, expect, test } from "vitest";
import { restApisCollector } from "../../shared/collect/apigateway/rest-apis.ts";
import { describeDelivery, trimDelivery } from "../../shared/describe/delivery-stream.ts";
import { keyKind } from "../../shared/describe/encryption.ts";
import { describeRepository } from "../../shared/describe/repository.ts";
import { collectFrom } from "../collect/a-service.ts";

test.each([
  ["alias/aws/sqs", "aws-managed-key"],
  ["arn:aws:kms:eu-west-1:111122223333:alias/aws/sqs", "aws-managed-key"],
  ["alias/orders", "customer-key"],
  ["arn:aws-cn:kms:cn-north-1:111122223333:alias/orders", "customer-key"],
  // ECR and others answer AWS's own keys so too
  ["arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-0000-4000-8000-000000000000", "unknown"],
  ["0f1e2d3c-0000-4000-8000-000000000000", "unknown"],
])("key %s is said to be %s", (key, kind) => expect(keyKind(key)).toBe(kind));

test("a repository with KMS and no key of one's own has the one that AWS manages; what the id of a key says is not guessed", () => {
  const atRest = (encryptionType: string, kmsKey?: string) =>
    describeRepository(
      { arn: "r", name: "r", createdAt: undefined, tagsMayMove: false, encryptionType, kmsKey },
      false,
      undefined,
      "eu-west-1",
      new Date("2026-11-24T09:30:00Z"),
    ).resource?.encryption?.atRest;
  expect(atRest("AES256")).toBe("aws-owned");
  expect(atRest("KMS")).toBe("aws-managed-key");
  expect(atRest("KMS_DSSE", "alias/images")).toBe("customer-key");
  expect(atRest("KMS", "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c")).toBe("unknown");
});

describe("a Firehose stream", () => {
  const atRest = (description: object) =>
    describeDelivery({ arn: "f", name: "f" }, { value: trimDelivery(description), readAt: "2026-11-24T09:30:00.000Z" }, "eu-west-1");
  const encrypted = (KeyType: string, Status = "ENABLED") => ({ DeliveryStreamEncryptionConfiguration: { KeyType, Status } });

  test("encrypts what it keeps where that is switched on, with the kind of key that AWS says", () => {
    const of = (description: object) => atRest(description).resource?.encryption?.atRest;
    expect(of({})).toBe("none");
    expect(of(encrypted("AWS_OWNED_CMK", "DISABLED"))).toBe("none");
    expect(of(encrypted("AWS_OWNED_CMK"))).toBe("aws-owned");
    expect(of(encrypted("CUSTOMER_MANAGED_CMK"))).toBe("customer-key");
  });

  test.each([
    ["KinesisStreamSourceDescription", "KinesisStreamARN", "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"],
    ["MSKSourceDescription", "MSKClusterARN", "arn:aws:kafka:eu-west-1:111122223333:cluster/clicks/1-2"],
  ])("that reads by %s keeps nothing itself: it is not said to be unencrypted", (source, member, arn) => {
    const row = atRest({ Source: { [source]: { [member]: arn } } });
    expect(row.resource?.encryption?.atRest).toBe("unknown");
    expect(row.relations).toMatchObject([{ from: arn, to: "f", kind: "feeds" }]);
  });
});

describe("the cache of a REST API", () => {
  const atRest = async (...stages: readonly object[]) => {
    const { rows } = await collectFrom(restApisCollector, {
      "apigateway:GetRestApis": () => ({ items: [{ id: "a1", name: "shop" }] }),
      "apigateway:GetResources": () => ({ items: [] }),
      "apigateway:GetStages": () => ({ item: stages }),
      "apigateway:GetAuthorizers": () => ({ items: [] }),
    });
    return rows.get("arn:aws:apigateway:eu-west-1::/restapis/a1")?.resource?.encryption?.atRest;
  };
  const stage = (cacheClusterEnabled: boolean, ...methods: readonly (readonly [boolean, boolean])[]) => ({
    stageName: "prod",
    cacheClusterEnabled,
    methodSettings: Object.fromEntries(
      methods.map(([cachingEnabled, cacheDataEncrypted], at) => [`${at}/GET`, { cachingEnabled, cacheDataEncrypted }]),
    ),
  });

  test("is not encrypted where one method of one stage keeps its answers in plain", async () => {
    expect(await atRest(stage(false), stage(true, [true, true], [true, false]))).toBe("none");
  });

  test("leaves the API as it is where it is encrypted, where no method uses it, and where the stage has none", async () => {
    expect(await atRest(stage(true, [true, true], [false, false]))).toBe("aws-owned");
    expect(await atRest(stage(true))).toBe("aws-owned");
    expect(await atRest(stage(false, [true, false]))).toBe("aws-owned");
  });
});

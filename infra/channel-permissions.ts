import { ArnFormat, type Stack, Validations } from "aws-cdk-lib";
import { type Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type ChannelSettings, secretNames } from "../shared/channel-settings/kinds.ts";
import { parseSecretName } from "../shared/channel-settings/schemas.ts";

type Channels = Readonly<Record<string, ChannelSettings>>;

const { COLON_RESOURCE_NAME: colon, SLASH_RESOURCE_NAME: slash } = ArnFormat;

/** ARNs of the secrets that the channels name, and of no other. */
export interface OwnSecrets {
  readonly parameters: readonly string[];
  /** Secrets Manager ends an ARN in six characters of its own. */
  readonly secrets: readonly string[];
}

export function ownSecrets(stack: Stack, channels: Channels | undefined): OwnSecrets {
  const named = secretNames(channels).flatMap((name) => parseSecretName(name) ?? []);
  const of = (kind: string) => [...new Set(named.filter(({ from }) => from === kind).map(({ name }) => name))];
  return {
    parameters: of("ssm").map((name) =>
      stack.formatArn({ service: "ssm", resource: "parameter", resourceName: name.replace(/^\//, ""), arnFormat: slash }),
    ),
    secrets: of("secretsmanager").map((name) =>
      stack.formatArn({ service: "secretsmanager", resource: "secret", resourceName: `${name}-??????`, arnFormat: colon }),
    ),
  };
}

/** What sending through these channels takes: nothing where the settings name none but the stack's topic. */
export function channelStatements(stack: Stack, channels: Channels | undefined): PolicyStatement[] {
  const all = Object.values(channels ?? {});
  const topics = all.flatMap((channel) => (channel.kind === "sns" && channel.topic !== "stack" ? [channel.topic] : []));
  const buses = all.flatMap((channel) => (channel.kind === "eventbridge" ? [busArn(stack, channel.bus)] : []));
  const allow = (sid: string, action: string, resources: readonly string[]) =>
    resources.length === 0 ? [] : [new PolicyStatement({ sid, actions: [action], resources: [...new Set(resources)] })];
  return [
    ...allow("ChannelTopics", "sns:Publish", topics),
    ...allow("ChannelBuses", "events:PutEvents", buses),
    ...securityHub(stack, all),
    ...readSecrets(stack, ownSecrets(stack, channels)),
  ];
}

/** The own product of the account, and its hub: in the Region that the channel names, else in each where there is something. */
function securityHub(stack: Stack, channels: readonly ChannelSettings[]): PolicyStatement[] {
  const hubs = channels.filter((channel) => channel.kind === "securityhub");
  const arn = (region: string, resource: string) =>
    stack.formatArn({ service: "securityhub", region, resource, resourceName: "default", arnFormat: slash });
  const regions = [...new Set(hubs.map(({ region = "*" }) => region))];
  if (regions.length === 0) return [];
  const on = (sid: string, action: string, resource: string) =>
    new PolicyStatement({ sid, actions: [action], resources: regions.map((region) => arn(region, resource)) });
  return [
    on("ChannelFindings", "securityhub:BatchImportFindings", `product/${stack.account}`),
    on("ChannelDecisions", "securityhub:BatchUpdateFindings", "hub"),
  ];
}

/** The messages of findings go to the topic of the stack. */
export function usesStackTopic(channels: Channels | undefined): boolean {
  return channels === undefined || Object.values(channels).some((channel) => channel.kind === "sns" && channel.topic === "stack");
}

function busArn(stack: Stack, bus: string): string {
  return bus.startsWith("arn:") ? bus : stack.formatArn({ service: "events", resource: "event-bus", resourceName: bus, arnFormat: slash });
}

/** One at a time, by name. The key that it is encrypted with, when it is one's own, may be used through the service for this secret only. */
function readSecrets(stack: Stack, { parameters, secrets }: OwnSecrets): PolicyStatement[] {
  const keys = stack.formatArn({ service: "kms", resource: "key", resourceName: "*", arnFormat: slash });
  const decrypt = (sid: string, service: string, context: string, names: readonly string[]) =>
    new PolicyStatement({
      sid,
      actions: ["kms:Decrypt"],
      resources: [keys],
      conditions: {
        StringEquals: { "kms:ViaService": `${service}.${stack.region}.${stack.urlSuffix}` },
        StringLike: { [`kms:EncryptionContext:${context}`]: names },
      },
    });
  return [
    ...(parameters.length > 0
      ? [
          new PolicyStatement({ sid: "ChannelParameters", actions: ["ssm:GetParameter"], resources: [...parameters] }),
          decrypt("ChannelParameterKeys", "ssm", "PARAMETER_ARN", parameters),
        ]
      : []),
    ...(secrets.length > 0
      ? [
          new PolicyStatement({ sid: "ChannelSecrets", actions: ["secretsmanager:GetSecretValue"], resources: [...secrets] }),
          decrypt("ChannelSecretKeys", "secretsmanager", "SecretARN", secrets),
        ]
      : []),
  ];
}

/** Why the key of a secret and the Regions of Security Hub are wildcards: the stack does not know them. */
export function argueChannels(policy: Policy): void {
  for (const resource of ["product/<AWS::AccountId>/default", "hub/default"]) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:securityhub:*:<AWS::AccountId>:${resource}]`,
      reason: "Findings go into the Security Hub of the Region that they are in; which Regions there are is for the account to say.",
    });
  }
  Validations.of(policy).acknowledge({
    id: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:kms:<AWS::Region>:<AWS::AccountId>:key/*]",
    reason:
      "The person who keeps a secret chooses its key; conditions limit it to the secrets that the settings name, through the service.",
  });
}

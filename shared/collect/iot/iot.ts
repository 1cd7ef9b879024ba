/** Rules of IoT Core on messages of devices, and what they start. */
import { type Action, GetTopicRuleCommand, ListTopicRulesCommand, type TopicRuleListItem } from "@aws-sdk/client-iot";
import { pages } from "../../aws/paginate.ts";
import type { TopicRuleAnswer } from "../../describe/services/iot.ts";
import type { TopicRuleTarget } from "../../describe/topic-rule.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const iotCollector: ServiceCollector<"iot"> = {
  name: "iot",
  scope: "region",
  readerVersion: 1,
  actions: ["iot:ListTopicRules", "iot:GetTopicRule"],
  reads: "rules on the messages of devices and what they start; not the messages",
  collect(context) {
    const { clients, region } = context;
    return collectPart<TopicRuleAnswer>("iot", region, async (sink) => {
      const listed: TopicRuleListItem[] = [];
      const list = pages(
        (nextToken) => clients.iot(region).send(new ListTopicRulesCommand({ maxResults: 1000, ...(nextToken ? { nextToken } : {}) })),
        (page) => page.nextToken,
      );
      for await (const page of list) listed.push(...(page.rules ?? []));
      const asked = listed.flatMap(({ ruleName, createdAt, ruleDisabled }) =>
        ruleName ? [{ key: ruleName, fingerprint: `${createdAt?.toISOString() ?? ""}|${ruleDisabled === true}` }] : [],
      );
      const answers = await context.rotation.read("iot-rules", asked, (name) => readTargets(context, name), sink.miss);
      for (const { ruleArn, ruleName = "", createdAt, ruleDisabled, topicPattern } of listed) {
        if (!ruleArn) continue;
        const rule = { arn: ruleArn, name: ruleName, createdAt: createdAt?.toISOString(), enabled: ruleDisabled !== true, topicPattern };
        sink.push({ rule, targets: answers.get(ruleName) });
      }
    });
  },
};

async function readTargets({ clients, region }: CollectContext, ruleName: string): Promise<TopicRuleTarget[]> {
  const { rule } = await clients.iot(region).send(new GetTopicRuleCommand({ ruleName }));
  return [
    ...(rule?.actions ?? []).flatMap((action) => targetsOf(action, "actions")),
    ...(rule?.errorAction ? targetsOf(rule.errorAction, "errorAction") : []),
  ];
}

/** Actions of the kinds that we follow; addresses, headers and templates of the others are dropped here. */
function targetsOf(
  { lambda, sns, sqs, stepFunctions, kinesis, firehose, dynamoDB, dynamoDBv2, s3 }: Action,
  part: string,
): TopicRuleTarget[] {
  const all: [TopicRuleTarget["service"], string | undefined][] = [
    ["lambda", lambda?.functionArn],
    ["sns", sns?.targetArn],
    ["sqs", sqs?.queueUrl],
    ["states", stepFunctions?.stateMachineName],
    ["kinesis", kinesis?.streamName],
    ["firehose", firehose?.deliveryStreamName],
    ["dynamodb", dynamoDB?.tableName ?? dynamoDBv2?.putItem?.tableName],
    ["s3", s3?.bucketName],
  ];
  return all.flatMap(([service, name]) => (name ? [{ service, name, part }] : []));
}

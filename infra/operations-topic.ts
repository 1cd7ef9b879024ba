import { Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";

/** Where the alarms about the watchdog itself go: apart from the findings, whose topic may be what is broken. */
export class OperationsTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email }: { readonly email?: string | undefined }) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    // CloudWatch cannot publish to a topic under the AWS-managed key, and a key of our own costs 1 USD a month to hide alarm names
    this.topic = new Topic(this, "Topic", { displayName: "Small Target operations", enforceSSL: true });
    // a topic policy replaces the default one, which lets alarms publish: without this statement no alarm arrives
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "AlarmsPublish",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
        },
      }),
    );
    if (email) this.topic.addSubscription(new EmailSubscription(email));
  }
}

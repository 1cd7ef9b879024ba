import { Alias } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";

/** Where messages about findings are published. Subscribers choose by the message attributes. */
export class FindingsTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email }: { readonly email?: string | undefined }) {
    super(scope, id);
    this.topic = new Topic(this, "Topic", {
      displayName: "Small Target",
      enforceSSL: true,
      // the AWS-managed key is free and is enough here: only the scan publishes, and its role is of this account
      masterKey: Alias.fromAliasName(this, "Key", "alias/aws/sns"),
    });
    if (email) this.topic.addSubscription(new EmailSubscription(email));
  }
}

import { Stack, Validations } from "aws-cdk-lib";
import { Policy, PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { alarmPrefix } from "../shared/alarms/alarm-shape.ts";

/** Only with `"alarms": true` in smalltarget.json: the scan may make, change and remove alarms whose names begin like ours. */
export class AlarmPermissions extends Construct {
  constructor(scope: Construct, id: string, { role }: { readonly role: Role }) {
    super(scope, id);
    const { partition, account } = Stack.of(this);
    const policy = new Policy(this, "Policy", {
      roles: [role],
      statements: [
        new PolicyStatement({
          sid: "OwnAlarms",
          actions: ["cloudwatch:DeleteAlarms", "cloudwatch:ListTagsForResource", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
          resources: [`arn:${partition}:cloudwatch:*:${account}:alarm:${alarmPrefix}*`],
        }),
      ],
    });
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudwatch:*:<AWS::AccountId>:alarm:${alarmPrefix}*]`,
      reason: "Alarms are made where the functions are, under names that begin with ours; the code asks for our tag before it touches one.",
    });
  }
}

import { Duration, RemovalPolicy, Stack, TimeZone, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Schedule, ScheduleExpression, ScheduleGroup, TimeWindow } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

interface ScanScheduleProps {
  readonly expression: string;
  readonly target: IFunction;
}

/** Starts the scans. An invocation that could not be delivered is kept in a queue. */
export class ScanSchedule extends Construct {
  readonly undelivered: Queue;
  readonly schedule: Schedule;

  constructor(scope: Construct, id: string, { expression, target }: ScanScheduleProps) {
    super(scope, id);
    this.undelivered = new Queue(this, "Undelivered", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.undelivered).acknowledge({ id: "AwsSolutions-SQS3", reason: "This is the dead-letter queue, of the schedule." });
    const scheduleGroup = new ScheduleGroup(this, "Group", { removalPolicy: RemovalPolicy.DESTROY });
    const role = this.#role(scheduleGroup, target);
    this.schedule = new Schedule(this, "Schedule", {
      description: "Small Target: when the account is scanned",
      schedule: ScheduleExpression.expression(expression, TimeZone.ETC_UTC),
      scheduleGroup,
      timeWindow: TimeWindow.flexible(Duration.minutes(15)),
      target: new LambdaInvoke(target, {
        // the target would grant itself the invocation of every version
        role: role.withoutPolicyUpdates(),
        deadLetterQueue: this.undelivered,
        maxEventAge: Duration.hours(2),
        retryAttempts: 10,
      }),
    });
    // with what it may do: the first invocation may come at once
    this.schedule.node.addDependency(role);
  }

  #role(group: ScheduleGroup, target: IFunction): Role {
    const role = new Role(this, "Role", {
      description: "Small Target: lets EventBridge Scheduler start a scan",
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account, "aws:SourceArn": group.scheduleGroupArn } },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [target.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.undelivered.queueArn] }));
    return role;
  }
}

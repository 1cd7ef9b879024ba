import { Duration, RemovalPolicy, TimeZone, Validations } from "aws-cdk-lib";
import { PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Schedule, ScheduleExpression, ScheduleGroup, TimeWindow } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct, type IConstruct } from "constructs";
import { starterRole } from "./often.ts";

const firstScan = "rate(365 days)";

interface ScanScheduleProps {
  readonly expression: string;
  readonly target: IFunction;
}

/**
 * Starts the scans: at its times, and once when it is made. An invocation that could not be delivered is kept in a queue.
 *
 * EventBridge Scheduler starts a schedule with a rate and no start date at once. So a rate that a person chose is also the first scan; for
 * a cron expression there is a second schedule, whose rate is so long that only its beginning matters. It changes with no later deployment.
 */
export class ScanSchedule extends Construct {
  readonly undelivered: Queue;
  readonly #schedules: Schedule[] = [];

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
    const add = (name: string, description: string, rate: string, timeWindow: TimeWindow) => {
      const invoke = new LambdaInvoke(target, {
        // the target would grant itself the invocation of every version
        role: role.withoutPolicyUpdates(),
        deadLetterQueue: this.undelivered,
        maxEventAge: Duration.hours(2),
        retryAttempts: 10,
      });
      const schedule = ScheduleExpression.expression(rate, TimeZone.ETC_UTC);
      const made = new Schedule(this, name, { description, schedule, scheduleGroup, timeWindow, target: invoke });
      made.node.addDependency(role);
      this.#schedules.push(made);
    };
    add("Schedule", "Small Target: when the account is scanned", expression, TimeWindow.flexible(Duration.minutes(15)));
    if (!expression.startsWith("rate("))
      add("First", "Small Target: the first scan, when this is made, and one a year", firstScan, TimeWindow.off());
  }

  /**
   * Makes the schedules wait for everything else of the stack: a scan that began before would miss what it needs, and would leave objects
   * in a bucket that CloudFormation must be able to take away when the deployment fails.
   */
  startAfter(others: readonly IConstruct[]): void {
    for (const schedule of this.#schedules) schedule.node.addDependency(...others);
  }

  #role(group: ScheduleGroup, target: IFunction): Role {
    const role = starterRole(this, "Role", "a scan", group, target);
    role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.undelivered.queueArn] }));
    return role;
  }
}

import { Duration, Stack } from "aws-cdk-lib";
import { Alarm, type AlarmProps, ComparisonOperator, Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Topic } from "aws-cdk-lib/aws-sns";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

interface MonitoringProps {
  readonly function: IFunction;
  readonly sweep: IFunction;
  /** Absent where no advisories are fetched. */
  readonly advisories?: IFunction;
  readonly undelivered: Queue;
  readonly findings: Topic;
  readonly operations: Topic;
  readonly overdueHours: number;
}

interface AlarmText {
  /** Heading in docs/runbook.md, as an anchor. */
  readonly anchor: string;
  readonly means: string;
  readonly does: string;
}

/** What functions/report.ts sends; a test holds the two together. */
const notPublishedMetric = { namespace: "SmallTarget", metricName: "MessagesNotPublished" };

/** As long as one execution may take: a scan that begins late may end late. */
const marginHours = 6;

/** Hours without a completed scan after which something is wrong. */
export function overdueAfterHours(longestGapHours: number): number {
  return longestGapHours + marginHours;
}

/** Watches the watchdog. All signals but one are metrics that AWS publishes for free, so that they do not depend on our code. */
export class Monitoring extends Construct {
  /** What goes off when something is wrong with the watchdog. */
  readonly alarms: Alarm[] = [];
  readonly #action: SnsAction;
  readonly #props: MonitoringProps;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    this.#props = props;
    this.#action = new SnsAction(props.operations);
    this.#deadMan();
    this.#executions();
    this.#sweep();
    this.#advisories();
    this.#messages();
  }

  #sweep(): void {
    const hours = 3;
    this.#alarm("SweepFailing", this.#lambdaMetric("Errors", Duration.hours(1), this.#props.sweep), {
      anchor: "sweep-failing",
      means: "The hourly look at functions close to their timeout failed three hours in a row. The daily scan sees the same, later.",
      does: "Read the last error of its log.",
      evaluationPeriods: hours,
      datapointsToAlarm: hours,
    });
  }

  #advisories(): void {
    const { advisories } = this.#props;
    if (!advisories) return;
    const days = 2;
    this.#alarm("AdvisoriesFailing", this.#lambdaMetric("Errors", Duration.days(1), advisories), {
      anchor: "advisories-failing",
      means: "Advisories about libraries could not all be fetched, two days in a row. What was good last stays in use.",
      does: "Read the last error of its log: it names the source and what is wrong with it.",
      evaluationPeriods: days,
      datapointsToAlarm: days,
    });
  }

  #deadMan(): void {
    const hours = this.#props.overdueHours;
    const alarm = this.#alarm("NoScanCompleted", this.#lambdaMetric("DurableExecutionSucceeded", Duration.hours(1)), {
      anchor: "no-scan-completed",
      means: `No scan has completed for ${hours} hours. Until one does, nobody is told what changes. After a first deployment: no scan has run yet.`,
      does: "Start one by hand, and see whether the schedule is enabled and what the last execution says.",
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: hours,
      treatMissingData: TreatMissingData.BREACHING,
    });
    alarm.addOkAction(this.#action);
  }

  #executions(): void {
    const { undelivered } = this.#props;
    this.#alarm("ScanFailed", this.#lambdaMetric("DurableExecutionFailed"), {
      anchor: "scan-failed",
      means: "A scan ended with an error. What it had not finished is looked at by the next one.",
      does: "Read the error of the execution; the runbook says which ones pass by themselves.",
    });
    this.#alarm("ScanTimedOut", this.#lambdaMetric("DurableExecutionTimedOut"), {
      anchor: "scan-timed-out",
      means: "A scan did not end within 6 hours.",
      does: "Look which Region it was reading and whether AWS throttles there; limit the Regions or give the function more memory.",
    });
    this.#alarm("FunctionCrashes", this.#lambdaMetric("Errors", Duration.hours(1)), {
      anchor: "function-crashes",
      means:
        "The function was cut off three times within an hour: out of memory, out of time, or it cannot start. The execution goes on meanwhile.",
      does: "Read the last REPORT and error lines of its log; usually it needs more memory.",
      threshold: 3,
    });
    this.#alarm(
      "ScanNotStarted",
      undelivered.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: Stats.MAXIMUM }),
      {
        anchor: "scan-not-started",
        means: "EventBridge Scheduler could not start a scan; the invocation is kept in the queue.",
        does: "Read the ERROR_CODE attribute of the message, cure the cause, start a scan by hand, purge the queue.",
      },
    );
  }

  #messages(): void {
    const { findings } = this.#props;
    const notPublished = new Metric({
      ...notPublishedMetric,
      dimensionsMap: { service: Stack.of(this).stackName },
      statistic: Stats.SUM,
      period: Duration.minutes(5),
    });
    this.#alarm("MessagesNotPublished", notPublished, {
      anchor: "messages-not-published",
      means: "The topic did not accept messages about findings. They stay pending, and the next scan tries again.",
      does: 'The log of the scan says why: look for "a message was not published".',
    });
    this.#alarm("MessagesNotDelivered", findings.metricNumberOfNotificationsFailed({ period: Duration.minutes(5), statistic: Stats.SUM }), {
      anchor: "messages-not-delivered",
      means: "A subscriber of the findings topic did not receive a message. It is not sent again.",
      does: "Find the subscription that fails, repair or remove it, and read what was missed with: smalltarget findings.",
    });
  }

  #lambdaMetric(metricName: string, period: Duration = Duration.minutes(5), of: IFunction = this.#props.function): Metric {
    const dimensionsMap = { FunctionName: of.functionName };
    return new Metric({ namespace: "AWS/Lambda", metricName, dimensionsMap, statistic: Stats.SUM, period });
  }

  #alarm(id: string, metric: Metric, { anchor, means, does, ...how }: AlarmText & Partial<AlarmProps>): Alarm {
    const alarm = new Alarm(this, id, {
      metric,
      alarmDescription: `${means} ${does} See docs/runbook.md#${anchor}`,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...how,
    });
    alarm.addAlarmAction(this.#action);
    this.alarms.push(alarm);
    return alarm;
  }
}

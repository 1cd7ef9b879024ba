import { Duration, Stack } from "aws-cdk-lib";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  CustomWidget,
  GraphWidget,
  Metric,
  PeriodOverride,
  SingleValueWidget,
  Stats,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";

interface DashboardProps {
  readonly function: IFunction;
  readonly alarms: readonly Alarm[];
  readonly schedule: string;
  /** Shows the first screen of the page; absent: nothing does. */
  readonly widget?: IFunction;
}

/** What functions/report.ts sends after a scan; a test holds the two together. */
const numbers = {
  grave: { metricName: "GraveFindings", label: "critical and high" },
  open: { metricName: "OpenFindings", label: "open" },
  accepted: { metricName: "AcceptedFindings", label: "accepted" },
  owned: { metricName: "OwnedResources", label: "resources with an owner, %" },
  unseen: { metricName: "PartsNotSeen", label: "parts the scan could not see" },
} as const;

const columns = 24;

/** One page of numbers that security, developers and operations share: the same as in the weekly digest, status and report. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { function: scan, alarms, schedule, widget }: DashboardProps) {
    super(scope, id);
    const { stackName, region } = Stack.of(this);
    const dashboard = new CloudWatchDashboard(this, "Dashboard", {
      // a dashboard is of the account, not of a Region: two stacks must not want the same
      dashboardName: `${stackName}-${region}`,
      defaultInterval: Duration.days(90),
      periodOverride: PeriodOverride.INHERIT,
    });
    const metric = (name: keyof typeof numbers) => new Metric({ ...numbers[name], ...daily(stackName) });
    dashboard.addWidgets(
      new TextWidget({
        width: columns,
        height: 2,
        markdown: `**Small Target**, scanned ${schedule} (UTC). What to do now: \`smalltarget today --stack ${stackName}\`. All findings: \`smalltarget findings --stack ${stackName}\``,
      }),
      new SingleValueWidget({
        title: "Last scan",
        width: columns,
        height: 4,
        metrics: (["grave", "open", "accepted", "owned", "unseen"] as const).map(metric),
      }),
    );
    if (widget) {
      const { functionArn } = widget;
      dashboard.addWidgets(
        // what it shows changes with a scan, whatever time the dashboard looks at
        new CustomWidget({ title: "The account", functionArn, width: columns, height: 18, updateOnTimeRangeChange: false }),
      );
    }
    dashboard.addWidgets(
      new GraphWidget({ title: "Open findings", width: 12, height: 6, left: [metric("open"), metric("grave")], leftYAxis: { min: 0 } }),
      new GraphWidget({
        title: "Resources with an owner, %",
        width: 6,
        height: 6,
        left: [metric("owned")],
        leftYAxis: { min: 0, max: 100 },
      }),
      new GraphWidget({ title: "Accepted", width: 6, height: 6, left: [metric("accepted")], leftYAxis: { min: 0 } }),
    );
    dashboard.addWidgets(
      new GraphWidget({
        title: "Scans a day",
        width: 12,
        height: 6,
        left: ["DurableExecutionSucceeded", "DurableExecutionFailed", "DurableExecutionTimedOut"].map((metricName) =>
          ofScan(metricName, scan),
        ),
        leftYAxis: { min: 0 },
      }),
      new AlarmStatusWidget({ title: "The watchdog itself", width: 12, height: 6, alarms: [...alarms] }),
    );
  }
}

/** A number is sent once a scan: the last of the day counts, the largest where there were several. */
function daily(stackName: string) {
  return { namespace: "SmallTarget", dimensionsMap: { service: stackName }, statistic: Stats.MAXIMUM, period: Duration.days(1) };
}

function ofScan(metricName: string, scan: IFunction): Metric {
  const dimensionsMap = { FunctionName: scan.functionName };
  return new Metric({ namespace: "AWS/Lambda", metricName, dimensionsMap, statistic: Stats.SUM, period: Duration.days(1) });
}

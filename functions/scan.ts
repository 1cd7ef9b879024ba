/** The scheduled scan: one durable execution looks at the account once. */
import { Logger } from "@aws-lambda-powertools/logger";
import { followTimeouts } from "../shared/alarm-upkeep/follow-timeouts.ts";
import { createOwnClients } from "../shared/aws/own-clients.ts";
import { durableRunner } from "../shared/run/durable-runner.ts";
import { openTable } from "../shared/store/table.ts";
import { watch } from "../shared/watch.ts";
import { readEnvironment } from "./environment.ts";
import { leavePage } from "./leave-page.ts";
import { report, reportAlarms, reportPage } from "./report.ts";
import { watchdogOf } from "./watchdog.ts";
import { withMiddleware } from "./with-middleware.ts";

const logger = new Logger();

/** Needs the variables of environment.ts. The event is not read. */
export const handler = withMiddleware(logger, async (context) => {
  const environment = readEnvironment(process.env);
  const own = createOwnClients(environment.homeRegion);
  const runner = durableRunner(context);
  await runner.step("open table", () => openTable(own.dynamodb, environment.tableName, { create: false }));
  const watchdog = await watchdogOf(environment, own, runner);
  const result = await watch(watchdog);
  const summary = report(result, logger);
  const { alarmTopicArn } = environment;
  // after the scan is told and kept: alarms that AWS refuses must not take anything from it
  if (alarmTopicArn) reportAlarms(await runner.step("alarms", () => followTimeouts(watchdog, result.documentKey, [alarmTopicArn])), logger);
  // the page too: what it cannot show is kept and told already
  reportPage(await runner.step("page", () => leavePage(watchdog, result, environment)), logger);
  return summary;
});

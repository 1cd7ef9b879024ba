/** The scheduled scan: one durable execution looks at the account once. */
import { Logger } from "@aws-lambda-powertools/logger";
import { createOwnClients } from "../shared/aws/clients.ts";
import { durableRunner } from "../shared/run/durable-runner.ts";
import { openTable } from "../shared/store/table.ts";
import { watch } from "../shared/watch.ts";
import { readEnvironment } from "./environment.ts";
import { report } from "./report.ts";
import { watchdogOf } from "./watchdog.ts";
import { withMiddleware } from "./with-middleware.ts";

const logger = new Logger();

/** Needs the variables of environment.ts. The event is not read. */
export const handler = withMiddleware(logger, async (context) => {
  const environment = readEnvironment(process.env);
  const own = createOwnClients(environment.homeRegion);
  const runner = durableRunner(context);
  await runner.step("open table", () => openTable(own.dynamodb, environment.tableName, { create: false }));
  return report(await watch(watchdogOf(environment, own, runner)), logger);
});

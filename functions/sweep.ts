/** The hourly look at functions close to their timeout: minutes at most, so no durable execution. */
import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { createOwnClients } from "../shared/aws/own-clients.ts";
import { localRunner } from "../shared/run/local-runner.ts";
import { sweepNearTimeouts } from "../shared/scan/near-timeout-sweep.ts";
import { openTable } from "../shared/store/table.ts";
import { readEnvironment } from "./environment.ts";
import { reportSweep } from "./report.ts";
import { watchdogOf } from "./watchdog.ts";

const logger = new Logger();

/** Needs the variables of environment.ts. The event is not read. */
export const handler = middy()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .onError(({ error }) => {
    logger.error("the sweep failed", { error });
  })
  .handler(async () => {
    const environment = readEnvironment(process.env);
    const own = createOwnClients(environment.homeRegion);
    await openTable(own.dynamodb, environment.tableName, { create: false });
    return reportSweep(await sweepNearTimeouts(watchdogOf(environment, own, localRunner)), logger);
  });

/** Every hour: a look at functions close to their timeout, what waited for the end of the quiet hours, and a word if no scan completes. Minutes at most, so no durable execution. */
import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { createOwnClients } from "../shared/aws/own-clients.ts";
import { snsChannel } from "../shared/notify/sns.ts";
import { localRunner } from "../shared/run/local-runner.ts";
import { sendAfterQuietHours } from "../shared/scan/after-quiet-hours.ts";
import { sweepNearTimeouts } from "../shared/scan/near-timeout-sweep.ts";
import { breakSilence } from "../shared/scan/silence.ts";
import { openTable } from "../shared/store/table.ts";
import { readEnvironment, readSilenceVariables } from "./environment.ts";
import { reportHeld, reportSweep } from "./report.ts";
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
    const watchdog = await watchdogOf(environment, own, localRunner);
    const { topicArn, overdueHours } = readSilenceVariables(process.env);
    const operations = snsChannel(own.sns, topicArn, "operations");
    // neither keeps the other from its work, and whichever fails is heard of
    const [silence, swept] = await Promise.allSettled([
      breakSilence({ ...watchdog, operations, overdueHours }),
      sweepNearTimeouts(watchdog),
    ]);
    if (swept.status === "rejected") {
      if (silence.status === "rejected") logger.error("what no scan says could not be said either", { error: silence.reason });
      throw swept.reason;
    }
    const summary = reportSweep(swept.value, logger);
    // after it: both may speak of the same finding
    reportHeld(await sendAfterQuietHours(watchdog), logger);
    if (silence.status === "rejected") throw silence.reason;
    return { ...summary, silence: silence.value };
  });

/** Every few hours: a look at where advisories come from. What is new is kept in the bucket, where scans read it. */
import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { httpGet, usualPatience } from "../shared/advisory-feeds/http-get.ts";
import { refreshAll } from "../shared/advisory-feeds/refresh-all.ts";
import { createOwnClients } from "../shared/aws/own-clients.ts";
import { S3Blobs } from "../shared/store/s3-blobs.ts";
import { advisorySources, readAdvisoryVariables } from "./environment.ts";
import { reportAdvisories } from "./report.ts";

const logger = new Logger();

/** Of the function's fifteen minutes: the rest is for writing down which source took so long. */
const mostWaitMs = 12 * 60_000;

/** Needs the variables of readAdvisoryVariables. The event is not read. Fails, after everything is kept, when a source does. */
export const handler = middy()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .onError(({ error }) => {
    logger.error("advisories were not all fetched", { error });
  })
  .handler(async () => {
    const { bucketName, homeRegion, advisories } = readAdvisoryVariables(process.env);
    const blobs = new S3Blobs(createOwnClients(homeRegion).s3, bucketName);
    const get = httpGet(usualPatience, AbortSignal.timeout(mostWaitMs));
    return reportAdvisories(await refreshAll(get, blobs, advisorySources(advisories), new Date()), logger);
  });

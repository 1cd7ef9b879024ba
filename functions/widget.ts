/** What a custom widget of a CloudWatch dashboard shows: the first screen of the page, as the last scan left it in the bucket. */
import { Logger } from "@aws-lambda-powertools/logger";
import { createOwnClients } from "../shared/aws/own-clients.ts";
import { latestOverview } from "../shared/page-upkeep/keep-page.ts";
import { S3Blobs } from "../shared/store/s3-blobs.ts";
import { readWidgetVariables } from "./environment.ts";
import { describeWidget, type WidgetEvent, widgetAnswer } from "./widget-answer.ts";

const logger = new Logger();
/** Left for saying that the bucket did not answer, before Lambda ends the function without a word. */
const spareMs = 2000;

/** Needs BUCKET_NAME. What goes wrong stands in the widget, and in the log. */
export const handler = async (event: WidgetEvent, context: { readonly getRemainingTimeInMillis: () => number }) => {
  if (event?.describe) return describeWidget;
  return widgetAnswer(event, {
    overview: () => {
      const { bucketName, homeRegion } = readWidgetVariables(process.env);
      return latestOverview(new S3Blobs(createOwnClients(homeRegion).s3, bucketName));
    },
    withinMs: context.getRemainingTimeInMillis() - spareMs,
    failed: (error) => logger.error("the widget has nothing to show", { error }),
  });
};

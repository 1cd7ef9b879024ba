/** What a finished scan leaves where a person or an alarm looks: a small answer, a log line, a metric when something went wrong. */
import type { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Current } from "../shared/advisory-feeds/current-advisories.ts";
import type { FollowSummary } from "../shared/alarm-upkeep/follow-timeouts.ts";
import type { DeliveryReport } from "../shared/notify/deliver.ts";
import type { ScanResult } from "../shared/scan/finish.ts";
import type { SweepResult } from "../shared/scan/near-timeout-sweep.ts";
import type { LeftPage } from "./leave-page.ts";

/** Namespace and name of the metric that an alarm of infra/monitoring.ts asks for; the others are counted by infra/dashboard.ts. */
export const metricNamespace = "SmallTarget";
export const messagesNotPublished = "MessagesNotPublished";

/** What the dashboard shows, once a scan. With `messagesNotPublished` six: each costs by the hour in which it is sent. */
export const scanMetrics = {
  /** CRITICAL and HIGH. */
  grave: "GraveFindings",
  open: "OpenFindings",
  accepted: "AcceptedFindings",
  owned: "OwnedResources",
  unseen: "PartsNotSeen",
} as const;

/** What the durable execution answers: enough to know how it went, no findings. */
export interface ScanSummary extends Pick<ScanResult, "scanId" | "regions" | "functions" | "complete" | "changes" | "apiCalls"> {
  readonly messages: { readonly sent: number; readonly notPublished: number };
}

/** Logs the scan and publishes its numbers; that messages were not accepted only when it was so, for an alarm waits for it. */
export function report(result: ScanResult, logger: Logger, metrics: Metrics = new Metrics({ namespace: metricNamespace })): ScanSummary {
  const { scanId, regions, functions, complete, changes, apiCalls, delivery } = result;
  const notPublished = delivery.failed.length + delivery.notTried.length;
  const summary: ScanSummary = {
    scanId,
    regions,
    functions,
    complete,
    changes,
    apiCalls,
    messages: { sent: delivery.sent.length, notPublished },
  };
  logger.info("scan finished", { summary });
  for (const { subject, error } of delivery.failed) logger.error("a message was not published", { subject, reason: error });
  for (const { channel, note } of delivery.notes ?? []) logger.warn("a channel wants something to be known", { channel, note });
  for (const dropped of delivery.dropped ?? [])
    logger.warn("a channel is no longer configured: what it had not heard is dropped", { dropped });
  if (notPublished > 0) metrics.addMetric(messagesNotPublished, MetricUnit.Count, notPublished);
  addNumbers(result, metrics);
  metrics.publishStoredMetrics();
  return summary;
}

/** The numbers that every page and digest shows too. What could not be told is not sent as nothing. */
function addNumbers({ openBySeverity, suppressed = 0, owners, incomplete }: ScanResult, metrics: Metrics): void {
  const { CRITICAL, HIGH } = openBySeverity;
  const open = Object.values(openBySeverity).reduce((sum, count) => sum + count, 0);
  metrics.addMetric(scanMetrics.grave, MetricUnit.Count, CRITICAL + HIGH);
  metrics.addMetric(scanMetrics.open, MetricUnit.Count, open);
  metrics.addMetric(scanMetrics.accepted, MetricUnit.Count, suppressed);
  if (owners && owners.of > 0) metrics.addMetric(scanMetrics.owned, MetricUnit.Percent, Math.round((1000 * owners.owned) / owners.of) / 10);
  metrics.addMetric(scanMetrics.unseen, MetricUnit.Count, incomplete.length);
}

/** Logs what became of the alarms that follow the timeouts. */
export function reportAlarms({ failed, ...counts }: FollowSummary, logger: Logger): void {
  logger.info("alarms follow the timeouts", { ...counts, failed: failed.length });
  for (const line of failed) logger.error("an alarm could not be put or removed", { ...line });
}

/** Logs what became of the page: without one, everything else of the scan is as it should be. */
export function reportPage(page: LeftPage, logger: Logger): void {
  if ("failed" in page) logger.error("the page of the scan could not be kept", { reason: page.failed });
  else logger.info("the page of the scan is kept", { ...page });
}

/** Logs an hourly sweep, with an error line for every message that was not accepted. */
export function reportSweep(result: SweepResult, logger: Logger): Omit<SweepResult, "delivery"> {
  const { delivery, ...summary } = result;
  logger.info("sweep finished", { summary });
  for (const { subject, error } of delivery?.failed ?? []) logger.error("a message was not published", { subject, reason: error });
  return summary;
}

/** Logs what went out after the quiet hours; nothing where nothing had waited. */
export function reportHeld(delivery: DeliveryReport | undefined, logger: Logger): void {
  if (!delivery) return;
  logger.info("the quiet hours are over", {
    sent: delivery.sent.length,
    failed: delivery.failed.length,
    notTried: delivery.notTried.length,
  });
  for (const { subject, error } of delivery.failed) logger.error("a message was not published", { subject, reason: error });
}

/** Logs what was fetched. @throws when a source failed: what was good before stays in use, and an alarm hears of it */
export function reportAdvisories({ feeds, exploited }: Current, logger: Logger): Omit<Current, "checkedAt" | "format"> {
  const all = [
    ...feeds.map(({ ecosystem, ...one }) => ({ what: ecosystem, ...one })),
    ...exploited.map(({ kind, ...one }) => ({ what: kind, ...one })),
  ];
  for (const { what, source, fetchedAt, failure } of all) logger.info("advisories", { what, source, fetchedAt, failure });
  const failed = all.flatMap(({ what, failure }) => (failure === undefined ? [] : [`${what}: ${failure}`]));
  if (failed.length > 0) throw new Error(`advisories could not be read: ${failed.join("; ")}`);
  return { feeds, exploited };
}

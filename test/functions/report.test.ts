import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { messagesNotPublished, metricNamespace, report } from "../../functions/report.ts";
import type { ScanResult } from "../../shared/scan/finish.ts";

type Delivery = ScanResult["delivery"];

const line = { channel: "sns", kind: "digest", subject: "2 findings", findings: 2 } as const;

function aResult(delivery: Partial<Delivery> = {}): ScanResult {
  return {
    scanId: "2026-11-24T03-00-00Z-abcdef",
    account: "111122223333",
    regions: 2,
    startedAt: "2026-11-24T03:00:00.000Z",
    finishedAt: "2026-11-24T03:01:00.000Z",
    documentKey: "scans/one.json.gz",
    functions: 40,
    openBySeverity: { CRITICAL: 0, HIGH: 1, MEDIUM: 0, LOW: 1, INFORMATIONAL: 0 },
    complete: true,
    incomplete: [],
    changes: { opened: 2, reopened: 0, changed: 0, resolved: 0, unchanged: 0 },
    baseline: false,
    apiCalls: 12,
    preview: [],
    conflicts: 0,
    delivery: { sent: [], failed: [], notTried: [], waiting: 0, notCleared: [], ...delivery },
  };
}

const logger = new Logger({ serviceName: "SmallTarget" });
const metrics = new Metrics({ namespace: metricNamespace, serviceName: "SmallTarget" });
const logged = { info: vi.spyOn(logger, "info"), error: vi.spyOn(logger, "error") };
const published = vi.spyOn(metrics, "publishStoredMetrics");
const added = vi.spyOn(metrics, "addMetric");

beforeEach(() => {
  vi.clearAllMocks();
});

describe("the report of a scan", () => {
  it("is small: counts, no findings", () => {
    const summary = report(aResult({ sent: [line] }), logger, metrics);
    expect(summary).toMatchObject({ functions: 40, complete: true, messages: { sent: 1, notPublished: 0 } });
    expect(JSON.stringify(summary).length).toBeLessThan(500);
    expect(logged.info).toHaveBeenCalledOnce();
  });

  it("sends the numbers that everybody shares, once, and of refused messages nothing when there were none", () => {
    report({ ...aResult({ sent: [line] }), suppressed: 3, owners: { owned: 46, of: 81 } }, logger, metrics);
    expect(added.mock.calls).toEqual([
      ["GraveFindings", "Count", 1],
      ["OpenFindings", "Count", 2],
      ["AcceptedFindings", "Count", 3],
      ["OwnedResources", "Percent", 56.8],
      ["PartsNotSeen", "Count", 0],
    ]);
    expect(published).toHaveBeenCalledOnce();
  });

  it("does not send as nothing what is not known", () => {
    report({ ...aResult(), owners: { owned: 0, of: 0 } }, logger, metrics);
    expect(added.mock.calls.map(([name]) => name)).not.toContain("OwnedResources");
  });

  it("counts messages that were refused and those that were not tried then, and logs why", () => {
    const failed = [{ ...line, error: "the topic does not exist" }];
    expect(report(aResult({ failed, notTried: [line, line] }), logger, metrics).messages).toEqual({ sent: 0, notPublished: 3 });
    expect(added).toHaveBeenCalledWith(messagesNotPublished, "Count", 3);
    expect(published).toHaveBeenCalledOnce();
    expect(logged.error).toHaveBeenCalledWith("a message was not published", { subject: line.subject, reason: "the topic does not exist" });
  });

  it("has the dimension that the alarm asks for, and no other", () => {
    metrics.addMetric(messagesNotPublished, "Count", 1);
    const emf = JSON.stringify(metrics.serializeMetrics());
    metrics.clearMetrics();
    expect(JSON.parse(emf)._aws.CloudWatchMetrics).toEqual([
      expect.objectContaining({ Namespace: "SmallTarget", Dimensions: [["service"]] }),
    ]);
    expect(JSON.parse(emf).service).toBe("SmallTarget");
  });
});

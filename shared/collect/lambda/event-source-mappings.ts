/** Event source mappings of one Region in one sweep. */
import { type EventSourceMappingConfiguration, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { pages } from "../../aws/paginate.ts";
import { functionArnOf } from "../../model/arn.ts";
import type { Part } from "../../model/coverage.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { EventSourceMapping } from "../../model/snapshot.ts";
import { type CollectContext, type CollectorMeta, collectPart } from "../contract/collector.ts";

export const eventSourceMappingsCollector: CollectorMeta = {
  name: "eventSourceMappings",
  readerVersion: 1,
  actions: ["lambda:ListEventSourceMappings"],
  reads: "which queues and streams feed which function, and whether the mapping is enabled",
};

/** States in which a mapping polls, or is about to. */
const enabledStates = new Set(["Enabled", "Enabling", "Creating", "Updating"]);

export function collectEventSourceMappings({ clients, region }: CollectContext): Promise<Part<EventSourceMapping>> {
  return collectPart("eventSourceMappings", region, async (sink) => {
    const list = pages(
      (Marker) => clients.lambda(region).send(new ListEventSourceMappingsCommand({ MaxItems: 100, ...(Marker ? { Marker } : {}) })),
      (page) => page.NextMarker,
    );
    for await (const page of list) {
      for (const mapping of page.EventSourceMappings ?? []) {
        const functionArn = functionArnOf(mapping.FunctionArn ?? "");
        if (!functionArn || !mapping.UUID) continue;
        sink.push({
          uuid: mapping.UUID,
          functionArn,
          ...(mapping.EventSourceArn ? { sourceArn: mapping.EventSourceArn } : {}),
          ...brokersOf(mapping),
          ...(mapping.DestinationConfig?.OnFailure?.Destination ? { onFailure: mapping.DestinationConfig.OnFailure.Destination } : {}),
          enabled: enabledStates.has(mapping.State ?? ""),
          state: mapping.State ?? "unknown",
          ...(mapping.LastProcessingResult ? { lastResult: cleanText(mapping.LastProcessingResult, 200) } : {}),
          ...(mapping.BatchSize === undefined ? {} : { batchSize: mapping.BatchSize }),
          ...(mapping.MaximumBatchingWindowInSeconds === undefined ? {} : { batchWindowSeconds: mapping.MaximumBatchingWindowInSeconds }),
        });
      }
    }
  });
}

/** Hosts and ports only, in one order whatever AWS answers. */
function brokersOf({ SelfManagedEventSource }: EventSourceMappingConfiguration): Pick<EventSourceMapping, "brokers"> {
  const brokers = (SelfManagedEventSource?.Endpoints?.KAFKA_BOOTSTRAP_SERVERS ?? []).filter((one) => /^[A-Za-z0-9.-]+(:\d+)?$/.test(one));
  return brokers.length > 0 ? { brokers: brokers.toSorted() } : {};
}

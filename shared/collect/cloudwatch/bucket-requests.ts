/**
 * Which series count the requests of buckets: request metrics of S3, and the activity metrics of Storage Lens. Both exist only where
 * somebody switched them on; CloudWatch lists them for a fortnight, and no bucket has to be asked.
 */
import type { Resource } from "../../model/graph.ts";
import type { BucketRequests, Series } from "../../usage/resource-signals.ts";
import type { CollectContext } from "../contract/collector.ts";
import { listDimensions } from "./metric-reads.ts";

const counters = [
  { namespace: "AWS/S3", bucket: "BucketName" },
  { namespace: "AWS/S3/Storage-Lens", bucket: "bucket_name" },
];
/** Listed to find the series. It counts requests about the bucket too, this program's among them: what is read counts objects. */
const metric = "AllRequests";
const objectMetrics = ["GetRequests", "PutRequests", "PostRequests", "DeleteRequests"];

/** By bucket name; asked in the Regions in which there are buckets. */
export async function readBucketRequests(
  { clients }: CollectContext,
  resources: readonly Resource[],
  missed: (error: unknown) => void,
): Promise<BucketRequests> {
  const buckets = resources.filter(({ type, region }) => type === "AWS::S3::Bucket" && region !== "unknown");
  const found = new Map<string, Series[]>();
  for (const region of new Set(buckets.map((one) => one.region))) {
    try {
      for (const { namespace, bucket } of counters) {
        for (const dimensions of await listDimensions(clients, region, namespace, metric)) {
          const name = dimensions[bucket];
          const series = objectMetrics.map((one): Series => ({ namespace, metric: one, stat: "Sum", dimensions }));
          if (name) found.set(name, [...(found.get(name) ?? []), ...series]);
        }
      }
    } catch (error) {
      // their sizes are read all the same
      missed(error);
    }
  }
  return found;
}

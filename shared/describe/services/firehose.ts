/** Firehose: a delivery stream. */
import { type DeliveryRead, describeDelivery } from "../delivery-stream.ts";
import type { Describe, Read } from "./describe-answer.ts";

export interface DeliveryAnswer {
  readonly stream: { readonly arn: string; readonly name: string };
  /** Absent where it could not be read. */
  readonly read?: Read<DeliveryRead>;
}

export const describe: Describe<DeliveryAnswer> = ({ stream, read }, { region }) => [describeDelivery(stream, read, region)];

/** SQS: a queue with its attributes. */
import { describeQueue, type ListedQueue } from "../queue.ts";
import type { Describe, Read } from "./describe-answer.ts";

export interface QueueAnswer {
  readonly queue: ListedQueue;
  /** As SQS names them; absent where they could not be read. */
  readonly attributes?: Read<Readonly<Record<string, string>>>;
}

export const describe: Describe<QueueAnswer> = ({ queue, attributes }, place) => [describeQueue(queue, attributes, place)];

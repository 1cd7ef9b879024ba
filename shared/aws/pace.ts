/**
 * The shared request budget. The account's control planes are shared with everybody who deploys in it (Lambda answers about
 * 15 requests a second for the whole account), so every service and Region has a token bucket well below the service's limit,
 * which slows down when AWS throttles and recovers slowly.
 */

import { emulatorHost, isThisMachine } from "./endpoint.ts";

/** Waiting and time, so that tests need not wait. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = { now: () => Date.now(), sleep: (ms) => new Promise((done) => setTimeout(done, ms)) };

/** What the reading of code by the links that AWS gives is counted as: no permission of ours is asked for it. */
export const presignedRead = "s3:GetObject via presigned URL";

/** Requests a second that we allow ourselves; about half of what AWS documents or what is observed for an account. */
const ratesPerSecond: Readonly<Record<string, number>> = {
  lambda: 8,
  // a limit of its own, 15 a second (Lambda developer guide, quotas)
  "lambda:GetPolicy": 8,
  // limits of their own: GetFunction 100 a second (Lambda developer guide, quotas); objects of S3 thousands, and these are in Lambda's own buckets
  "lambda:GetFunction": 50,
  [presignedRead]: 50,
  // limits of their own, thousands a second (Amazon ECR user guide, quotas)
  "ecr:BatchGetImage": 20,
  "ecr:GetDownloadUrlForLayer": 20,
  // 396,000 points a second, estimated from window and period; a full call asks for 100,800 of them
  "cloudwatch:GetMetricData": 3.5,
  cloudwatch: 10,
  // what AWS allows an account
  "cloudwatch:PutMetricAlarm": 3,
  "cloudwatch:DeleteAlarms": 3,
  events: 10,
  scheduler: 10,
  s3: 40,
  dynamodb: 5,
  states: 8,
  firehose: 2.5,
  kinesis: 5,
  sqs: 40,
  tag: 5,
  iam: 5,
  logs: 4,
  cloudtrail: 1.5,
  // five in two seconds for the whole account; other operations share ten a second (API Gateway developer guide, quotas)
  "apigateway:GetResources": 1.5,
  apigateway: 3,
  apigatewayv2: 3,
  // control planes shared with consoles and deployments: read slowly
  appsync: 5,
  cloudfront: 3,
  "cognito-idp": 4,
  "cognito-identity": 3,
  elasticloadbalancing: 5,
};
const otherRatePerSecond = 5;
const slowestPerSecond = 0.5;
/** Share of the full rate regained with every answer that was not throttled: back from half in ten answers. */
const recovery = 0.05;
/** What a scan that a person waits for may take of what AWS allows. */
const awaitedShare = 0.9;
/** Share of the table's rate gained with every answer beyond that rate: from half of AWS's limit to nine tenths in eighty. */
const growth = 0.01;
/** What AWS allows, where that is documented and not about twice of the table's: ours is more than half of it there. */
const allowedPerSecond: Readonly<Record<string, number>> = {
  lambda: 15,
  "lambda:GetPolicy": 15,
  "lambda:GetFunction": 100,
  "cloudwatch:GetMetricData": 3.93,
  "cloudwatch:PutMetricAlarm": 3,
  "cloudwatch:DeleteAlarms": 3,
  kinesis: 5,
  cloudtrail: 2,
  "apigateway:GetResources": 2.5,
};

interface Bucket {
  readonly fullRate: number;
  /** Never faster than this. */
  readonly ceiling: number;
  rate: number;
  tokens: number;
  at: number;
  queue: Promise<void>;
}

const emulatorFactor = 20;

/** How much faster than AWS the endpoint may be asked: 1, or more where AWS_ENDPOINT_URL is this machine. */
export function factorOf(endpointUrl: string | undefined): number {
  const host = emulatorHost(endpointUrl);
  return host !== undefined && isThisMachine(host) ? emulatorFactor : 1;
}

export interface PaceOptions {
  /** Multiplies every rate: an emulator on this machine shares its control plane with nobody. */
  readonly factor?: number;
  /** A person waits: from half of what AWS allows up to nine tenths of it, while nothing is throttled. A schedule has time. */
  readonly awaited?: boolean;
}

export class Pace {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: Clock;
  readonly #factor: number;
  readonly #awaited: boolean;

  constructor(clock: Clock = systemClock, { factor = 1, awaited = false }: PaceOptions = {}) {
    this.#clock = clock;
    this.#factor = factor;
    this.#awaited = awaited;
  }

  /** Waits until one more request to `service:Operation` in `region` fits the budget. First come, first served. */
  wait(operation: string, region: string): Promise<void> {
    const bucket = this.#bucket(operation, region);
    const turn = bucket.queue.then(() => this.#take(bucket));
    bucket.queue = turn;
    return turn;
  }

  /** Halves the rate: AWS said that we, or somebody else in the account, ask too much. */
  throttled(operation: string, region: string): void {
    const bucket = this.#bucket(operation, region);
    bucket.rate = Math.max(slowestPerSecond, bucket.rate / 2);
  }

  /** Gains a little after an answer, always the same: more on the way back to the full rate, less beyond it. */
  answered(operation: string, region: string): void {
    const bucket = this.#bucket(operation, region);
    const { fullRate, ceiling, rate } = bucket;
    bucket.rate = rate < fullRate ? Math.min(fullRate, rate + fullRate * recovery) : Math.min(ceiling, rate + fullRate * growth);
  }

  /** Requests a second allowed now. */
  rate(operation: string, region: string): number {
    return this.#bucket(operation, region).rate;
  }

  async #take(bucket: Bucket): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      bucket.tokens = Math.min(Math.max(1, bucket.rate), bucket.tokens + ((now - bucket.at) / 1000) * bucket.rate);
      bucket.at = now;
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return;
      }
      await this.#clock.sleep(Math.ceil(((1 - bucket.tokens) / bucket.rate) * 1000));
    }
  }

  #bucket(operation: string, region: string): Bucket {
    const service = operation.split(":")[0] ?? operation;
    const key = operation in ratesPerSecond ? operation : service;
    const id = `${key}|${region}`;
    let bucket = this.#buckets.get(id);
    if (!bucket) {
      const fullRate = (ratesPerSecond[key] ?? otherRatePerSecond) * this.#factor;
      const allowed = (allowedPerSecond[key] ?? 2 * (ratesPerSecond[key] ?? otherRatePerSecond)) * this.#factor;
      const ceiling = this.#awaited ? Math.max(fullRate, awaitedShare * allowed) : fullRate;
      bucket = { fullRate, ceiling, rate: fullRate, tokens: Math.max(1, fullRate), at: this.#clock.now(), queue: Promise.resolve() };
      this.#buckets.set(id, bucket);
    }
    return bucket;
  }
}

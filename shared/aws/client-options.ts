/** What the makers of clients and their middleware agree on: a request, the tape it passes, the count of requests. */
import type { Pace } from "./pace.ts";

/** The part of an SDK client that is needed here. */
export interface AnyClient {
  readonly middlewareStack: { add(middleware: unknown, options: unknown): void };
}

/** One request as the tape sees it. */
export interface Call {
  /** `service:Operation` with the IAM prefix, e.g. `lambda:ListFunctions`. */
  readonly operation: string;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Stands between us and AWS: records what passes, or answers instead of AWS (replay, tests, bench). */
export interface Tape {
  /** True when no request ever reaches AWS: then there is nothing to pace, sign or retry. */
  readonly offline: boolean;
  answer(call: Call, askAws: () => Promise<Record<string, unknown>>): Promise<Record<string, unknown>>;
}

/** Requests sent, retries included, by `service:Operation`. */
export class CallCount {
  readonly byOperation: Record<string, number> = {};

  add(operation: string): void {
    this.byOperation[operation] = (this.byOperation[operation] ?? 0) + 1;
  }

  get total(): number {
    return Object.values(this.byOperation).reduce((sum, n) => sum + n, 0);
  }
}

export interface ClientOptions {
  readonly pace: Pace;
  readonly calls: CallCount;
  readonly tape?: Tape;
  /** Named profile of the shared configuration files; otherwise the SDK's default chain. */
  readonly profile?: string;
  /** Attempts per request (default 10): fewer where somebody waits for "no" as well. */
  readonly maxAttempts?: number;
  /** Called after every request, for progress. */
  readonly onCall?: (operation: string, region: string) => void;
}

/**
 * A recording of what AWS answered, as NDJSON: a header, one line per answer, a closing line that proves the file is whole.
 * Metric data are kept as series of points, so that a replay may batch its questions differently or ask for less.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import type { Call, Tape } from "./client-options.ts";
import { codeOf } from "./errors.ts";
import { presignedRead } from "./pace.ts";
import { redactAnswer } from "./redact.ts";

export const recordingVersion = 1;

export interface RecordingHeader {
  readonly kind: "smalltarget-recording";
  readonly version: number;
  /** When the recording began: the clock of a replay. ISO 8601. */
  readonly at: string;
}

/** The points of one metric series in one window. */
export interface SeriesLine {
  readonly kind: "series";
  readonly key: string;
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Pairs of seconds since 1970 and value. */
  readonly points: readonly (readonly [number, number])[];
}

/** Series that ListMetrics named. */
export interface ListedLine {
  readonly kind: "listed";
  readonly key: string;
  readonly metrics: readonly unknown[];
}

export interface AnswerLine {
  readonly kind: "answer";
  readonly key: string;
  readonly answer: unknown;
}

export interface ErrorLine {
  readonly kind: "error";
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

export interface EndLine {
  readonly kind: "end";
  readonly lines: number;
}

export type RecordingLine = SeriesLine | ListedLine | AnswerLine | ErrorLine | EndLine;

const pageSizes = new Set(["maxresults", "maxitems", "maxrecords", "limit", "resourcesperpage", "pagesize"]);

/** The same for the same request, whatever the order of its members; page sizes do not count. */
export function requestKey(call: Call): string {
  const input = Object.entries(call.input).filter(([name]) => !pageSizes.has(name.toLowerCase()));
  return `${call.region}|${call.operation}|${canonical(Object.fromEntries(input))}`;
}

/** Identifies one metric series with its statistic and period. */
export function seriesKey(region: string, query: MetricQuery): string {
  const stat = query.MetricStat;
  const dimensions = (stat?.Metric?.Dimensions ?? []).map((d) => `${d.Name}=${d.Value}`).sort();
  return `${region}|${stat?.Metric?.Namespace}|${stat?.Metric?.MetricName}|${dimensions.join(",")}|${stat?.Stat}|${stat?.Period}`;
}

/** Identifies what ListMetrics was asked, whatever the page. */
export function listedKey(call: Call): string {
  const { NextToken, ...input } = call.input;
  return `${call.region}|${canonical(input)}`;
}

/** The part of a MetricDataQuery that we use. */
export interface MetricQuery {
  readonly Id?: string;
  readonly MetricStat?: {
    readonly Metric?: {
      readonly Namespace?: string;
      readonly MetricName?: string;
      readonly Dimensions?: readonly { readonly Name?: string; readonly Value?: string }[];
    };
    readonly Stat?: string;
    readonly Period?: number;
  };
}

interface MetricResult {
  readonly Id?: string;
  readonly Timestamps?: readonly Date[];
  readonly Values?: readonly number[];
  readonly StatusCode?: string;
}

/**
 * Records everything that passes into `path`. `close` must be called: without its closing line a recording is not replayed.
 * @param code also the bytes of deployed code: somebody's sources, and what is written in them. Only the sample's are anybody's to read
 */
export function recordTo(path: string, at: Date, { code = false } = {}): Tape & { close(): void } {
  const file = openSync(path, "w", 0o600);
  let lines = 0;
  const write = (line: RecordingLine | RecordingHeader) => {
    writeSync(file, `${JSON.stringify(line)}\n`);
    lines += 1;
  };
  write({ kind: "smalltarget-recording", version: recordingVersion, at: at.toISOString() });
  return {
    offline: false,
    async answer(call, askAws) {
      if (call.operation === presignedRead && !code) return askAws();
      try {
        const answer = await askAws();
        for (const line of linesOf(call, answer)) write(line);
        return answer;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        for (const key of errorKeys(call)) write({ kind: "error", key, code: codeOf(error), message });
        throw error;
      }
    },
    close() {
      write({ kind: "end", lines });
      closeSync(file);
    },
  };
}

/** What an error belongs to: for metrics the series that were asked for, as the batching of a replay may differ. */
export function errorKeys(call: Call): string[] {
  if (call.operation === "cloudwatch:ListMetrics") return [listedKey(call)];
  if (call.operation !== "cloudwatch:GetMetricData") return [requestKey(call)];
  return ((call.input.MetricDataQueries as MetricQuery[]) ?? []).map((query) => seriesKey(call.region, query));
}

export function isMetricRead(call: Call): boolean {
  return call.operation === "cloudwatch:GetMetricData" || call.operation === "cloudwatch:ListMetrics";
}

function linesOf(call: Call, answer: Record<string, unknown>): RecordingLine[] {
  if (call.operation === "cloudwatch:GetMetricData") return seriesOf(call, answer);
  if (call.operation === "cloudwatch:ListMetrics") {
    return [{ kind: "listed", key: listedKey(call), metrics: (answer.Metrics as unknown[]) ?? [] }];
  }
  const { $metadata, ...body } = answer;
  return [{ kind: "answer", key: requestKey(call), answer: encode(redactAnswer(call.operation, body)) }];
}

function seriesOf(call: Call, answer: Record<string, unknown>): SeriesLine[] {
  const queries = new Map(((call.input.MetricDataQueries as MetricQuery[]) ?? []).map((query) => [query.Id, query]));
  return ((answer.MetricDataResults as MetricResult[]) ?? []).flatMap((result) => {
    const query = queries.get(result.Id);
    if (!query) return [];
    const points = (result.Timestamps ?? []).map((at, i) => [at.getTime() / 1000, result.Values?.[i] ?? 0] as const);
    const from = (call.input.StartTime as Date).getTime() / 1000;
    const to = (call.input.EndTime as Date).getTime() / 1000;
    return [{ kind: "series" as const, key: seriesKey(call.region, query), from, to, points }];
  });
}

/** JSON with members in order of name, so that equal requests have equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member) && !(member instanceof Date)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Dates become `{"$date": ISO}`; JSON has none. */
export function encode(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, encode(member)]));
  }
  return value;
}

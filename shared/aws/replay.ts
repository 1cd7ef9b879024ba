/** Answers from a recording instead of AWS. */
import { readFileSync } from "node:fs";
import type { Call, Tape } from "./client-options.ts";
import {
  errorKeys,
  isMetricRead,
  listedKey,
  type MetricQuery,
  type RecordingHeader,
  type RecordingLine,
  recordingVersion,
  requestKey,
  seriesKey,
} from "./recording.ts";

/** The file is not a recording of ours, or not whole. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}

/** The replayed program asked something that the recorded one did not. */
export class NotRecordedError extends Error {
  override readonly name = "NotRecorded";
}

export interface Replay extends Tape {
  /** When the recording was made: the replay's clock. */
  readonly at: Date;
}

interface Shelf {
  readonly answers: Map<string, unknown>;
  readonly errors: Map<string, { readonly code: string; readonly message: string }>;
  readonly listed: Map<string, unknown[]>;
  readonly series: Map<string, Map<number, number>>;
}

/**
 * Opens a recording.
 * @throws RecordingError when the file cannot be read, is not a recording, is truncated or of another version.
 */
export function replayFrom(path: string): Replay {
  const { header, lines } = readRecording(path);
  const shelf = shelve(lines);
  return {
    offline: true,
    at: new Date(header.at),
    async answer(call) {
      // of series that were read at another time the points count, not the error
      const failed = errorKeys(call).find((key) => shelf.errors.has(key) && !shelf.series.has(key));
      const error = failed === undefined ? undefined : shelf.errors.get(failed);
      if (error) throw Object.assign(new Error(error.message), { name: error.code });
      if (isMetricRead(call)) return call.operation.endsWith("ListMetrics") ? listMetrics(shelf, call) : metricData(shelf, call);
      const key = requestKey(call);
      if (!shelf.answers.has(key)) throw notRecorded(call.operation, call.region);
      return shelf.answers.get(key) as Record<string, unknown>;
    },
  };
}

function readRecording(path: string): { header: RecordingHeader; lines: RecordingLine[] } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new RecordingError(`cannot read the recording ${path}: ${(cause as Error).message}`, { cause });
  }
  const raw = text.split("\n").filter((line) => line !== "");
  let parsed: unknown[];
  try {
    parsed = raw.map((line) => JSON.parse(line));
  } catch (cause) {
    throw new RecordingError(`${path} is not a whole recording (a line is not JSON); make it again with scan --record`, { cause });
  }
  const [header, ...lines] = parsed as [RecordingHeader | undefined, ...RecordingLine[]];
  if (header?.kind !== "smalltarget-recording") {
    throw new RecordingError(`${path} is not a recording made by smalltarget scan --record`);
  }
  if (header.version !== recordingVersion) {
    throw new RecordingError(`${path} is a recording of version ${header.version}, this program reads ${recordingVersion}; make it again`);
  }
  const end = lines.at(-1);
  if (end?.kind !== "end" || end.lines !== lines.length) {
    throw new RecordingError(`${path} is truncated: its closing line is missing; make it again with scan --record`);
  }
  return { header, lines };
}

function shelve(lines: readonly RecordingLine[]): Shelf {
  const shelf: Shelf = { answers: new Map(), errors: new Map(), listed: new Map(), series: new Map() };
  for (const line of lines) {
    if (line.kind === "answer") shelf.answers.set(line.key, decode(line.answer));
    if (line.kind === "error") shelf.errors.set(line.key, line);
    if (line.kind === "listed") shelf.listed.set(line.key, [...(shelf.listed.get(line.key) ?? []), ...line.metrics]);
    if (line.kind === "series") {
      const points = shelf.series.get(line.key) ?? new Map<number, number>();
      for (const [at, value] of line.points) points.set(at, value);
      shelf.series.set(line.key, points);
    }
  }
  return shelf;
}

function listMetrics(shelf: Shelf, call: Call): Record<string, unknown> {
  const metrics = shelf.listed.get(listedKey(call));
  if (!metrics) throw notRecorded(call.operation, call.region);
  return { Metrics: metrics };
}

function metricData(shelf: Shelf, call: Call): Record<string, unknown> {
  const from = (call.input.StartTime as Date).getTime() / 1000;
  const to = (call.input.EndTime as Date).getTime() / 1000;
  const results = ((call.input.MetricDataQueries as MetricQuery[]) ?? []).map((query) => {
    const series = shelf.series.get(seriesKey(call.region, query));
    if (!series) throw notRecorded(`${call.operation} of ${query.MetricStat?.Metric?.Dimensions?.[0]?.Value}`, call.region);
    const points = [...series].filter(([at]) => at >= from && at < to).sort(([a], [b]) => b - a);
    return {
      Id: query.Id,
      StatusCode: "Complete",
      Timestamps: points.map(([at]) => new Date(at * 1000)),
      Values: points.map(([, value]) => value),
    };
  });
  return { MetricDataResults: results };
}

function notRecorded(what: string, region: string): NotRecordedError {
  return new NotRecordedError(`the recording holds no answer for ${what} in ${region}; record again with this version`);
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value === "object" && value !== null) {
    const members = value as Record<string, unknown>;
    if (typeof members.$date === "string") return new Date(members.$date);
    return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, decode(member)]));
  }
  return value;
}

/** Brings the lines of a recording into one order, and says everything once: two makings give the same bytes. */
import { readFileSync } from "node:fs";
import type { RecordingHeader, RecordingLine, SeriesLine } from "../../shared/aws/recording.ts";

/** The text of the recording in `path`, tidied. @throws when one request was answered in two ways: a replay would depend on luck */
export function tidied(path: string): string {
  const [header, ...lines] = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line)) as [RecordingHeader, ...RecordingLine[]];
  const series = new Map<string, SeriesLine>();
  const others = new Map<string, string>();
  for (const line of lines) {
    if (line.kind === "series") series.set(line.key, merged(series.get(line.key), line));
    else if (line.kind !== "end") {
      const text = JSON.stringify(line);
      const known = others.get(`${line.kind} ${line.key}`);
      if (known !== undefined && known !== text) throw new Error(`two answers to ${line.key}`);
      others.set(`${line.kind} ${line.key}`, text);
    }
  }
  const kept = [...others, ...[...series].map(([key, line]) => [`series ${key}`, JSON.stringify(line)] as const)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text);
  const end = { kind: "end", lines: kept.length + 1 };
  return [JSON.stringify(header), ...kept, JSON.stringify(end), ""].join("\n");
}

function merged(known: SeriesLine | undefined, line: SeriesLine): SeriesLine {
  if (!known) return line;
  const points = new Map([...known.points, ...line.points]);
  return {
    ...known,
    from: Math.min(known.from, line.from),
    to: Math.max(known.to, line.to),
    points: [...points].sort(([a], [b]) => b - a),
  };
}

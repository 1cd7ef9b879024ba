/** Metrics Insights queries on the run time of functions, as alarms have them. Pure. */

export interface FleetQuery {
  /** As a metric alarm names it. */
  readonly statistic: string;
  /** The one function that the query names; absent: all functions. */
  readonly functionName?: string;
  /** It has a condition that we cannot read: which functions it looks at cannot be told. */
  readonly conditional: boolean;
}

const statistics: Readonly<Record<string, string>> = { MAX: "Maximum", AVG: "Average", MIN: "Minimum", SUM: "Sum", COUNT: "SampleCount" };

/** What a query says of Duration; undefined for one about anything else. Source: CloudWatch user guide, "Metrics Insights query components". */
export function fleetQueryOf(expression: string): FleetQuery | undefined {
  const text = expression.slice(0, 4096).replace(/\s+/g, " ").trim();
  const [, call = "", rest = ""] = /^SELECT ([A-Z]+) ?\( ?"?Duration"? ?\) FROM (?:SCHEMA ?\( ?)?"AWS\/Lambda"(.*)$/i.exec(text) ?? [];
  const statistic = statistics[call.toUpperCase()];
  if (statistic === undefined) return undefined;
  const [, condition] = / WHERE (.*?)(?: GROUP BY | ORDER BY | LIMIT |$)/i.exec(rest) ?? [];
  if (condition === undefined) return { statistic, conditional: false };
  const [, functionName] = /^"?FunctionName"? ?= ?'([^']*)'$/.exec(condition.trim()) ?? [];
  return functionName === undefined ? { statistic, conditional: true } : { statistic, functionName, conditional: false };
}

/** What a scan cost, from the requests it made. */
import { metricsPerRequest, perThousandMetrics, perThousandRequests, pricesAsOf } from "../data/prices.ts";
import type { ScanHeader } from "../model/document.ts";
import type { Look } from "./look.ts";
import { grouped } from "./quantities.ts";
import { textTable } from "./text-table.ts";

export interface CostRow {
  readonly operation: string;
  readonly requests: number;
  /** USD, at most. */
  readonly most: number;
}

/** What each operation cost at most: a request for metric data may have asked for fewer metrics than fit into it. */
export function costRows({ apiCalls }: Pick<ScanHeader, "apiCalls">): CostRow[] {
  return Object.entries(apiCalls.byOperation)
    .map(([operation, requests]) => ({ operation, requests, most: requests * priceOf(operation) }))
    .sort((a, b) => b.most - a.most || b.requests - a.requests || (a.operation < b.operation ? -1 : 1));
}

function priceOf(operation: string): number {
  if (operation === "cloudwatch:GetMetricData") return (metricsPerRequest * perThousandMetrics) / 1000;
  const ofService = `${operation.split(":")[0]}:*`;
  return (perThousandRequests[operation] ?? perThousandRequests[ofService] ?? 0) / 1000;
}

function costText(usd: number): string {
  if (usd === 0) return "free";
  return usd < 0.0001 ? "< 0.0001 USD" : `${usd.toFixed(4)} USD`;
}

/** The page as lines. */
export function costPage(scan: ScanHeader, look: Look): string[] {
  const rows = costRows(scan);
  const most = rows.reduce((sum, row) => sum + row.most, 0);
  const table = textTable(
    rows,
    [
      { head: "OPERATION", cell: ({ operation }) => operation, flexible: true },
      { head: "REQUESTS", cell: ({ requests }) => grouped(requests), align: "right" },
      { head: "AT MOST", cell: (row) => costText(row.most), align: "right" },
    ],
    look,
  );
  return [
    `This scan: ${grouped(scan.apiCalls.total)} requests, at most ${most.toFixed(2)} USD; once a day that is at most ${(most * 30).toFixed(2)} USD in 30 days.`,
    "",
    ...table,
    "",
    `Prices as of ${pricesAsOf}, without free tiers; metric data counted as if every request were full. The first scan reads 455 days, later ones what is new.`,
    "Not counted: the watchdog's own Lambda, table, bucket and messages (cents a month).",
  ];
}

import type { AccountPlan } from "../account-plan.ts";
import { everyDay, onDays } from "../rhythm.ts";
import { inStack, node, owned } from "./habits.ts";
import { secrets } from "./secrets.ts";

/** Jobs by the calendar: once a day, a month, a year. */
export const finance: AccountPlan = {
  functions: [
    {
      // one run in all that metrics remember, and no reason to worry: its rule fires on 2 January
      ...node,
      name: "tax-year-close",
      runtime: "python3.13",
      timeoutSeconds: 300,
      memoryMb: 2048,
      tags: { ...owned("finance"), ...inStack("closing", "TaxYearClose") },
      deployedDaysAgo: 390,
      use: onDays([326], 1, [88_000]),
    },
    {
      ...node,
      name: "vat-report",
      runtime: "python3.12",
      tags: { ...owned("finance"), ...inStack("closing", "VatReport") },
      deployedDaysAgo: 220,
      use: onDays([449, 419, 388, 358, 327, 296, 268, 237, 207, 176, 146, 115, 84, 54, 23], 1, [52_000, 74_300, 49_800, 61_100]),
    },
    {
      // slow by nature: 900 seconds fit
      ...node,
      name: "ledger-reconcile",
      runtime: "java21",
      memoryMb: 3008,
      tags: { ...owned("finance"), ...inStack("closing", "LedgerReconcile") },
      deployedDaysAgo: 130,
      use: everyDay("ledger-reconcile", { from: 200, runs: 1, typicalMs: 340_000, longestMs: 612_000, longestDaysAgo: 54 }),
    },
    {
      ...node,
      name: "currency-rates",
      timeoutSeconds: 3,
      tags: { ...owned("finance"), ...inStack("rates", "Currency") },
      environment: { RATES_API_KEY: secrets.providerKey },
      deployedDaysAgo: 110,
      use: everyDay("currency-rates", { from: 150, runs: 24, typicalMs: 1100, longestMs: 2600, longestDaysAgo: 83 }),
    },
    {
      ...node,
      name: "import_supplier_prices_from_the_old_ftp_server_every_night_v2",
      runtime: "python3.9",
      tags: owned("finance"),
      environment: { FTP_PASSWORD: secrets.password },
      deployedDaysAgo: 420,
      use: everyDay("import_supplier_prices", { from: 120, runs: 1, typicalMs: 18_000, longestMs: 57_500, longestDaysAgo: 36 }),
    },
    {
      ...node,
      name: "payroll-bridge",
      runtime: "nodejs22.x",
      timeoutSeconds: 60,
      tags: owned("finance"),
      deployedDaysAgo: 5,
      // quiet for long, but deployed last week: it may be about to be used again
      use: onDays([312, 281, 250, 220], 3, [4100, 3900, 5200, 4400]),
    },
  ],
  rules: [
    { name: "tax-year-close", starts: "tax-year-close", schedule: "cron(0 6 2 1 ? *)" },
    { name: "vat-monthly", starts: "vat-report", schedule: "cron(30 4 1 * ? *)" },
    { name: "reconcile-nightly", starts: "ledger-reconcile", schedule: "cron(15 1 * * ? *)" },
    { name: "rates-hourly", starts: "currency-rates", schedule: "rate(1 hour)" },
    {
      name: "supplier-prices-nightly",
      starts: "import_supplier_prices_from_the_old_ftp_server_every_night_v2",
      schedule: "cron(0 2 * * ? *)",
    },
  ],
};

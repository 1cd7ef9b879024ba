import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectors } from "../../shared/collect/collectors.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { benchAccount } from "../bench/bench-account.ts";
import { awsError, StubAccount } from "../stub-account.ts";

const start = new Date("2026-11-24T03:00:00Z");
let stub: StubAccount;
let dog: TestWatchdog;
let days = 0;

beforeAll(async () => {
  stub = new StubAccount({ ...benchAccount(40, start), regions: ["eu-west-1"] });
  dog = await aWatchdog(stub);
  const { changes } = await dog.scan();
  // otherwise there would be nothing to lose
  expect(changes.opened).toBeGreaterThan(30);
});
afterAll(() => dog.close());

/** Services whose IAM actions are named otherwise than their operations: refused as a whole. */
const wholeServices = new Set(["s3", "apigateway"]);
const prefixes: Readonly<Record<string, string>> = { apigateway: "apigateway(v2)?", s3: "s3(control)?" };

function refuses(actions: readonly string[]): RegExp {
  const patterns = actions.map((action) => {
    const [service = "", name] = action.split(":");
    return wholeServices.has(service) ? `${prefixes[service] ?? service}:.*` : `${service}:${name}`;
  });
  return new RegExp(`^(${patterns.join("|")})$`);
}

// who we are has to be known, or there is no scan
const deniable = collectors.filter(({ name }) => name !== "regions");

describe("every collector denied, one at a time", () => {
  test.each(deniable.map(({ name, actions }) => [name, actions] as const))(
    "%s: coverage says so, and nothing is resolved by it",
    async (name, actions) => {
      const refused = refuses(actions);
      let asked = false;
      stub.fault = ({ operation }) => {
        if (!refused.test(operation)) return undefined;
        asked = true;
        return awsError("AccessDeniedException");
      };
      // twice, more than 20 hours apart: what two complete looks would resolve must stay
      for (let look = 0; look < 2; look += 1) {
        days += 1;
        stub.data.now = new Date(start.getTime() + days * 86_400_000);
        const { document } = await dog.scan();
        const stored = await dog.store.findings("111122223333", ["eu-west-1", "global"]);
        const lost = stored.filter((finding) => finding.status === "RESOLVED" && finding.rule !== "scan/coverage-incomplete");
        expect(lost.map(({ rule, resource }) => `${rule} ${resource.name}`)).toEqual([]);
        if (asked) expect(document.coverage.filter((row) => row.status !== "complete").map(({ collector }) => collector)).toContain(name);
      }
    },
  );
});

import { expect, test } from "vitest";
import { eventBusesCollector } from "../../../shared/collect/events/event-buses.ts";
import { awsError } from "../../stub-account.ts";
import { collectFrom } from "../a-service.ts";

const bus = (Name: string) => ({ Name, Arn: `arn:aws:events:eu-west-1:111122223333:event-bus/${Name}` });
const rule = { Name: "nightly", Arn: "arn:aws:events:eu-west-1:111122223333:rule/nightly", State: "ENABLED" };

function collect(ofOrders: () => Record<string, unknown>) {
  return collectFrom(eventBusesCollector, {
    "events:ListEventBuses": () => ({ EventBuses: [bus("default"), bus("orders")] }),
    "events:ListRules": ({ EventBusName }) => (EventBusName === "orders" ? ofOrders() : { Rules: [rule] }),
    "events:ListTargetsByRule": () => ({ Targets: [] }),
  });
}

test("where the rules of one bus are refused, what is not seen is not gone; those of the others are there", async () => {
  const { items, coverage } = await collect(() => {
    throw awsError("AccessDeniedException");
  });
  expect(items.some(({ resource }) => resource?.name === "nightly")).toBe(true);
  expect(coverage.status).toBe("partial");
  expect(coverage.listed).not.toBe(true);
});

test("a bus that was deleted meanwhile has no rules: all that there are were listed", async () => {
  const { coverage } = await collect(() => {
    throw awsError("ResourceNotFoundException");
  });
  expect(coverage.status === "complete" || coverage.listed).toBe(true);
});

test("all rules of all buses are listed", async () => {
  const { coverage } = await collect(() => ({ Rules: [] }));
  expect(coverage.status).toBe("complete");
});

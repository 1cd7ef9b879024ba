import { describe, expect, it } from "vitest";
import { messagesNotPublished, metricNamespace, scanMetrics } from "../../functions/report.ts";
import { resources, template } from "./synthesized.ts";

const bodies = resources(template(), "AWS::CloudWatch::Dashboard").map(([, { Properties }]) => JSON.stringify(Properties.DashboardBody));

describe("the dashboard", () => {
  it("shows every number that a scan sends, and asks for no other of ours", () => {
    expect(bodies).toHaveLength(1);
    const asked = [...(bodies[0] ?? "").matchAll(/\\"SmallTarget\\",\\"(\w+)\\"/g)].map(([, name]) => name);
    expect(new Set(asked)).toEqual(new Set(Object.values(scanMetrics)));
    expect(metricNamespace).toBe("SmallTarget");
  });

  it("shows whether the watchdog itself is well", () => {
    const alarms = resources(template(), "AWS::CloudWatch::Alarm").map(([id]) => id);
    expect(alarms.filter((id) => !bodies[0]?.includes(id))).toEqual([]);
  });

  it("has a name of its own in the account, whatever the Region", () => {
    const names = resources(template(), "AWS::CloudWatch::Dashboard").map(([, { Properties }]) => JSON.stringify(Properties.DashboardName));
    expect(names).toEqual([expect.stringContaining("AWS::Region")]);
  });

  it("can be left out", () => {
    expect(resources(template({ dashboard: false }), "AWS::CloudWatch::Dashboard")).toEqual([]);
  });

  it("is made of six metrics of ours at most: each costs", () => {
    expect([...Object.values(scanMetrics), messagesNotPublished].length).toBeLessThanOrEqual(6);
  });
});

import { expect, it } from "vitest";
import { markTold, pendingFor } from "../../shared/model/outbox.ts";
import { unmarked } from "../../shared/notify/receipt.ts";
import { aFinding, now, stored } from "./a-finding.ts";

it("of an accepted list, what changed before it was marked is known as it was told, so that the change is still told", () => {
  const told = { "open#HIGH": `${aFinding(1).id}.1 ${aFinding(2).id}.1` };
  const receipt = { message: "M-1", shape: "summary", at: now.toISOString(), accepted: true, regions: ["eu-west-1"], told } as const;
  const [same, worse] = [stored(aFinding(1)), stored(aFinding(2, { severity: "CRITICAL", version: 2 }))];
  const known = new Map([same, worse].map((finding) => [finding.id, finding]));
  const left = unmarked(receipt, "sns", known);
  const after = [same, worse].map((finding) => {
    const fresh = left.get(finding.id);
    return fresh && pendingFor(markTold(finding, "sns", fresh), "sns");
  });
  expect(after).toMatchObject([undefined, { transition: "changed", urgent: true }]);
});

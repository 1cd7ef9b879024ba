/** Roles with their policies, in one sweep of the account: no call per role or policy. */
import { GetAccountAuthorizationDetailsCommand, type ManagedPolicyDetail, type RoleDetail } from "@aws-sdk/client-iam";
import { pages } from "../../aws/paginate.ts";
import type { Principal } from "../../model/principal.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";
import { principalsIn } from "./account-details.ts";

export const iamCollector: ServiceCollector<"iam"> = {
  name: "iam",
  scope: "account",
  readerVersion: 1,
  actions: ["iam:GetAccountAuthorizationDetails"],
  reads: "roles with their trust, their policies and when they were last used; no users or groups",
  collect(context) {
    return collectPart<Principal>("iam", context.region, async (sink) => {
      const answer: { RoleDetailList: RoleDetail[]; Policies: ManagedPolicyDetail[] } = { RoleDetailList: [], Policies: [] };
      try {
        await sweep(context, answer);
      } catch (error) {
        sink.missList(error);
      }
      sink.push(...principalsIn(answer));
    });
  },
};

async function sweep(
  { clients, region }: CollectContext,
  answer: { readonly RoleDetailList: RoleDetail[]; readonly Policies: ManagedPolicyDetail[] },
): Promise<void> {
  const list = pages(
    (Marker) =>
      clients.iam(region).send(
        new GetAccountAuthorizationDetailsCommand({
          Filter: ["Role", "LocalManagedPolicy", "AWSManagedPolicy"],
          MaxItems: 1000,
          ...(Marker ? { Marker } : {}),
        }),
      ),
    (page) => (page.IsTruncated ? page.Marker : undefined),
  );
  for await (const page of list) {
    answer.RoleDetailList.push(...(page.RoleDetailList ?? []));
    answer.Policies.push(...(page.Policies ?? []));
  }
}

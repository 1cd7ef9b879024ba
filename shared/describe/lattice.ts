/** VPC Lattice services and the functions behind them. A service is reachable only from networks that it is associated with. Pure. */

import { functionArnOf } from "../model/arn.ts";
import type { GraphRow, Relation } from "../model/graph.ts";

interface LatticeService {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: string | undefined;
  /** `NONE` or `AWS_IAM`; undefined when it could not be read. */
  readonly authType: string | undefined;
}

interface FunctionGroup {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: string | undefined;
  readonly serviceArns: readonly string[];
  readonly targets: readonly string[] | undefined;
}

export function describeLattice(services: readonly LatticeService[], groups: readonly FunctionGroup[], region: string): GraphRow[] {
  const auth = new Map(services.map(({ arn, authType }) => [arn, authType]));
  const hop = (from: string, to: string, kind: "routes-to" | "invokes", evidence: string): Relation => {
    const iam = kind === "routes-to" && auth.get(from) === "AWS_IAM";
    return { from, to, kind, auth: kind === "invokes" ? "service" : iam ? "iam" : "network", enabled: true, evidence };
  };
  return [
    ...services.map(
      ({ arn, name, createdAt, authType }): GraphRow => ({
        resource: {
          arn,
          type: "AWS::VpcLattice::Service",
          name,
          region,
          ...(createdAt ? { createdAt } : {}),
          details: authType === undefined ? { unread: ["authType"] } : { authType },
        },
        relations: [],
      }),
    ),
    ...groups.map(
      ({ arn, name, createdAt, serviceArns, targets }): GraphRow => ({
        resource: {
          arn,
          type: "AWS::VpcLattice::TargetGroup",
          name,
          region,
          ...(createdAt ? { createdAt } : {}),
          details: targets === undefined ? { unread: ["targets"] } : {},
        },
        relations: [
          ...serviceArns.map((service) => hop(service, arn, "routes-to", "vpc-lattice:ListTargetGroups, serviceArns")),
          ...(targets ?? []).map((target) => hop(arn, functionArnOf(target) ?? target, "invokes", "vpc-lattice:ListTargets")),
        ],
      }),
    ),
  ];
}

/** Which functions may run at CloudFront's edge, and what their role says of it. */
import type { FunctionConfiguration } from "../../model/snapshot.ts";

/**
 * Lambda@Edge functions are made in us-east-1 and have no environment, layers, VPC or image, are x86_64 and end within 30 s
 * (CloudFront developer guide, "Restrictions on Lambda@Edge"): only for those is the role's trust policy worth a call.
 */
export function mayRunAtEdge(f: FunctionConfiguration): boolean {
  const plain =
    f.environmentNames.length === 0 && f.environmentUnread === undefined && f.layers.length === 0 && !f.vpcId && !f.deadLetterArn;
  return f.region === "us-east-1" && f.packageType === "Zip" && f.architecture === "x86_64" && f.timeoutSeconds <= 30 && plain;
}

export interface RoleRead {
  readonly edge: boolean;
  readonly lastUsedAt: string | null;
}

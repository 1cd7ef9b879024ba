/**
 * What a bucket's policy lets distributions of CloudFront do for their callers: by origin access control (the service, for named
 * distributions) or by an origin access identity. Source: CloudFront developer guide, "Restrict access to an Amazon S3 origin". Pure.
 */
import { listOf, valuesOf } from "../policies/conditions.ts";
import { speaksOf, statementsOf } from "../policies/document.ts";

export interface DistributionGrants {
  /** ARN patterns of distributions; `*` where the policy does not say which. */
  readonly cloudfrontMayRead: readonly string[];
  readonly cloudfrontMayWrite: readonly string[];
}

/** @param policy empty where the bucket has none. Statements that refuse are not weighed. @throws when it is no JSON */
export function distributionGrants(policy: string): DistributionGrants {
  const allowed = statementsOf(policy).filter(({ Effect }) => Effect === "Allow");
  const forActions = (...actions: readonly string[]) => {
    const about = allowed.filter((statement) => actions.some((action) => speaksOf(statement, action)));
    return [...new Set(about.flatMap(distributionsOf))].toSorted();
  };
  return { cloudfrontMayRead: forActions("s3:GetObject"), cloudfrontMayWrite: forActions("s3:PutObject", "s3:DeleteObject") };
}

function distributionsOf(statement: ReturnType<typeof statementsOf>[number]): string[] {
  const { Principal, NotPrincipal } = statement;
  const { AWS, Service, CanonicalUser } = (typeof Principal === "object" && Principal !== null ? Principal : { AWS: Principal }) as Record<
    string,
    unknown
  >;
  const accounts = listOf(AWS);
  // which identity a distribution has, its origin says by an id that no policy needs to name
  if (CanonicalUser !== undefined || accounts.some((one) => /^arn:[^:]+:iam::cloudfront:/.test(one))) return ["*"];
  const isLetIn = NotPrincipal !== undefined || accounts.includes("*") || listOf(Service).some((one) => one.startsWith("cloudfront."));
  if (!isLetIn) return [];
  const sources = valuesOf(statement, "aws:sourcearn");
  return sources.length === 0 ? ["*"] : sources;
}

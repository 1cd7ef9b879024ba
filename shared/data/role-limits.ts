/** How much of a role IAM takes. Source: IAM user guide, "IAM and AWS STS quotas", as of 2026-11-27. Characters are counted without white space. */

/** Day on which it was last compared with its source. */
export const roleLimitsAsOf = "2026-11-27";

/** All inline policies of a role together. */
export const longestInlinePolicies = 10_240;
/** One managed policy. */
export const longestManagedPolicy = 6_144;
/** Managed policies attached to a role, unless more was asked for. */
export const managedPoliciesPerRole = 10;
export const longestRoleName = 64;
/** Roles of an account, unless more was asked for. */
export const rolesPerAccount = 1_000;

/** Roles of IAM with everything written about them; where a dump of an account has them, users and groups too. */

/** A policy's text as it is in force, JSON. */
export interface PolicyText {
  readonly name: string;
  readonly document: string;
  /** Of a managed policy; absent for an inline one. */
  readonly arn?: string;
  /** Of a user: the group that has it. */
  readonly group?: string;
  /** Texts of the policy that are not in force but could be made so, by version. */
  readonly otherVersions?: readonly { readonly version: string; readonly document: string }[];
}

export interface Principal {
  /** Absent: a role. */
  readonly kind?: "user" | "group";
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly createdAt?: string;
  readonly lastUsedAt?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Empty for users and groups. */
  readonly trustPolicy: string;
  /** Inline and attached; for users those of their groups too. */
  readonly policies: readonly PolicyText[];
  readonly hasBoundary: boolean;
  /** The permission boundary; its text is absent where AWS did not give it. Absent as a whole in what version 0.1 kept. */
  readonly boundary?: { readonly arn: string; readonly document?: string };
  /** ARNs of the groups that a user is in. */
  readonly groups?: readonly string[];
  /** How many instance profiles have the role; absent where it was not told. */
  readonly instanceProfiles?: number;
  /** Attached policies whose text AWS did not give. */
  readonly unread: readonly string[];
}

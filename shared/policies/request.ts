/** One concrete request that a policy is asked about. */
import type { Owner } from "./callers.ts";

export type Caller =
  | { readonly kind: "anonymous" }
  | { readonly kind: "signed"; readonly owner: Owner; readonly arn: string }
  /** An AWS service that works for a resource of `owner`. */
  | { readonly kind: "service"; readonly owner: Owner; readonly name: string };

export type Path =
  | { readonly kind: "direct"; readonly address: string }
  /** Through a VPC endpoint in an account of `owner`. */
  | { readonly kind: "endpoint"; readonly owner: Owner }
  /** An AWS service passes on what it was asked, with the caller's credentials. */
  | { readonly kind: "service" }
  /** From a service itself. */
  | { readonly kind: "inside" };

export interface PolicyRequest {
  readonly caller: Caller;
  readonly path: Path;
  /** Whether it comes over TLS, where that is asked about. */
  readonly secure?: boolean;
}

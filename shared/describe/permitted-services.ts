/** Services that a function's policy lets call it, and for which of their resources. Pure. */
import { listOf, valuesOf } from "../policies/conditions.ts";
import { speaksOf, statementsOf } from "../policies/document.ts";

/**
 * `apigateway.amazonaws.com arn:aws:execute-api:...`, or the service alone for whatever of it; `*` for every service. Statements that
 * refuse are not weighed: what is not listed is not let in, what is listed may be.
 * @throws when the policy is no JSON
 */
export function permittedServices(policies: readonly { readonly policy: string }[]): string[] {
  const found = policies
    .flatMap(({ policy }) => statementsOf(policy))
    .filter((statement) => statement.Effect === "Allow" && speaksOf(statement, "lambda:InvokeFunction"))
    .flatMap((statement) => {
      const { Principal, NotPrincipal } = statement;
      const { AWS, Service } = (typeof Principal === "object" && Principal !== null ? Principal : { AWS: Principal }) as Record<
        string,
        unknown
      >;
      const everybody = NotPrincipal !== undefined || listOf(AWS).includes("*");
      const sources = valuesOf(statement, "aws:sourcearn");
      return (everybody ? ["*"] : listOf(Service)).flatMap((service) =>
        sources.length === 0 ? [service] : sources.map((source) => `${service} ${source}`),
      );
    });
  return [...new Set(found)].toSorted();
}

/** Systems Manager: a parameter without its value. */
import { keyKind } from "../encryption.ts";
import type { Describe } from "./describe-answer.ts";

export interface ParameterAnswer {
  readonly arn: string;
  readonly name: string;
  /** `String`, `StringList` or `SecureString`. */
  readonly kind?: string;
  readonly keyId?: string;
  readonly tier?: string;
  readonly version?: number;
  readonly lastModifiedAt?: string;
}

export const describe: Describe<ParameterAnswer> = ({ arn, name, kind, keyId, tier, version, lastModifiedAt }, { region }) => {
  const key = keyKind(keyId ?? "alias/aws/ssm");
  return [
    {
      resource: {
        arn,
        type: "AWS::SSM::Parameter",
        name,
        region,
        encryption: { atRest: kind === "SecureString" ? key : "none", inTransit: "enforced" },
        details: { kind: kind ?? "unknown", tier: tier ?? "Standard", version: version ?? null, lastModifiedAt: lastModifiedAt ?? null },
      },
      relations: [],
    },
  ];
};

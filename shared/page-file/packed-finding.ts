/** Findings in the file: most are about a function, whose name, ARN and owner stand there already. Pure. */
import type { DocumentFinding } from "../model/document.ts";
import type { PageFunction } from "./page-function.ts";

/** A finding as lists show it. */
export interface PageFinding extends Omit<DocumentFinding, "references" | "evidence" | "remediation" | "confidence"> {
  /** Its evidence and commands were left out: `PageAccount.left` says so. */
  readonly short?: true;
}

/** A finding as it lies in the file: what its function says already is not said again. */
export interface PackedFinding extends Omit<PageFinding, "resource" | "owner" | "changedAt"> {
  /** Place of its resource among the functions; of anything else the resource stands here. */
  readonly of: number | DocumentFinding["resource"];
  /** Absent: the function's. */
  readonly owner?: DocumentFinding["owner"];
  /** Absent: it has not changed since it was first seen. */
  readonly changedAt?: string;
}

/** The rest of a finding. */
export type PageEvidence = Pick<DocumentFinding, "references" | "evidence" | "remediation" | "confidence">;

const functionType = "AWS::Lambda::Function";

type Subject = Pick<PageFunction, "arn" | "name" | "region" | "owner">;

/** @param placeOf of a function, by its ARN */
export function packedFinding(
  { references: _, evidence: __, remediation: ___, confidence: ____, resource, owner, changedAt, ...finding }: DocumentFinding,
  functions: readonly Subject[],
  placeOf: ReadonlyMap<string, number>,
): PackedFinding {
  const place = placeOf.get(resource.arn);
  const subject = place === undefined ? undefined : functions[place];
  const isSaid = subject && resource.type === functionType && resource.name === subject.name && resource.region === subject.region;
  return {
    ...finding,
    of: isSaid && place !== undefined ? place : resource,
    ...(isSaid && JSON.stringify(owner) === JSON.stringify(subject.owner) ? {} : { owner }),
    ...(changedAt === finding.firstSeenAt ? {} : { changedAt }),
  };
}

/** What packedFinding packed. @param account of the scan @throws where it is about a function that is not in the file */
export function unpackedFinding({ of, owner, ...finding }: PackedFinding, functions: readonly Subject[], account: string): PageFinding {
  const subject = typeof of === "number" ? functions[of] : undefined;
  if (typeof of === "number" && !subject) throw new Error(`finding ${finding.id} is about a function that is not in the file`);
  const resource = subject ? { arn: subject.arn, type: functionType, name: subject.name, account, region: subject.region } : of;
  return {
    changedAt: finding.firstSeenAt,
    ...finding,
    resource: resource as DocumentFinding["resource"],
    owner: owner ?? subject?.owner ?? {},
  };
}

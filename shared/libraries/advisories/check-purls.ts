/** Package URLs put to the advisories, a line each. */
import { type Severity, severityRank } from "../../model/finding.ts";
import type { AdvisoryIndex } from "./advisory-index.ts";
import { checkPackage, type Hole, idsOf } from "./check-package.ts";
import type { Exploited } from "./exploited.ts";
import { parsePackageUrl } from "./package-names.ts";

export interface CheckedPurl {
  readonly purl: string;
  /** Of the advisories that are open for it, GHSA before CVE; none: nothing is known; null: it could not be told. */
  readonly ids: readonly string[] | null;
  /** The smallest version that clears them all. */
  readonly fixed: string | null;
  /** That step leaves the major version. */
  readonly majorJump?: true;
  /** Of the gravest. */
  readonly severity?: Severity;
  /** The package itself was made to harm. */
  readonly malicious?: true;
  /** One by one, with their other names; absent where there are none. */
  readonly holes?: readonly Hole[];
  /** Why it could not be told. */
  readonly unknown?: string;
  /** It is no package URL: the person has to write another one. */
  readonly wrong?: true;
}

export function checkPurl(index: AdvisoryIndex, purl: string, exploited?: Exploited): CheckedPurl {
  const named = parsePackageUrl(purl);
  if ("wrong" in named) return { purl, ids: null, fixed: null, unknown: named.wrong, wrong: true };
  if ("otherType" in named) return { purl, ids: null, fixed: null, unknown: `packages of the type ${named.otherType} are not looked at` };
  const found = checkPackage(index, named, exploited);
  if ("unknown" in found) return { purl, ids: null, fixed: null, unknown: found.unknown };
  // any group may be meant, also one that the advisories write otherwise
  if (named.ecosystem === "Maven" && !named.name.includes(":"))
    return { purl, ids: null, fixed: null, unknown: "a Maven package has a group too: pkg:maven/group/artifact@version" };
  const { holes, fixed, majorJump } = found;
  const [gravest] = holes.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
  return {
    purl,
    ids: idsOf(found),
    fixed,
    ...(majorJump ? { majorJump } : {}),
    ...(gravest ? { severity: gravest.severity, holes } : {}),
    ...(holes.some(({ malicious }) => malicious) ? { malicious: true as const } : {}),
  };
}

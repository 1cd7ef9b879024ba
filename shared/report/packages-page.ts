/** The packages of an artifact, for people. Pure. */
import type { PackageList } from "../model/packages.ts";
import { cleanText } from "../model/plain-text.ts";
import type { Look } from "./look.ts";
import { textTable } from "./text-table.ts";
import { wrap } from "./wide-text.ts";

/** A row for each package; then what is only declared, and how much of the artifact is known. */
export function packagesPage({ packages, declared, coverage }: PackageList, look: Look): string[] {
  const table = textTable(
    packages,
    [
      { head: "PACKAGE", cell: ({ name }) => cleanText(name) },
      { head: "VERSION", cell: ({ version, versionRange }) => cleanText(version ?? versionRange ?? "?", 60) },
      { head: "ECOSYSTEM", cell: ({ ecosystem }) => ecosystem, drop: 3 },
      { head: "CONFIDENCE", cell: ({ confidence }) => confidence, drop: 2 },
      { head: "FROM", cell: ({ evidence }) => cleanText(`${evidence.how}: ${evidence.path}`, 300), flexible: true, drop: 1 },
    ],
    look,
  );
  const statements = coverage.statements.flatMap((one) => wrap(cleanText(one, 500), look.width ?? 100));
  const lock =
    declared.length > 0 ? [`${declared.length} more are only declared, in lock files or lists of requirements: see --output json.`] : [];
  return [...(packages.length > 0 ? [...table, ""] : []), `Coverage: ${coverage.status}`, ...statements, ...lock];
}

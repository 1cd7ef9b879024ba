/** What is known of the libraries in functions' code. */
import type { Account } from "../account.ts";
import { type Child, h } from "../dom.ts";
import { findingLink, lines, section, severityMark, title } from "../parts.ts";

export function librariesView({ findings, command }: Account, _query: URLSearchParams): Child {
  const about = findings.filter(({ rule }) => rule.startsWith("library/"));
  return [
    title("Libraries"),
    about.length > 0
      ? section("Findings", lines(about.map((finding) => [severityMark(finding.severity), " ", findingLink(finding)])))
      : h(
          "p",
          {},
          "This scan did not put libraries to advisories: nothing is said of them. What is in a package on this machine: ",
          h("code", {}, `${command} libraries FILE`),
        ),
  ];
}

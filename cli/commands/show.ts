/** `smalltarget show`: one finding, or everything about one function. */

import type { Command } from "commander";
import type { AckRecord } from "../../shared/model/acknowledgement.ts";
import type { DocumentFinding, FunctionFacts } from "../../shared/model/document.ts";
import { documentFinding } from "../../shared/model/document-finding.ts";
import { findingPage } from "../../shared/report/finding-page.ts";
import { functionPage } from "../../shared/report/function-page.ts";
import { toJson } from "../../shared/report/json.ts";
import { checkRegions } from "../check-names.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { didYouMean } from "../nearest.ts";
import { onePageOption, readOptions, regionOption } from "../options.ts";
import { outputLook, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly region?: readonly string[];
  readonly output: "table" | "json";
}

const findingId = /^F-[0-9A-Z]{10}$/i;

const parts = ["functions", "findings", "roles"] as const;
type Last = LastScan<(typeof parts)[number]>;

/** Arguments, options and action. */
export function showCommand(command: Command): void {
  command
    .argument("<id>", "id of a finding (F-...), or name or ARN of a function")
    .option(
      "-r, --region <region>",
      "Region of --stack, with the id of a finding; else the function of this Region, where several have the name",
      regionOption,
    );
  readOptions(onePageOption(command)).action(show);
}

async function show(id: string, options: Options): Promise<void> {
  const [region] = options.region ?? [];
  // a finding has one Region: then the option can only mean that of the stack
  const stackRegion = findingId.test(id) && region ? { stackRegion: region } : {};
  await withLastScan(
    { ...options, ...stackRegion },
    async (last) => {
      const found = await findFinding(last, id);
      if (found) {
        const { finding, decisions } = found;
        const history = decisions.length > 0 ? { decisions } : {};
        print(options.output === "json" ? toJson({ ...finding, ...history }) : findingPage(finding, outputLook(), decisions).join("\n"));
        return;
      }
      if (!findingId.test(id)) checkRegions(last.document.scan, options.region);
      const functions = findFunctions(last, id, options.region);
      if (functions.length === 0) throw nothingFound(last, id);
      print(functionsText(functions, last, options.output));
    },
    parts,
  );
}

/** As this scan saw it, with what people decided about it; what is resolved, or of a Region it did not look at, comes from the table. */
async function findFinding(
  { document, kept }: Last,
  text: string,
): Promise<{ readonly finding: DocumentFinding; readonly decisions: readonly AckRecord[] } | undefined> {
  const id = text.toUpperCase();
  if (!findingId.test(id)) return undefined;
  const { account } = document.scan;
  const seen = document.findings.find((one) => one.id === id);
  const decisions = (await kept.decisions(account))
    .map((one) => ({ ...one, events: one.events.filter(({ finding }) => finding === undefined || finding === id) }))
    .filter((one) => one.finding === id || one.events.some(({ finding }) => finding === id));
  const stored = seen && decisions.length === 0 ? undefined : await (await kept.table()).findingById(id);
  const found = seen ?? stored;
  if (!found || found.resource.account !== account) return undefined;
  return { finding: documentFinding(found, stored ?? found), decisions };
}

function findFunctions({ document }: Last, text: string, regions: readonly string[] | undefined): FunctionFacts[] {
  return document.functions.filter(
    ({ name, arn, region }) => (name === text || arn === text) && (regions === undefined || regions.includes(region)),
  );
}

function nothingFound({ document }: Last, text: string): UsageError {
  const finding = /^F-/i.test(text);
  const known = finding ? document.findings.map(({ id }) => id) : document.functions.map(({ name }) => name);
  const hint = didYouMean(finding ? text.toUpperCase() : text, known);
  return new UsageError(`the last scan knows no ${finding ? "finding" : "function"} ${text}${hint}`);
}

function functionsText(functions: readonly FunctionFacts[], { document }: Last, output: Options["output"]): string {
  const withFindings = functions.map((one) => ({
    ...one,
    findings: document.findings.filter(({ resource }) => resource.arn === one.arn || resource.arn === one.roleArn),
    // of a scan by an older version there is none
    role: document.roles?.find(({ functionArn }) => functionArn === one.arn),
  }));
  if (output === "json") return toJson(withFindings.length === 1 ? withFindings[0] : withFindings);
  return withFindings.map((one) => functionPage(one, one.role, one.findings, outputLook()).join("\n")).join("\n\n");
}

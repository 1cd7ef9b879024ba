/** `smalltarget role`: a role for one function, made out of its role of today. Prints; never changes anything. */
import { type Command, Option } from "commander";
import { networkOf } from "../../shared/graph/network.ts";
import { functionArnOf } from "../../shared/model/arn.ts";
import { toJson } from "../../shared/report/json.ts";
import { roleCommands } from "../../shared/report/role-commands.ts";
import { roleConfiguration, roleConstruct, roleTemplate } from "../../shared/report/role-files.ts";
import { rolePage } from "../../shared/report/role-page.ts";
import { snapshotAgain } from "../../shared/scan/snapshot-again.ts";
import { findResource } from "../find-resource.ts";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { oneOf, readOptions } from "../options.ts";
import { type Proposed, proposeRole } from "../propose-role.ts";
import { outputLook, print, say } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const forms = ["json", "cloudformation", "sam", "cdk", "terraform", "cli"] as const;
type Form = (typeof forms)[number];

interface Options extends ReadOptions {
  readonly as?: Form;
}

/** Arguments, options and action. */
export function roleCommand(command: Command): void {
  command
    .argument("<function>", "ARN, or name where only one function has it")
    .addOption(new Option("--as <form>", `${forms.join(", ")} (default: a page to read)`).argParser(oneOf(forms)));
  readOptions(command).action(role);
}

async function role(text: string, options: Options): Promise<void> {
  await withLastScan(options, async ({ document, kept }) => {
    const arn = functionArnOf(text) ?? findResource(networkOf(document), text, "AWS::Lambda::Function").id;
    const facts = document.functions.find((one) => one.arn === arn);
    if (!facts) throw new UsageError(`the last scan did not list the function ${arn}`);
    const proposed = proposeRole(await snapshotAgain(kept.blobs, document), arn, facts.stack?.name);
    if (options.as !== undefined && options.as !== "json") for (const line of warnings(proposed)) say(line);
    print(
      options.as === undefined
        ? rolePage(proposed.proposal, proposed.subject, proposed.notes, outputLook()).join("\n")
        : textOf(proposed, options.as),
    );
  });
}

function textOf({ proposal, subject, notes }: Proposed, form: Form): string {
  if (form === "json") return toJson({ ...proposal, notes });
  if (form === "cdk") return roleConstruct(proposal, subject);
  if (form === "terraform") return roleConfiguration(proposal, subject);
  return form === "cli" ? roleCommands(proposal, subject) : roleTemplate(proposal, subject, form);
}

/** What a file for a tool has no room for. */
function warnings({ proposal: { missing, unresolved, kept, proof }, notes }: Proposed): readonly string[] {
  const undecided = kept.filter(({ evidence }) => evidence === "undecided").length;
  return [
    ...(proof.subsetOfToday && proof.coversNeed ? [] : ["the proof of this role failed: do not use it"]),
    ...missing.map(({ action, resources }) => `missing today, and not added: ${action} on ${resources.join(", ")}`),
    ...(undecided > 0 ? [`${undecided} permissions stay for it cannot be told whether they are needed: without --as they are listed`] : []),
    ...unresolved.map((one) => `could not be told: ${one}`),
    ...notes,
  ];
}

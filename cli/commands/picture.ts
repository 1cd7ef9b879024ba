/** `smalltarget picture`: one resource's neighbourhood, or what is reachable from the internet, drawn. */
import { type Command, Option } from "commander";
import { networkOf } from "../../shared/graph/network.ts";
import { cleanText } from "../../shared/model/plain-text.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { oneOf, readOptions } from "../options.ts";
import { writeWhole } from "../out-file.ts";
import { print, say } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { type SelectionOptions, selectionOptions, selectRelations, startOf } from "./relations.ts";

const formats = ["svg", "mermaid"] as const;

interface Options extends ReadOptions, SelectionOptions {
  readonly output: (typeof formats)[number];
  readonly out?: string;
}

/** One step is the resource and what touches it; the second shows what that is for. */
const usualDepth = 2;

/** Arguments, options and action. */
export function pictureCommand(command: Command): void {
  selectionOptions(command, usualDepth)
    .addOption(new Option("-o, --output <format>", "svg or mermaid").default("svg").argParser(oneOf(formats)))
    .option("--out <file>", "write it to FILE, whole or not at all");
  readOptions(command).action(picture);
}

async function picture(options: Options): Promise<void> {
  const { of, toInternet, output, out, quiet } = options;
  if (of === undefined && !toInternet) throw new UsageError("a whole account is no picture: give --of RESOURCE or --to-internet");
  // the layout of drawings is loaded where one is made
  const [{ draw }, { pictureMermaid }, { pictureSvg }] = await Promise.all([
    import("../../shared/picture/draw.ts"),
    import("../../shared/picture/mermaid.ts"),
    import("../../shared/picture/svg.ts"),
  ]);
  await withLastScan(options, async (last) => {
    const network = networkOf(last.document);
    const start = startOf(network, options);
    const relations = selectRelations(network, options, usualDepth);
    const drawn = draw({
      title: titleOf(last, start && cleanText(start.name, 60), toInternet),
      network,
      relations,
      ...(start ? { start: start.id } : {}),
    });
    const text = output === "svg" ? pictureSvg(drawn) : pictureMermaid(drawn);
    if (out === undefined) return print(text);
    await writeWhole(out, text);
    if (!quiet) say(`written to ${out}: ${drawn.nodes.length} boxes`);
  });
}

function titleOf({ document: { scan } }: LastScan, name: string | undefined, toInternet: boolean | undefined): string {
  const when = `account ${scan.account}, ${scan.startedAt.slice(0, 10)}`;
  if (!toInternet) return `Around ${name} (${when})`;
  return `${name === undefined ? "What the internet reaches" : `Ways from the internet to ${name}`} (${when})`;
}

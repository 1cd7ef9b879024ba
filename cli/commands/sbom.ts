/** `smalltarget sbom`: the packages in one function and its layers, for other tools. */
import { createHash } from "node:crypto";
import { type Command, Option } from "commander";
import metadata from "../../package.json" with { type: "json" };
import { kindOf, layerArnOf } from "../../shared/artifacts/kept-artifact.ts";
import { unpackedList } from "../../shared/libraries/packages/kept-list.ts";
import { lambdaNameOf } from "../../shared/model/arn.ts";
import { toJson } from "../../shared/report/json.ts";
import { type SbomPart, type SbomSubject, statementsOf } from "../../shared/report/sbom.ts";
import { cyclonedx } from "../../shared/report/sbom-cyclonedx.ts";
import { spdx } from "../../shared/report/sbom-spdx.ts";
import { listsOf, usesOf } from "../function-artifacts.ts";
import { lastDone, type ReadOptions } from "../last-scan.ts";
import { oneOf, readOptions } from "../options.ts";
import { print, say } from "../terminal.ts";

const forms = ["cyclonedx", "spdx"] as const;

interface Options extends ReadOptions {
  readonly as: (typeof forms)[number];
}

/** Arguments, options and action. */
export function sbomCommand(command: Command): void {
  command
    .argument("<function>", "ARN, or name where only one function has it")
    .addOption(new Option("--as <form>", "cyclonedx (1.6, JSON) or spdx (2.3, JSON)").default("cyclonedx").argParser(oneOf(forms)));
  readOptions(command).action(sbom);
}

async function sbom(text: string, options: Options): Promise<void> {
  await lastDone(options, async ({ account, startedAt, finishedAt = startedAt }, { blobs }) => {
    const { arn, artifacts } = await usesOf(blobs, account, text);
    const parts: SbomPart[] = [];
    // its own code before its layers; what only versions behind its aliases have is not in the function
    const own = artifacts.filter(({ usedBy }) => usedBy.some(([user, version]) => user === arn && version === undefined));
    const lists = await listsOf(blobs, account, own);
    for (const { key, unread } of own.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
      const list = lists.get(key);
      const layerArn = layerArnOf(key);
      parts.push({
        ...(layerArn === undefined ? {} : { layerArn }),
        ...(list && unread === undefined ? unpackedList(list) : { packages: [] }),
        ...(unread === undefined ? {} : { unread }),
      });
    }
    const [, digest] = own.find(({ key }) => kindOf(key) !== "layer")?.key.split(" ") ?? [];
    const isImage = own.some(({ key }) => kindOf(key) === "image");
    const { name: tool, version } = metadata;
    const subject: SbomSubject = {
      arn,
      name: lambdaNameOf(arn).name ?? arn,
      ...(digest === undefined ? {} : { version: digest }),
      parts,
      tool: { name: tool, version },
      at: finishedAt,
      uuid: uuidOf([arn, finishedAt, options.as, ...own.map(({ key }) => key)].join("\n")),
    };
    for (const part of options.quiet ? [] : parts) {
      if (part.coverage?.status !== "complete")
        say(`${part.layerArn ?? (isImage ? "its image" : "its code")}: ${statementsOf(part).join("; ")}`);
    }
    print(toJson(options.as === "spdx" ? spdx(subject) : cyclonedx(subject)));
  });
}

/** Made out of the content as RFC 9562 lays out version 8. */
function uuidOf(content: string): string {
  const hex = createHash("sha256").update(content).digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}

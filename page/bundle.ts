/** Runs on Node: bundles this folder into one script, with its style. The same source gives the same bytes. */
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { PageBundle } from "../shared/page-file/page-html.ts";

/** What a page brings into the browser. Takes a tenth of a second. @throws Error when it holds what HTML would read as its end */
export function bundlePage(): PageBundle {
  const folder = import.meta.dirname;
  const { outputFiles } = buildSync({
    absWorkingDir: join(folder, ".."),
    entryPoints: [join(folder, "main.ts"), join(folder, "style.css")],
    outdir: folder,
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome122", "firefox121", "safari17.4"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text.trim() ?? "";
  const [script, style] = [textOf(".js"), textOf(".css")];
  const ending = /<\/script|<!--|<\/style/i.exec(script + style);
  if (ending) throw new Error(`the page's own source holds ${ending[0]}, which HTML would read as its end: write it otherwise`);
  return { script, style };
}

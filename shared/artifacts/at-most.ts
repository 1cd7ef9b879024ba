/** How much code is understood at once: parsed it takes a hundred times the memory of its text. */
import type { CodeSummary } from "../model/code.ts";
import type { Analyzer, ArtifactFile, ArtifactHints } from "./analyzer.ts";

/**
 * The analyzer on no more than `characters` of a function's own code, the handler's file first, then what lies least deep, then the smallest.
 * What is left out is named in the summary: the code is then not known as a whole.
 * @param ownOf what of the files is code of the function itself, and of their text what is parsed
 */
export function atMost(
  characters: number,
  analyzer: Analyzer<CodeSummary>,
  ownOf: (files: readonly ArtifactFile[]) => readonly ArtifactFile[] | Promise<readonly ArtifactFile[]>,
): Analyzer<CodeSummary> {
  return {
    ...analyzer,
    async read(files, hints) {
      const { chosen, left } = fitting(await ownOf(files), hints, characters);
      const summary = await analyzer.read(chosen, hints);
      const why = `more than ${characters / 1_000_000} million characters of code are not read at once`;
      return { ...summary, unread: [...summary.unread, ...left.map(({ path }) => ({ file: path, why }))] };
    },
  };
}

const mostNamed = 20;

function fitting(files: readonly ArtifactFile[], { handler }: ArtifactHints, characters: number) {
  const total = files.reduce((sum, { text }) => sum + text.length, 0);
  if (total <= characters) return { chosen: files, left: [] };
  const ranked = files.toSorted((a, b) => rank(a, handler) - rank(b, handler) || a.text.length - b.text.length);
  const chosen: ArtifactFile[] = [];
  const left: ArtifactFile[] = [];
  let free = characters;
  for (const file of ranked) {
    const fits = file.text.length <= free;
    (fits ? chosen : left).push(file);
    if (fits) free -= file.text.length;
  }
  return { chosen, left: left.slice(0, mostNamed) };
}

/** Zero for the handler's file, else how deep it lies. `src/orders.handler` and `src.orders.handler` are in `src/orders`. */
function rank({ path }: ArtifactFile, handler: string | undefined): number {
  const module = handler?.slice(0, handler.lastIndexOf(".")).replaceAll(".", "/").replace(/^\/+/, "");
  return path.replace(/\.\w+$/, "").replaceAll(".", "/") === module ? 0 : path.split("/").length;
}

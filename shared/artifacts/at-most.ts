/** How much code is understood at once: parsed it takes a hundred times the memory of its text. */
import type { CodeSummary } from "../model/code.ts";
import type { Analyzer, ArtifactFile, ArtifactHints } from "./analyzer.ts";

export interface Weighed {
  readonly file: ArtifactFile;
  /** For how many characters it counts. */
  readonly weight: number;
}

/**
 * The analyzer on no more than `characters` of a function's own code, the handler's file first, then what lies least deep, then what weighs least.
 * What is left out is named in the summary: the code is then not known as a whole.
 * @param ownOf what of the files is code of the function itself, and of their text what is parsed
 */
export function atMost(
  characters: number,
  analyzer: Analyzer<CodeSummary>,
  ownOf: (files: readonly ArtifactFile[]) => Promise<readonly Weighed[]>,
): Analyzer<CodeSummary> {
  return {
    ...analyzer,
    async read(files, hints) {
      const { chosen, left } = fitting(await ownOf(files), hints, characters);
      const summary = await analyzer.read(chosen, hints);
      const most = `more than ${characters / 1_000_000} million characters of code are not read at once`;
      const why = ({ file, weight }: Weighed) => (weight > file.text.length ? `${most}; minified ones count twice` : most);
      return { ...summary, unread: [...summary.unread, ...left.map((one) => ({ file: one.file.path, why: why(one) }))] };
    },
  };
}

const mostNamed = 20;

function fitting(files: readonly Weighed[], { handler }: ArtifactHints, characters: number) {
  const total = files.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= characters) return { chosen: files.map(({ file }) => file), left: [] };
  const ranked = files.toSorted((a, b) => rank(a.file, handler) - rank(b.file, handler) || a.weight - b.weight);
  const chosen: ArtifactFile[] = [];
  const left: Weighed[] = [];
  let free = characters;
  for (const one of ranked) {
    const fits = one.weight <= free;
    if (fits) chosen.push(one.file);
    else left.push(one);
    if (fits) free -= one.weight;
  }
  return { chosen, left: left.slice(0, mostNamed) };
}

/** Zero for the handler's file, else how deep it lies. `src/orders.handler` and `src.orders.handler` are in `src/orders`. */
function rank({ path }: ArtifactFile, handler: string | undefined): number {
  const module = handler?.slice(0, handler.lastIndexOf(".")).replaceAll(".", "/").replace(/^\/+/, "");
  return path.replace(/\.\w+$/, "").replaceAll(".", "/") === module ? 0 : path.split("/").length;
}

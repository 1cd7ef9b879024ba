/**
 * Where a version may lie: at a release that was looked at, or between two of them. Release `n` is the cell 2n+1; what was published between it and
 * the one before is the cell 2n; after the last of `r` releases follows the cell 2r. Pure.
 */

export type Cells = ReadonlySet<number>;

/** Every cell in which something was published; after the last there may always be something. */
export function allCells({ hasBefore }: { readonly hasBefore: readonly boolean[] }): Cells {
  const cells = hasBefore.flatMap((isThere, n) => (isThere ? [n * 2, n * 2 + 1] : [n * 2 + 1]));
  return new Set([...cells, hasBefore.length * 2]);
}

/** The release, where nothing else is left. */
export function singleVersion(releases: readonly string[], cells: Cells): string | undefined {
  const [only, ...more] = cells;
  return only !== undefined && more.length === 0 && only % 2 === 1 ? releases[(only - 1) / 2] : undefined;
}

/** As npm writes ranges, `>=1.2.0 <1.8.2 || >=2.0.0`; undefined where nothing is left, or nothing is left out. */
export function rangeOf(releases: readonly string[], cells: Cells, all: Cells): string | undefined {
  if (cells.size === 0 || cells.size === all.size) return undefined;
  const runs: number[][] = [];
  let isOpen = false;
  for (const cell of [...all].toSorted((a, b) => a - b)) {
    if (!cells.has(cell)) isOpen = false;
    else if (isOpen) runs.at(-1)?.push(cell);
    else {
      runs.push([cell]);
      isOpen = true;
    }
  }
  return runs.map((run) => runText(releases, run[0] ?? 0, run.at(-1) ?? 0)).join(" || ");
}

function runText(releases: readonly string[], from: number, to: number): string {
  if (from === to && from % 2 === 1) return `${releases[(from - 1) / 2]}`;
  const first = from % 2 === 1 ? [`>=${releases[(from - 1) / 2]}`] : from === 0 ? [] : [`>${releases[from / 2 - 1]}`];
  const last = to % 2 === 1 ? [`<=${releases[(to - 1) / 2]}`] : to === releases.length * 2 ? [] : [`<${releases[to / 2]}`];
  return [...first, ...last].join(" ");
}

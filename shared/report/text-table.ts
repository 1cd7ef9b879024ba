/** A table in columns of text that fits a terminal: first some columns are shown shorter or not at all, then names are cut. */
import stringWidth from "string-width";
import type { Look, Paint } from "./look.ts";
import { cutTo, padTo } from "./wide-text.ts";

export interface Column<Row> {
  readonly head: string;
  /** Printable text without colours. */
  readonly cell: (row: Row) => string;
  readonly align?: "left" | "right";
  /** May be cut, down to 16 characters. */
  readonly flexible?: boolean;
  /** Shown instead where there is no room for it. */
  readonly narrow?: { readonly head: string; readonly cell: (row: Row) => string };
  /** May be left out where there is no room: 1 first. */
  readonly drop?: number;
  readonly colour?: (row: Row, paint: Paint) => (text: string) => string;
}

interface Laid<Row> {
  readonly column: Column<Row>;
  readonly head: string;
  readonly cells: readonly string[];
  readonly width: number;
}

const shortest = 16;
const gap = 2;

/** Head and rows as lines. */
export function textTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], { width, paint }: Look): string[] {
  const laid = fitted(rows, columns, width);
  const lineOf = (cells: readonly string[]) => cells.join(" ".repeat(gap)).trimEnd();
  const head = lineOf(laid.map((one) => padTo(cutTo(one.head, one.width), one.width, one.column.align)));
  const body = rows.map((row, i) =>
    lineOf(
      laid.map((one) => {
        const cell = padTo(cutTo(one.cells[i] ?? "", one.width), one.width, one.column.align);
        return one.column.colour ? one.column.colour(row, paint)(cell) : cell;
      }),
    ),
  );
  return [paint.bold(head), ...body];
}

function fitted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number): Laid<Row>[] {
  let laid = columns.map((column) => lay(rows, column, column));
  if (tooWide(laid, width)) laid = columns.map((column) => lay(rows, column, column.narrow ?? column));
  const droppable = columns.filter(({ drop }) => drop !== undefined).sort((a, b) => (a.drop ?? 0) - (b.drop ?? 0));
  for (const least of droppable) {
    if (!tooWide(laid, width)) break;
    laid = laid.filter(({ column }) => column !== least);
  }
  return cutFlexible(laid, width);
}

function lay<Row>(rows: readonly Row[], column: Column<Row>, shown: Pick<Column<Row>, "head" | "cell">): Laid<Row> {
  const cells = rows.map((row) => shown.cell(row));
  // a loop, not Math.max(...): tens of thousands of arguments are too many
  let width = stringWidth(shown.head);
  for (const cell of cells) width = Math.max(width, stringWidth(cell));
  return { column, head: shown.head, cells, width };
}

function tooWide<Row>(laid: readonly Laid<Row>[], width: number): boolean {
  const least = laid.map((one) => (one.column.flexible ? Math.min(one.width, shortest) : one.width));
  return sum(least) + gap * (laid.length - 1) > width;
}

/** The widest column gives first, so that no name is cut for the sake of a longer one. */
function cutFlexible<Row>(laid: readonly Laid<Row>[], width: number): Laid<Row>[] {
  let excess = sum(laid.map((one) => one.width)) + gap * (laid.length - 1) - width;
  const widths = laid.map((one) => one.width);
  const mayShrink = (i: number) => laid[i]?.column.flexible === true && (widths[i] ?? 0) > shortest;
  for (; excess > 0; excess -= 1) {
    const widest = Math.max(...widths.filter((_, i) => mayShrink(i)));
    if (!Number.isFinite(widest)) break;
    widths[widths.findIndex((one, i) => one === widest && mayShrink(i))] = widest - 1;
  }
  return laid.map((one, i) => ({ ...one, width: widths[i] ?? one.width }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

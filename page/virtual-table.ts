/** A table of any length: only the rows in sight are there. A real table element, so that it reads as one. */
import { type Child, h } from "./dom.ts";

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => Child;
  /** Undefined comes last, whatever the direction. */
  readonly sort?: (row: Row) => string | number | undefined;
  /** Pixels. */
  readonly width: number;
  /** Pixels on a narrow screen; absent: the same. */
  readonly narrow?: number;
  readonly numeric?: boolean;
  /** What is meant, for whoever points at the head. */
  readonly about?: string;
  /** The first click sorts from the greatest down. */
  readonly downFirst?: boolean;
  /** Shown when asked for only. */
  readonly extra?: boolean;
  /** Left out on a narrow screen, unless asked for. */
  readonly wide?: boolean;
}

/** Screens below this many pixels are narrow. */
export const narrowScreen = 700;

const rowHeight = 40;
/** Rows beyond either edge that are there already. */
const spare = 12;
/** Rows on paper: more would be a book. */
const mostPrinted = 500;

/** Events by which a table on the page learns that it goes to paper, and that it is back. */
export const forPaper = "for-paper";
export const forScreen = "for-screen";

export class VirtualTable<Row> {
  readonly element: HTMLDivElement;
  readonly #table = h("table");
  readonly #head = h("thead");
  readonly #body = h("tbody");
  readonly #above = h("tr", { "aria-hidden": "true", class: "spacer" });
  readonly #below = h("tr", { "aria-hidden": "true", class: "spacer" });
  readonly #onSort: (key: string) => void;
  #columns: readonly Column<Row>[] = [];
  #rows: readonly Row[] = [];
  #drawn = new Map<number, HTMLTableRowElement>();
  #printing = false;

  constructor(label: string, onSort: (key: string) => void) {
    this.#onSort = onSort;
    this.#table.append(h("caption", { class: "hidden" }, label), this.#head, this.#body);
    this.element = h(
      "div",
      { class: "scroller", tabindex: 0, role: "region", "aria-label": label, scroll: () => this.#draw() },
      this.#table,
    );
    this.#body.addEventListener("keydown", (event) => this.#step(event));
    this.element.addEventListener(forPaper, () => this.#print(true));
    this.element.addEventListener(forScreen, () => this.#print(false));
  }

  /** @param sort key of a column, after `-` from the greatest down */
  show(columns: readonly Column<Row>[], rows: readonly Row[], sort: string): void {
    this.#columns = columns;
    this.#rows = rows;
    const width = columns.reduce((sum, column) => sum + widthOf(column), 0);
    this.#table.style.setProperty("--wide", `${width}px`);
    this.#table.setAttribute("aria-rowcount", String(rows.length + 1));
    const focused = [...this.#head.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
    this.#head.replaceChildren(
      h(
        "tr",
        { "aria-rowindex": 1 },
        columns.map((column) => this.#headCell(column, sort, width)),
      ),
    );
    // whoever sorts by keyboard stays on the column
    this.#head.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
    this.#drawn = new Map();
    this.#body.replaceChildren(this.#above, this.#below);
    this.element.scrollTop = 0;
    this.#draw();
  }

  /** Once it stands in the page its height is known. */
  draw(): void {
    this.#draw();
  }

  #headCell(column: Column<Row>, sort: string, width: number): HTMLTableCellElement {
    const { key, head, about, sort: sorts, numeric } = column;
    const [down, by] = [sort.startsWith("-"), sort.replace(/^-/, "")];
    const cell = h("th", { scope: "col", title: about, ...(numeric ? { class: "numeric" } : {}) });
    cell.style.width = `${(widthOf(column) / width) * 100}%`;
    if (!sorts) cell.append(head);
    else
      cell.append(
        h(
          "button",
          { type: "button", click: () => this.#onSort(key) },
          head,
          h("span", { class: "arrow", "aria-hidden": "true" }, by === key ? (down ? "▼" : "▲") : ""),
        ),
        h("span", { class: "paper", "aria-hidden": "true" }, head),
      );
    if (by === key) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
    return cell;
  }

  #draw(): void {
    const { scrollTop, clientHeight } = this.element;
    const first = this.#printing ? 0 : Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
    const last = this.#printing
      ? Math.min(this.#rows.length, mostPrinted)
      : Math.min(this.#rows.length, Math.ceil((scrollTop + (clientHeight || 600)) / rowHeight) + spare);
    for (const [i, row] of this.#drawn) {
      // whoever is on a row stays on it
      if ((i >= first && i < last) || row.contains(document.activeElement)) continue;
      row.remove();
      this.#drawn.delete(i);
    }
    for (let i = first; i < last; i += 1) if (!this.#drawn.has(i)) this.#insert(i);
    const there = [...this.#drawn.keys()].filter((i) => i >= first && i < last);
    this.#above.style.height = `${first * rowHeight}px`;
    this.#below.style.height = this.#printing ? "0" : `${(this.#rows.length - first - there.length) * rowHeight}px`;
  }

  #insert(i: number): void {
    const row = this.#rows[i];
    if (row === undefined) return;
    const cells = this.#columns.map(({ cell, numeric }, at) =>
      h(
        at === 0 ? "th" : "td",
        { ...(at === 0 ? { scope: "row" } : {}), ...(numeric ? { class: "numeric" } : {}) },
        // rows are all as tall as two lines
        numeric ? cell(row) : h("div", { class: "two" }, cell(row)),
      ),
    );
    const element = h("tr", { "aria-rowindex": i + 2 }, cells);
    const next = [...this.#drawn].filter(([at]) => at > i).sort(([a], [b]) => a - b)[0]?.[1];
    this.#body.insertBefore(element, next ?? this.#below);
    this.#drawn.set(i, element);
  }

  /** Arrow keys go from row to row. */
  #step(event: KeyboardEvent): void {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const from = [...this.#drawn].find(([, row]) => row.contains(document.activeElement))?.[0];
    if (by === 0 || from === undefined) return;
    const to = from + by;
    if (to < 0 || to >= this.#rows.length) return;
    event.preventDefault();
    const [top, height] = [to * rowHeight, this.element.clientHeight - rowHeight];
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    if (top + rowHeight > this.element.scrollTop + height) this.element.scrollTop = top + rowHeight - height;
    this.#draw();
    this.#drawn.get(to)?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  }

  #print(printing: boolean): void {
    this.#printing = printing;
    const more = this.#rows.length - mostPrinted;
    this.element.setAttribute("data-beyond", printing && more > 0 ? `The first ${mostPrinted} lines: ${more} more are in the file.` : "");
    this.#draw();
  }
}

function widthOf<Row>({ width, narrow = width }: Column<Row>): number {
  return innerWidth < narrowScreen ? narrow : width;
}

/** In order of a column; equal ones stay in the order given. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: string): readonly Row[] {
  const by = columns.find(({ key }) => key === sort.replace(/^-/, ""))?.sort;
  if (!by) return rows;
  const sign = sort.startsWith("-") ? -1 : 1;
  return rows
    .map((row) => ({ row, value: by(row) }))
    .sort(({ value: a }, { value: b }) =>
      a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : a < b ? -sign : a > b ? sign : 0,
    )
    .map(({ row }) => row);
}

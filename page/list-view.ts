/** A list to search in: a filter, choices, columns, and a table. */
import { type Choice, type Chooser, chooser, type SetChoice } from "./chooser.ts";
import { type Child, h } from "./dom.ts";
import { type Column, narrowScreen, sorted, VirtualTable } from "./virtual-table.ts";

export interface List<Row> extends Pick<Chooser<Row>, "path" | "text" | "fixed" | "names"> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly choices: readonly Choice<Row>[];
  /** What can be typed into the filter; absent: what most lists have. */
  readonly placeholder?: string;
  /** Said under the number of rows. */
  readonly below?: (rows: readonly Row[], filter: string) => Child;
  readonly sort: string;
}

/** The list with everything that chooses in it. */
export function listView<Row>(list: List<Row>, query: URLSearchParams): HTMLElement {
  const { placeholder = "name, owner, Region ..." } = list;
  const below = h("div", { class: "below" });
  const none = h("p", { class: "none" });
  const { state, set, refresh, bar, counted } = chooser<Row>(
    { ...list, things: list.rows, placeholder, show, more: (state, set) => columnsField(list, state, set) },
    query,
  );
  const table = new VirtualTable<Row>(list.names[1], (key) => {
    const down = list.columns.find((column) => column.key === key)?.downFirst ?? false;
    const before = state.get("sort") ?? list.sort;
    set("sort", before.replace(/^-/, "") === key ? (before.startsWith("-") ? key : `-${key}`) : down ? `-${key}` : key);
  });
  function show(rows: readonly Row[], filter: string): void {
    const sort = state.get("sort") ?? list.sort;
    table.show(columnsOf(list.columns, state), sorted(rows, list.columns, sort), sort);
    table.element.hidden = rows.length === 0;
    none.hidden = rows.length > 0;
    none.textContent = list.rows.length === 0 ? "There is none." : "None answers to the filter and the choices.";
    if (list.below) below.replaceChildren(h("div", {}, list.below(rows, filter)));
  }
  refresh();
  requestAnimationFrame(() => table.draw());
  return h("div", { class: "list" }, bar, counted, below, none, table.element);
}

function columnsField<Row>({ columns }: List<Row>, state: URLSearchParams, set: SetChoice): HTMLElement {
  const boxes = columns.slice(1).map((column) => {
    const box = h("input", { type: "checkbox", value: column.key, checked: columnsOf(columns, state).includes(column) });
    return { box, label: h("label", {}, box, ` ${column.head}`) };
  });
  for (const { box } of boxes) {
    box.addEventListener("change", () =>
      set(
        "cols",
        boxes
          .filter((one) => one.box.checked)
          .map((one) => one.box.value)
          .join(".") || "-",
      ),
    );
  }
  const menu = h(
    "details",
    { class: "menu" },
    h("summary", {}, "Columns"),
    h(
      "div",
      { class: "choices" },
      boxes.map(({ label }) => label),
    ),
  );
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  return menu;
}

function columnsOf<Row>(columns: readonly Column<Row>[], state: URLSearchParams): readonly Column<Row>[] {
  const asked = state.get("cols")?.split(".");
  return columns.filter(
    ({ key, extra, wide }, i) => i === 0 || (asked ? asked.includes(key) : !extra && !(wide && innerWidth < narrowScreen)),
  );
}

/** A list to search in: a filter, choices, columns, and a table. What is chosen stands in the address. */
import { grouped } from "../shared/report/quantities.ts";
import { addressOf, keepAddress } from "./address.ts";
import { copied } from "./copy.ts";
import { type Child, h, say } from "./dom.ts";
import { type Column, narrowScreen, sorted, VirtualTable } from "./virtual-table.ts";

/** A choice among the values that the rows have. */
export interface Choice<Row> {
  readonly key: string;
  readonly label: string;
  readonly value: (row: Row) => string | undefined;
  /** How a value reads. */
  readonly words?: (value: string) => string;
  /** In this order; else by name. */
  readonly order?: readonly string[];
}

export interface List<Row> {
  /** `functions`: the place in the address. */
  readonly path: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly choices: readonly Choice<Row>[];
  /** What the filter looks in, or what a text asks for. */
  readonly text: ((row: Row) => string) | { readonly asked: (text: string) => (row: Row) => boolean; readonly placeholder: string };
  /** What stands in the address and is no choice of the list. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Said under the number of rows. */
  readonly below?: (rows: readonly Row[], filter: string) => Child;
  readonly sort: string;
  /** One row, and several. */
  readonly names: readonly [one: string, several: string];
}

/** The list with everything that chooses in it. */
export function listView<Row>(list: List<Row>, query: URLSearchParams): HTMLElement {
  const state = new URLSearchParams(query);
  const path = list.path.split("/");
  const asked = typeof list.text === "function" ? wordsIn(list.text) : list.text.asked;
  const counted = h("p", { class: "count", role: "status" });
  const below = h("div", { class: "below" });
  const none = h("p", { class: "none" });
  const table = new VirtualTable<Row>(list.names[1], (key) => {
    const down = list.columns.find((column) => column.key === key)?.downFirst ?? false;
    const before = state.get("sort") ?? list.sort;
    set("sort", before.replace(/^-/, "") === key ? (before.startsWith("-") ? key : `-${key}`) : down ? `-${key}` : key);
  });
  const refresh = () => {
    const filter = (state.get("q") ?? "").trim();
    const isAsked = filter === "" ? () => true : asked(filter);
    const chosen = list.choices.flatMap(({ key, value }) => (state.has(key) ? [{ value, wanted: state.get(key) }] : []));
    const rows = list.rows.filter((row) => chosen.every(({ value, wanted }) => (value(row) ?? "") === wanted) && isAsked(row));
    const sort = state.get("sort") ?? list.sort;
    table.show(columnsOf(list.columns, state), sorted(rows, list.columns, sort), sort);
    const [one, several] = list.names;
    const all = `${grouped(list.rows.length)} ${list.rows.length === 1 ? one : several}`;
    table.element.hidden = rows.length === 0;
    none.hidden = rows.length > 0;
    none.textContent = list.rows.length === 0 ? "There is none." : "None answers to the filter and the choices.";
    counted.textContent = rows.length === list.rows.length ? all : `${grouped(rows.length)} of ${all}`;
    if (list.below) below.replaceChildren(h("div", {}, list.below(rows, filter)));
  };
  const set: Set = (key, value) => {
    if (value === undefined) state.delete(key);
    else state.set(key, value);
    keepAddress(addressOf(path, state));
    refresh();
  };
  const clear = h("button", { type: "button", class: "quiet", click: () => location.assign(addressOf(path, list.fixed)) }, "Clear");
  const bar = h(
    "div",
    { class: "bar" },
    filterField(list, state, set),
    list.choices.map((choice) => choiceField(list, choice, state, set)),
    h("div", { class: "buttons" }, columnsField(list, state, set), clear, linkButton()),
  );
  refresh();
  requestAnimationFrame(() => table.draw());
  return h("div", { class: "list" }, bar, counted, below, none, table.element);
}

/** Rows that have every word. */
function wordsIn<Row>(text: (row: Row) => string): (filter: string) => (row: Row) => boolean {
  const texts = new Map<Row, string>();
  return (filter) => {
    const words = filter.toLowerCase().split(/\s+/);
    return (row) => {
      const known = texts.get(row) ?? text(row).toLowerCase();
      texts.set(row, known);
      return words.every((word) => known.includes(word));
    };
  };
}

/** Puts a value into the address, or takes it out. An empty one is a choice of its own: what has none. */
type Set = (key: string, value: string | undefined) => void;

function filterField<Row>({ text }: List<Row>, state: URLSearchParams, set: Set): HTMLElement {
  const input = h("input", {
    type: "search",
    value: state.get("q") ?? "",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: typeof text === "function" ? "name, owner, Region ..." : text.placeholder,
  });
  input.addEventListener("input", () => set("q", input.value || undefined));
  return h("label", { class: "field grow" }, h("span", {}, "Filter"), input);
}

function choiceField<Row>(
  { rows }: List<Row>,
  { key, label, value, words = (text) => text, order }: Choice<Row>,
  state: URLSearchParams,
  set: Set,
): HTMLElement {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const one = value(row) ?? "";
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  // one that nothing has any more may stand in a link
  const asked = state.get(key);
  if (asked !== null && !counts.has(asked)) counts.set(asked, 0);
  const place = (text: string) => (order ? order.indexOf(text) : 0);
  const values = [...counts].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
  const options = values.map(([text, number]) =>
    h("option", { value: `=${text}`, selected: asked === text }, `${text === "" ? "none" : words(text)} (${grouped(number)})`),
  );
  const select = h("select", {}, h("option", { value: "" }, "all"), options);
  select.addEventListener("change", () => set(key, select.value === "" ? undefined : select.value.slice(1)));
  return h("label", { class: "field" }, h("span", {}, label), select);
}

function columnsField<Row>({ columns }: List<Row>, state: URLSearchParams, set: Set): HTMLElement {
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

/** The address of what is seen, for whoever has the same file. */
function linkButton(): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "quiet",
      click: async () => say((await copied(location.href)) ? "The link is copied" : "The link could not be copied"),
    },
    "Copy link",
  );
}

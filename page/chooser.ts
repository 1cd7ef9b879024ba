/** A filter and choices over things: what is chosen stands in the address. */
import { grouped } from "../shared/report/quantities.ts";
import { addressOf, keepAddress } from "./address.ts";
import { copied } from "./copy.ts";
import { type Child, h, say } from "./dom.ts";

/** A choice among the values that the things have. */
export interface Choice<Thing> {
  readonly key: string;
  readonly label: string;
  readonly value: (thing: Thing) => string | undefined;
  /** How a value reads. */
  readonly words?: (value: string) => string;
  /** In this order; else by name. */
  readonly order?: readonly string[];
}

export interface Chooser<Thing> {
  /** `functions`: the place in the address. */
  readonly path: string;
  readonly things: readonly Thing[];
  readonly choices: readonly Choice<Thing>[];
  /** What the filter looks in, or what a text asks for. */
  readonly text: ((thing: Thing) => string) | { readonly asked: (text: string) => (thing: Thing) => boolean };
  /** What can be typed into the filter. */
  readonly placeholder: string;
  /** What stands in the address and is no choice. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** One thing, and several. */
  readonly names: readonly [one: string, several: string];
  /** Draws what was chosen; first by `refresh`. */
  readonly show: (chosen: readonly Thing[], filter: string) => void;
  /** What else can be set, before the buttons. */
  readonly more?: (state: URLSearchParams, set: SetChoice) => Child;
}

/** Puts a value into the address, or takes it out. An empty one is a choice of its own: what has none. */
export type SetChoice = (key: string, value: string | undefined) => void;

interface Chosen {
  /** What stands in the address. */
  readonly state: URLSearchParams;
  readonly set: SetChoice;
  readonly refresh: () => void;
  /** The filter and the choices. */
  readonly bar: HTMLElement;
  /** How many things are chosen. */
  readonly counted: HTMLElement;
}

/** Everything that chooses. Nothing is shown before `refresh` is called. */
export function chooser<Thing>(
  { path, things, choices, text, placeholder, fixed, names, show, more }: Chooser<Thing>,
  query: URLSearchParams,
): Chosen {
  const state = new URLSearchParams(query);
  const place = path.split("/");
  const asked = typeof text === "function" ? wordsIn(text) : text.asked;
  const counted = h("p", { class: "count", role: "status" });
  const refresh = () => {
    const filter = (state.get("q") ?? "").trim();
    const isAsked = filter === "" ? () => true : asked(filter);
    const wanted = choices.flatMap(({ key, value }) => (state.has(key) ? [{ value, wanted: state.get(key) }] : []));
    const chosen = things.filter((thing) => wanted.every((one) => (one.value(thing) ?? "") === one.wanted) && isAsked(thing));
    const all = `${grouped(things.length)} ${things.length === 1 ? names[0] : names[1]}`;
    counted.textContent = chosen.length === things.length ? all : `${grouped(chosen.length)} of ${all}`;
    show(chosen, filter);
  };
  const set: SetChoice = (key, value) => {
    if (value === undefined) state.delete(key);
    else state.set(key, value);
    keepAddress(addressOf(place, state));
    refresh();
  };
  const clear = h("button", { type: "button", class: "quiet", click: () => location.assign(addressOf(place, fixed)) }, "Clear");
  const bar = h(
    "div",
    { class: "bar" },
    filterField(placeholder, state, set),
    choices.map((choice) => choiceField(things, choice, state, set)),
    h("div", { class: "buttons" }, more?.(state, set), clear, linkButton()),
  );
  return { state, set, refresh, bar, counted };
}

/** Things that have every word. */
function wordsIn<Thing>(text: (thing: Thing) => string): (filter: string) => (thing: Thing) => boolean {
  const texts = new Map<Thing, string>();
  return (filter) => {
    const words = filter.toLowerCase().split(/\s+/);
    return (thing) => {
      const known = texts.get(thing) ?? text(thing).toLowerCase();
      texts.set(thing, known);
      return words.every((word) => known.includes(word));
    };
  };
}

function filterField(placeholder: string, state: URLSearchParams, set: SetChoice): HTMLElement {
  const input = h("input", {
    type: "search",
    value: state.get("q") ?? "",
    autocomplete: "off",
    spellcheck: "false",
    placeholder,
  });
  input.addEventListener("input", () => set("q", input.value || undefined));
  return h("label", { class: "field grow" }, h("span", {}, "Filter"), input);
}

function choiceField<Thing>(
  things: readonly Thing[],
  { key, label, value, words = (text) => text, order }: Choice<Thing>,
  state: URLSearchParams,
  set: SetChoice,
): HTMLElement {
  const counts = new Map<string, number>();
  for (const thing of things) {
    const one = value(thing) ?? "";
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

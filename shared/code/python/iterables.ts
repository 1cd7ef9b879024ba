/** What Python makes of lists, dictionaries and whatever else can be gone through: lists of the same things, or one of them. */
import { callWhatIsHandedOver } from "./hand-over.ts";
import type { Interpreter } from "./interpreter.ts";
import type { SyntaxNode } from "./syntax.ts";
import { type Arguments, dict, elements, join, list, type Scope, unknown, type Values } from "./values.ts";

export type Caller = (given: Arguments, at: SyntaxNode, scope: Scope, interpreter: Interpreter) => Values;

const first: Caller = (given) => given.positional[0] ?? [unknown];
const oneOf: Caller = (given) => elements(given.positional[0] ?? []);
const someOf: Caller = (given) => [list([], elements(given.positional[0] ?? []))];
const allOf: Caller = (given) => [list([], join(...given.positional.map(elements)))];

const maps: Caller = (given, at, scope, interpreter) => [
  list(
    [],
    interpreter.call(
      given.positional[0] ?? [],
      { positional: given.positional.slice(1).map(elements), named: new Map(), more: false },
      at,
      scope,
    ),
  ),
];
const filters: Caller = (given, at, scope, interpreter) => {
  callWhatIsHandedOver(given, at, scope, interpreter);
  return [list([], elements(given.positional[1] ?? []))];
};
const zips: Caller = (given) => [list([], [list(given.positional.map(elements))])];

export const iterables: Readonly<Record<string, Caller>> = {
  "builtins.iter": first,
  "builtins.next": oneOf,
  "builtins.list": someOf,
  "builtins.set": someOf,
  "builtins.frozenset": someOf,
  "builtins.tuple": someOf,
  "builtins.sorted": someOf,
  "builtins.reversed": someOf,
  "builtins.map": maps,
  "builtins.filter": filters,
  "builtins.enumerate": (given) => [list([], [list([[unknown], elements(given.positional[0] ?? [])])])],
  "builtins.zip": zips,
  "builtins.dict": (given) => {
    const [from] = given.positional[0] ?? [];
    return [from?.kind === "dict" ? dict(new Map([...from.entries, ...given.named]), from.rest) : dict(given.named, from ? [unknown] : [])];
  },
  "collections.deque": someOf,
  "itertools.chain": allOf,
  "itertools.chain.from_iterable": (given) => [list([], elements(elements(given.positional[0] ?? [])))],
  "itertools.cycle": someOf,
  "itertools.islice": someOf,
  "itertools.product": zips,
  "itertools.zip_longest": zips,
  "random.choice": oneOf,
  "random.choices": someOf,
  "random.sample": someOf,
};

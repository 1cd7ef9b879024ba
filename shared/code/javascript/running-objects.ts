/** Which objects with functions a name stands for, where it stands: only through their names can their functions be called, unless one is used as a whole. */
import type { Place } from "./given-names.ts";
import { bare, type Node } from "./nodes.ts";
import { definePattern } from "./patterns.ts";
import { lookUp, type Scope } from "./scopes.ts";

const deepestAlias = 5;

/** What a name from another file stands for. */
export type Imported = (name: Node, scope: Scope) => readonly Node[];

/** The names of a block, with what stands behind `=` where that is plain. */
export function declaredIn(node: Node): ReadonlyMap<string, Node | undefined> | undefined {
  const found = new Map<string, Node | undefined>();
  for (const one of statementsOf(node)) {
    if (one?.type === "ClassDeclaration" || one?.type === "FunctionDeclaration") found.set(one.id?.name ?? "", undefined);
    if (one?.type !== "VariableDeclaration" || one.kind === "var") continue;
    for (const { id, init } of one.declarations)
      definePattern(id, undefined, (name) => found.set(name, id.type === "Identifier" && init ? bare(init) : undefined));
  }
  if (node.type === "CatchClause" && node.param) definePattern(node.param, undefined, (name) => found.set(name, undefined));
  return found.size > 0 ? found : undefined;
}

function statementsOf(node: Node): readonly (Node | null | undefined)[] {
  switch (node.type) {
    case "BlockStatement":
    case "StaticBlock":
      return node.body;
    case "ForStatement":
      return [node.init];
    case "ForInStatement":
    case "ForOfStatement":
      return [node.left];
    case "SwitchStatement":
      return node.cases.flatMap(({ consequent }) => consequent);
    default:
      return [];
  }
}

/** The objects that a name stands for; none: it is the name of something else. */
export function objectsNamed(name: string, place: Pick<Place, "locals" | "scope">, imported: Imported, depth = 0): readonly Node[] {
  if (depth > deepestAlias) return [];
  const plain = (value: Node | undefined, at: Pick<Place, "locals" | "scope">): readonly Node[] => {
    if (value?.type === "ObjectExpression") return [value];
    return value?.type === "Identifier" ? objectsNamed(value.name, at, imported, depth + 1) : [];
  };
  if (place.locals.has(name)) return plain(place.locals.get(name), place);
  const definitions = lookUp(place.scope, name) ?? [];
  return definitions.flatMap((one) => {
    if (one.kind === "import") return imported({ type: "Identifier", name, start: 0, end: 0 }, place.scope);
    return one.kind === "value" && one.path.length === 0 ? plain(bare(one.node), { locals: new Map(), scope: one.scope }) : [];
  });
}

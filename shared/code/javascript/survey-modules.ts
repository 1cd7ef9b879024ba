/** What a file loads and what it gives to others. */
import type {
  CallExpression,
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  ImportExpression,
  NewExpression,
  Program as Tree,
} from "acorn";
import { noteAlias, noteName } from "./aliases.ts";
import { modulesOfV2 } from "./markers-v2.ts";
import type { Node } from "./nodes.ts";
import { writtenKey } from "./nodes.ts";
import { definePattern } from "./patterns.ts";
import { addTo, type Program } from "./program.ts";
import { lookUp, type Module } from "./scopes.ts";

/** A file of which nothing is known yet but its text. */
export function newModule(path: string, text: string, tree: Tree): Module {
  const made = {
    path,
    text,
    tree,
    exported: new Map(),
    whole: [],
    passedOn: [],
    sources: new Set<string>(),
    ofSdk: modulesOfV2(text, tree),
  };
  const module = made as unknown as { -readonly [K in keyof Module]: Module[K] };
  module.scope = { module, holdsVar: true };
  return module;
}

/** `import ... from "a"`, `import("a")`, `require("a")`. */
export function surveyImport(
  program: Program,
  module: Module,
  node: ImportDeclaration | ImportExpression | CallExpression | NewExpression,
): void {
  if (node.type !== "ImportDeclaration") {
    const source = node.type === "ImportExpression" ? node.source : node.arguments[0];
    const written = source && writtenKey(source, true);
    if (written !== undefined) module.sources.add(written);
    // a bundler's own `require` takes numbers and is a parameter of the module
    else if (source && (node.type === "ImportExpression" || !lookUp(module.scope, "require")))
      module.dynamic ??= { node: source, scope: module.scope };
    return;
  }
  const source = String(node.source.value);
  module.sources.add(source);
  for (const specifier of node.specifiers) {
    const name =
      specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : specifier.type === "ImportDefaultSpecifier" ? "default" : "*";
    noteName(program, module.scope, specifier.local.name, { kind: "import", source, name });
  }
}

export function surveyExport(
  program: Program,
  module: Module,
  node: ExportAllDeclaration | ExportNamedDeclaration | ExportDefaultDeclaration,
): void {
  const { scope } = module;
  if (node.type === "ExportDefaultDeclaration") {
    const { declaration } = node;
    addTo(module.exported, "default", { node: declaration as Node, scope });
    noteAlias(program, "default", declaration as Node, scope);
    return;
  }
  const source = node.source && String(node.source.value);
  if (source) module.sources.add(source);
  if (node.type === "ExportAllDeclaration") {
    module.passedOn.push({ name: node.exported ? nameOf(node.exported) : "*", source: source ?? "", from: "*" });
    return;
  }
  for (const { local, exported } of node.specifiers) {
    if (source) module.passedOn.push({ name: nameOf(exported), source, from: nameOf(local) });
    else if (local.type === "Identifier") {
      addTo(module.exported, nameOf(exported), { node: local, scope });
      noteAlias(program, nameOf(exported), local, scope);
    }
  }
  const { declaration } = node;
  if (!declaration) return;
  if (declaration.type === "VariableDeclaration") {
    for (const { id } of declaration.declarations)
      definePattern(id, undefined, (name) => addTo(module.exported, name, { node: identifier(name), scope }));
  } else addTo(module.exported, declaration.id.name, { node: declaration, scope });
}

/** The names of the file that an `export` gives to others. */
export function exportedNames(node: ExportAllDeclaration | ExportNamedDeclaration | ExportDefaultDeclaration): readonly string[] {
  if (node.type === "ExportAllDeclaration") return [];
  const { declaration } = node;
  const names: string[] = [];
  if (declaration?.type === "VariableDeclaration")
    for (const { id } of declaration.declarations) definePattern(id, undefined, (name) => names.push(name));
  else if (declaration && "id" in declaration && declaration.id) names.push(declaration.id.name);
  if (node.type === "ExportNamedDeclaration" && !node.source)
    for (const { local } of node.specifiers) if (local.type === "Identifier") names.push(local.name);
  return names;
}

function nameOf(node: Node): string {
  return node.type === "Identifier" ? node.name : node.type === "Literal" ? String(node.value) : "";
}

/** A name that does not stand in the text as an expression. */
function identifier(name: string): Node {
  return { type: "Identifier", name, start: 0, end: 0 };
}

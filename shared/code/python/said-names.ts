/** Names that running code says: whoever is named nowhere else cannot be called (docs/decisions/0066). */
import type { SyntaxNode } from "./syntax.ts";

/** By these, members are found whose names nobody writes. */
const findsAnything = /^(globals|locals|vars|dir|getmembers|__dict__|__subclasses__)$/;
/** Texts that may be names: `"save"` for `getattr`, `"orders.views:save"` for a framework. */
const nameLike = /^[\w.:-]{1,100}$/;
const dotted = /^\w+([.:]\w+)+$/;
const bodies = /^(function_definition|lambda)$/;

export class SaidNames {
  /** What stands in the body of a function, or in a file outside of all functions; functions inside have their own. */
  readonly #of = new Map<SyntaxNode, Set<string>>();
  readonly #aliases = new Map<string, Set<string>>();
  #said = new Set<string>();
  /** Last words of texts with dots in them. */
  #ends = new Set<string>();
  #ran = new Set<SyntaxNode>();
  /** Names are said that could not be told. */
  anything = false;

  constructor(trees: Iterable<SyntaxNode>) {
    for (const tree of trees) this.#collect(tree);
  }

  /** A function, or a file as a whole, runs. */
  run(node: SyntaxNode): void {
    if (this.#ran.has(node)) return;
    this.#ran.add(node);
    for (const name of this.#of.get(node) ?? []) this.#say(name);
  }

  has(name: string): boolean {
    return this.#said.has(name) || this.anything;
  }

  /** Texts with dots in them, also those that are added while they are gone through. */
  *dotted(): Generator<string> {
    for (const name of this.#said) if (dotted.test(name)) yield name;
  }

  /** Such a text ends with that name: whoever reads it looks for just that. */
  isFoundByText(name: string): boolean {
    return this.#ends.has(name);
  }

  /** Nothing has run yet. */
  forget(): void {
    this.#said = new Set();
    this.#ends = new Set();
    this.#ran = new Set();
    this.anything = false;
  }

  #say(name: string): void {
    if (this.#said.has(name)) return;
    this.#said.add(name);
    if (dotted.test(name)) this.#ends.add(name.split(/[.:]/).at(-1) ?? "");
    if (findsAnything.test(name)) this.anything = true;
    for (const other of this.#aliases.get(name) ?? []) this.#say(other);
  }

  #collect(tree: SyntaxNode): void {
    const open: { node: SyntaxNode; owner: SyntaxNode }[] = [{ node: tree, owner: tree }];
    for (let at = open.pop(); at; at = open.pop()) {
      const { node, owner } = at;
      this.#note(node, owner);
      for (const child of node.children) {
        const isBody = bodies.test(node.type) && child.role === "body" && node.type !== "lambda";
        if (isSaying(child, node)) open.push({ node: child, owner: isBody ? node : owner });
      }
    }
  }

  #note(node: SyntaxNode, owner: SyntaxNode): void {
    if (node.type === "aliased_import") {
      const [name, alias] = [node.child("name")?.children.at(-1)?.text, node.child("alias")?.text];
      if (name !== undefined && alias !== undefined) this.#aliases.set(alias, (this.#aliases.get(alias) ?? new Set()).add(name));
    } else if (node.type === "identifier") this.#add(node.text, owner);
    else if (node.type === "string_content" && nameLike.test(node.text)) {
      this.#add(node.text, owner);
      for (const word of node.text.split(/[.:]/)) this.#add(word, owner);
    }
  }

  #add(name: string, owner: SyntaxNode): void {
    const names = this.#of.get(owner) ?? new Set();
    this.#of.set(owner, names.add(name));
  }
}

/** Names that are only given to something are not said: of parameters, of what is imported, of what is defined. */
function isSaying(child: SyntaxNode, { type, children }: SyntaxNode): boolean {
  if (type === "import_statement" || type === "import_from_statement") return child.type === "aliased_import";
  if (type === "aliased_import") return false;
  if (type === "assignment") return child.role !== "left" || child.type !== "identifier";
  if (type === "expression_statement") return !/^__all__\s*\+?=/.test(child.text.slice(0, 12));
  if (type === "parameters" || type === "list_splat_pattern" || type === "dictionary_splat_pattern") return child.type !== "identifier";
  const naming = type === "function_definition" || type === "class_definition" || type === "keyword_argument" || /_parameter$/.test(type);
  return !(naming && (child.role === "name" || (type === "typed_parameter" && child === children[0])));
}

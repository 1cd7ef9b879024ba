/**
 * One walk through a file's tree that writes down what names stand for, what is created, called and put into members. Nothing is
 * worked out here: that waits until somebody asks, because most of a bundle nobody asks about.
 */
import type { AssignmentExpression, Program as Tree } from "acorn";
import { noteFunctionName, noteName } from "./aliases.ts";
import { idsOf } from "./bundled-modules.ts";
import { isTold } from "./library-bodies.ts";
import { isInModuleOfV2 } from "./markers-v2.ts";
import { builderOf, partsOfSdkClass } from "./markers-v3.ts";
import { type ClassNode, childKeys, type FunctionNode, isWrittenName, type Node } from "./nodes.ts";
import { noteAssignment, noteCall, noteClassMembers, noteList, noteObject, noteParent, noteReturn } from "./notes.ts";
import { definePattern, expressionsIn } from "./patterns.ts";
import type { Program } from "./program.ts";
import { define, lookUp, type Module, type Scope } from "./scopes.ts";
import { exportedNames, newModule, surveyExport, surveyImport } from "./survey-modules.ts";
import { surveyListing, surveyVariables, type Walker } from "./survey-variables.ts";
import { canWait, moduleTables, namespaceIn, type Waiting } from "./waiting.ts";

/**
 * Reads one parsed file into the program. With `waiting`, what nobody names waits there: it is looked at by `waiting.run`, after which
 * `settle` is to be called.
 */
export function survey(program: Program, path: string, text: string, tree: Tree, waiting?: Waiting): { readonly settle: () => void } {
  const module = newModule(path, text, tree);
  program.modules.set(path, module);
  const walk = new Walk(program, module, waiting);
  walk.visit(tree, module.scope, tree);
  walk.settle();
  return walk;
}

class Walk implements Walker {
  readonly program: Program;
  readonly module: Module;
  readonly waiting: Waiting | undefined;
  readonly tables: ReadonlySet<string>;
  /** Names of which only a part is taken where they stand. */
  readonly inPart = new Set<Node>();
  assignments: { node: AssignmentExpression; scope: Scope }[] = [];

  constructor(program: Program, module: Module, waiting: Waiting | undefined) {
    this.program = program;
    this.module = module;
    this.waiting = waiting;
    this.tables = waiting ? moduleTables(module.text) : new Set();
  }

  /** Assignments to names, which may be declared below them. */
  settle(): void {
    const { assignments } = this;
    this.assignments = [];
    for (const { node, scope } of assignments) {
      noteAssignment(this.program, node, scope);
      const { left, right } = node;
      if (this.waiting && left.type === "Identifier" && node.operator === "=" && canWait(right))
        this.later([left.name], scope, () => this.visit(right, scope, node));
    }
  }

  /** Of a name that stands here only a part is taken. */
  part(of: Node): void {
    if (this.waiting) this.inPart.add(namespaceIn(of));
  }

  /** Does something at once, or when one of the names is used. */
  later(names: readonly string[], scope: Scope, work: () => void): void {
    if (!this.waiting || names.length === 0) work();
    else
      this.waiting.forNames(
        names.flatMap((name) => [lookUp(scope, name) ?? []]),
        work,
      );
  }

  visit(node: Node, scope: Scope, parent: Node): void {
    switch (node.type) {
      case "FunctionDeclaration":
        if (node.id) noteFunctionName(this.program, node, node.id.name, scope);
        this.later(node.id ? [node.id.name] : [], scope, () => this.function(node, scope));
        return;
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        this.function(node, scope);
        return;
      case "ClassDeclaration":
        if (node.id) define(scope, node.id.name, { kind: "value", node, scope, path: [] });
        this.later(node.id ? [node.id.name] : [], scope, () => this.class(node, scope));
        return;
      case "ClassExpression":
        this.class(node, scope);
        return;
      case "BlockStatement":
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "SwitchStatement":
      case "CatchClause":
      case "StaticBlock":
        this.block(node, scope);
        return;
      case "VariableDeclaration":
        surveyVariables(this, node, scope, parent);
        return;
      case "AssignmentExpression":
        if (node.operator === "=" || node.operator === "??=" || node.operator === "||=") this.assignments.push({ node, scope });
        if (node.left.type !== "Identifier") break;
        if (!this.waiting || node.operator !== "=" || !canWait(node.right)) this.visit(node.right, scope, node);
        return;
      case "NewExpression":
        this.program.creations.push({ node, scope, parent });
        noteCall(this.program, node, scope, parent);
        break;
      case "CallExpression":
        this.program.calls.push({ node, scope });
        noteCall(this.program, node, scope, parent);
        // what makes the commands of a client says which client in its arguments
        if (this.waiting && (builderOf(node) || surveyListing(this, node, scope))) return;
        for (const id of this.waiting ? idsOf(node) : []) this.waiting?.usesModule(id);
        break;
      case "Identifier":
        this.waiting?.uses(node.name, scope, !this.inPart.has(node));
        return;
      case "MemberExpression":
        this.part(node.object);
        if (!node.computed && node.property.type === "Identifier") this.waiting?.usesMember(node.property.name);
        break;
      case "ObjectExpression":
        noteObject(this.program, node, scope);
        break;
      case "ArrayExpression":
        noteList(this.program, node, scope);
        break;
      case "ReturnStatement":
        if (node.argument && scope.fn) noteReturn(this.program, scope.fn, node.argument, scope);
        break;
      case "ImportDeclaration":
      case "ImportExpression":
        surveyImport(this.program, this.module, node);
        break;
      case "ExportAllDeclaration":
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
        surveyExport(this.program, this.module, node);
        if (this.waiting) for (const name of exportedNames(node)) this.waiting.uses(name, scope, true);
        break;
    }
    this.children(node, scope);
  }

  children(node: Node, scope: Scope): void {
    const keys = childKeys[node.type];
    if (!keys) return;
    const fields = node as unknown as Record<string, Node | readonly (Node | null)[] | null | undefined>;
    for (const key of keys) {
      const child = fields[key];
      if (!child || isWrittenName(node, key)) continue;
      if (Array.isArray(child)) for (const one of child) one && this.visit(one, scope, node);
      else this.visit(child as Node, scope, node);
    }
  }

  block(node: Node, scope: Scope): void {
    const inner: Scope = { parent: scope, module: this.module, fn: scope.fn, cls: scope.cls, holdsVar: node.type === "StaticBlock" };
    this.program.scopeOf.set(node, inner);
    if (node.type === "CatchClause" && node.param)
      definePattern(node.param, undefined, (name, definition) => define(inner, name, definition));
    this.children(node, inner);
  }

  function(node: FunctionNode, scope: Scope): void {
    if (this.waiting && isTold(this.program.libraryBodies.get(node))) return;
    if (isInModuleOfV2(this.module, node)) return;
    const cls = node.type === "FunctionDeclaration" ? undefined : scope.cls;
    const inner: Scope = { parent: scope, module: this.module, fn: node, cls, holdsVar: true };
    this.program.scopeOf.set(node, inner);
    if (node.type === "FunctionExpression" && node.id) noteFunctionName(this.program, node, node.id.name, inner);
    node.params.forEach((param, at) => {
      const source = { fn: node, index: at, scope: inner };
      definePattern(param, source, (name, definition) => noteName(this.program, inner, name, definition));
      for (const part of expressionsIn(param)) this.visit(part, inner, node);
    });
    if (node.body.type === "BlockStatement") this.children(node.body, inner);
    else {
      noteReturn(this.program, node, node.body, inner);
      this.visit(node.body, inner, node);
    }
  }

  class(node: ClassNode, scope: Scope): void {
    const inner: Scope = { parent: scope, module: this.module, fn: scope.fn, cls: node, holdsVar: false };
    this.program.scopeOf.set(node, inner);
    if (node.id && node.type === "ClassExpression") define(inner, node.id.name, { kind: "value", node, scope, path: [] });
    noteClassMembers(this.program, node, inner);
    noteParent(this.program, node, scope);
    const told = isTold(this.program.libraryBodies.get(node)) ? [] : partsOfSdkClass(node, this.module.text);
    if (this.waiting && told) for (const part of told) this.visit(part, inner, node);
    else this.children(node, inner);
  }
}

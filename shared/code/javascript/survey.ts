/**
 * One walk through a file's tree that writes down what names stand for, what is created, called and put into members. Nothing is
 * worked out here: that waits until somebody asks, because most of a bundle nobody asks about.
 */
import type { AssignmentExpression, Program as Tree } from "acorn";
import { noteAlias, noteName } from "./aliases.ts";
import { type ClassNode, childKeys, type FunctionNode, isClass, isFunction, type Node } from "./nodes.ts";
import {
  noteAssignment,
  noteCall,
  noteClassMembers,
  noteClassName,
  noteList,
  noteObject,
  noteParent,
  notePlace,
  noteResult,
  noteReturn,
} from "./notes.ts";
import { definePattern } from "./patterns.ts";
import { addTo, type Program } from "./program.ts";
import { define, type Module, type Scope, varScope } from "./scopes.ts";
import { surveyExport, surveyImport } from "./survey-modules.ts";

/** Reads one parsed file into the program. */
export function survey(program: Program, path: string, text: string, tree: Tree): Module {
  const made = { path, text, exported: new Map(), whole: [], passedOn: [], sources: new Set<string>(), bodies: [] };
  const module = made as unknown as { -readonly [K in keyof Module]: Module[K] };
  module.scope = { module, holdsVar: true };
  const assignments: { node: AssignmentExpression; scope: Scope }[] = [];
  new Walk(program, module, assignments).visit(tree, module.scope, tree, -1);
  for (const { node, scope } of assignments) noteAssignment(program, node, scope);
  program.modules.set(path, module);
  return module;
}

class Walk {
  readonly program: Program;
  readonly module: Module;
  readonly assignments: { node: AssignmentExpression; scope: Scope }[];

  constructor(program: Program, module: Module, assignments: { node: AssignmentExpression; scope: Scope }[]) {
    this.program = program;
    this.module = module;
    this.assignments = assignments;
  }

  /** `body`: index of the function or class that the node is in. */
  visit(node: Node, scope: Scope, parent: Node, body: number): void {
    switch (node.type) {
      case "FunctionDeclaration":
        if (node.id) this.name(node, node.id.name, scope);
        this.function(node, scope, body);
        return;
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        this.function(node, scope, body);
        return;
      case "ClassDeclaration":
        if (node.id) define(scope, node.id.name, { kind: "value", node, scope, path: [] });
        this.class(node, scope, body);
        return;
      case "ClassExpression":
        this.class(node, scope, body);
        return;
      case "BlockStatement":
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "SwitchStatement":
      case "CatchClause":
      case "StaticBlock":
        this.block(node, scope, body);
        return;
      case "VariableDeclaration":
        this.variables(node, scope, parent, body);
        return;
      case "AssignmentExpression":
        if (node.operator === "=" || node.operator === "??=" || node.operator === "||=") this.assignments.push({ node, scope });
        break;
      case "NewExpression":
        this.program.creations.push({ node, scope, parent });
        noteCall(this.program, node, scope, parent);
        break;
      case "CallExpression":
        this.program.calls.push({ node, scope });
        noteCall(this.program, node, scope, parent);
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
        surveyImport(this.program, this.module, node);
        return;
      case "ImportExpression":
        surveyImport(this.program, this.module, node);
        break;
      case "ExportAllDeclaration":
        surveyExport(this.program, this.module, node);
        return;
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
        surveyExport(this.program, this.module, node);
        break;
    }
    this.children(node, scope, body);
  }

  children(node: Node, scope: Scope, body: number): void {
    const keys = childKeys[node.type];
    if (!keys) return;
    const fields = node as unknown as Record<string, Node | readonly (Node | null)[] | null | undefined>;
    for (const key of keys) {
      const child = fields[key];
      if (!child) continue;
      if (Array.isArray(child)) for (const one of child) one && this.visit(one, scope, node, body);
      else this.visit(child as Node, scope, node, body);
    }
  }

  block(node: Node, scope: Scope, body: number): void {
    const inner: Scope = { parent: scope, module: this.module, fn: scope.fn, cls: scope.cls, holdsVar: node.type === "StaticBlock" };
    if (node.type === "CatchClause" && node.param)
      definePattern(node.param, undefined, (name, definition) => define(inner, name, definition));
    this.children(node, inner, body);
  }

  name(fn: FunctionNode, name: string, scope: Scope): void {
    define(scope, name, { kind: "value", node: fn, scope, path: [] });
    addTo(this.program.namesOf, fn, name);
  }

  function(node: FunctionNode, scope: Scope, body: number): void {
    const index = this.module.bodies.length;
    const cls = node.type === "FunctionDeclaration" ? undefined : scope.cls;
    const inner: Scope = { parent: scope, module: this.module, fn: node, cls, holdsVar: true };
    this.module.bodies.push({ node, scope: inner, around: body });
    this.program.scopeOf.set(node, inner);
    if (node.type === "FunctionExpression" && node.id) this.name(node, node.id.name, inner);
    node.params.forEach((param, at) => {
      const source = { fn: node, index: at, scope: inner };
      definePattern(param, source, (name, definition) => noteName(this.program, inner, name, definition));
      this.visit(param, inner, node, index);
    });
    if (node.body.type === "BlockStatement") this.children(node.body, inner, index);
    else {
      noteReturn(this.program, node, node.body, inner);
      this.visit(node.body, inner, node, index);
    }
  }

  class(node: ClassNode, scope: Scope, body: number): void {
    const index = this.module.bodies.length;
    const inner: Scope = { parent: scope, module: this.module, fn: scope.fn, cls: node, holdsVar: false };
    this.module.bodies.push({ node, scope: inner, around: body });
    this.program.scopeOf.set(node, inner);
    if (node.id && node.type === "ClassExpression") define(inner, node.id.name, { kind: "value", node, scope, path: [] });
    noteClassMembers(this.program, node, inner);
    noteParent(this.program, node, scope);
    this.children(node, inner, index);
  }

  variables(node: Extract<Node, { type: "VariableDeclaration" }>, scope: Scope, parent: Node, body: number): void {
    const target = node.kind === "var" ? varScope(scope) : scope;
    const each = (parent.type === "ForOfStatement" || parent.type === "ForInStatement") && parent.left === node;
    for (const { id, init } of node.declarations) {
      const value =
        each && parent.type === "ForOfStatement"
          ? { node: parent.right, scope, path: [true] as const }
          : init
            ? { node: init, scope }
            : undefined;
      definePattern(id, value, (name, definition) => noteName(this.program, target, name, definition), !init && !each);
      if (init && id.type === "Identifier" && isFunction(init)) addTo(this.program.namesOf, init, id.name);
      if (init && id.type === "Identifier" && isClass(init)) noteClassName(this.program, init, id.name);
      if (init && id.type === "Identifier") noteResult(this.program, id.name, init, scope);
      if (init && id.type === "Identifier") noteAlias(this.program, id.name, init, scope, target);
      if (init && id.type === "Identifier") notePlace(this.program, id.name, init, target);
      if (id.type !== "Identifier") this.visit(id, scope, node, body);
      if (init) this.visit(init, scope, node, body);
    }
  }
}

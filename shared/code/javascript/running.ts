/**
 * Which functions and classes of a program can run once its handler is called. What is told apart by its name only, a function, what a module
 * gives or a method, runs when something that runs says that name, of whatever: too much rather than too little.
 */
import type { MemberExpression } from "acorn";
import { Assigning } from "./assigning.ts";
import { giversOf } from "./bundled-modules.ts";
import type { Place } from "./given-names.ts";
import { bare, type ClassNode, childKeys, isClass, isFunction, isWrittenName, type Node } from "./nodes.ts";
import type { Program } from "./program.ts";
import { calledByAll, decoratedBy, givenByModule, heldKey, heldMember } from "./running-forms.ts";
import { declaredIn, type Imported } from "./running-objects.ts";
import { namesTaken } from "./running-patterns.ts";
import { takesByName } from "./running-wholes.ts";
import type { SaidNames } from "./said-names.ts";
import type { Module } from "./scopes.ts";

export class Running extends Assigning {
  readonly #program: Program;
  /** Classes that run and extend something. */
  readonly extending = new Set<ClassNode>();
  readonly #isForeign: (node: ClassNode) => boolean;

  /** `isForeign`: a class of which the methods may be called by what it extends, which is not in the program. */
  constructor(program: Program, names: SaidNames, isForeign: (node: ClassNode) => boolean, imported: Imported) {
    super(names, imported);
    this.#program = program;
    this.#isForeign = isForeign;
  }

  load(module: Module, open: boolean): void {
    this.visit(module.tree, { module, scope: module.scope, open, givers: new Set(["exports"]), locals: new Map() });
    this.names.drain();
  }

  protected override visit(node: Node, place: Place): void {
    switch (node.type) {
      case "FunctionDeclaration":
      case "ClassDeclaration":
        if (node.id) this.names.whenName(node.id.name, place.module, this.enter(node, place));
        else this.enter(node, place)();
        return;
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        this.function(node, place);
        return;
      case "ClassExpression":
        this.class(node, place);
        return;
      case "VariableDeclarator":
        if (this.chain(node, place)) return;
        if (node.init && takesByName(node.id)) this.loads(node.init);
        if (node.init && node.id.type === "Identifier") this.assigned(node.id.name, node.init, place);
        else this.taken(node.id, node.init, place);
        return;
      case "ImportDeclaration":
        this.sayImports(node, place);
        return;
      case "AssignmentExpression":
        if (this.chain(node, place)) return;
        if (takesByName(node.left)) this.loads(node.right);
        this.sayLoad(node, place);
        if (this.giving(node, place)) return;
        if (node.operator !== "=" || node.left.type !== "Identifier") break;
        this.assigned(node.left.name, node.right, place);
        return;
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
      case "CallExpression":
        this.sayLoad(node, place);
        if (this.giving(node, place)) return;
        break;
      case "ExpressionStatement":
        this.loads(node.expression);
        break;
      case "ExportAllDeclaration":
      case "ImportExpression":
        this.sayLoad(node, place);
        break;
      case "Identifier":
        this.names.sayName(node.name, place.module);
        this.wholeUses.push({ node, scope: place.scope });
        return;
      case "MemberExpression":
        this.#member(node, place);
        return;
      case "ObjectPattern":
        for (const key of namesTaken(node)) this.say(key);
        break;
      case "Literal":
        if (typeof node.value === "string" && node.value.length < 80) this.say(node.value);
        return;
      case "TemplateLiteral":
        if (node.expressions.length === 0) this.say(node.quasis[0]?.value.cooked ?? "");
        break;
      case "ThisExpression":
        if (place.self) this.names.open(place.self);
        return;
    }
    this.children(node, place);
  }

  #member({ object, property, computed }: MemberExpression, place: Place): void {
    const key = this.sayMember({ object, property, computed }, place);
    if (key === undefined) this.visit(property, place);
    if (key !== undefined && object.type === "Identifier") this.names.sayName(object.name, place.module);
    else if (key === undefined || object.type !== "ThisExpression") this.visit(object, place);
  }

  protected override children(node: Node, around: Place): void {
    const names = declaredIn(node);
    const scope = isFunction(node) ? around.scope : (this.#program.scopeOf.get(node) ?? around.scope);
    const place = names || scope !== around.scope ? { ...around, scope, locals: new Map([...around.locals, ...(names ?? [])]) } : around;
    const fields = node as unknown as Record<string, Node | readonly (Node | null)[] | null | undefined>;
    for (const key of childKeys[node.type] ?? []) {
      const child = fields[key];
      if (!child || isWrittenName(node, key)) continue;
      if (Array.isArray(child)) for (const one of child) one && this.visit(one, place);
      else this.visit(child as Node, place);
    }
  }

  /** What gives others something under a name: it waits for that. */
  protected override giving(node: Node, place: Place): boolean {
    const cls = decoratedBy(node); // it calls its decorators if something says the name of the class
    if (cls !== undefined) this.names.whenName(cls, place.module, () => this.decorate(node, place));
    if (cls !== undefined) return true;
    const parts = givenByModule(node, place.givers);
    if (parts) this.given.note(parts, place.module, node.start);
    for (const { name, value } of parts?.named ?? []) {
      const inner = bare(value);
      if (isFunction(inner) || isClass(inner)) {
        const enter = this.enter(inner, place);
        this.names.whenMember(name, enter);
        if ("id" in inner && inner.id) this.names.whenName(inner.id.name, place.module, enter);
      } else if (inner.type === "ObjectExpression") {
        this.object(inner, place);
        this.names.whenMember(`.${name}`, () => this.names.open(inner));
      } else if (inner.type === "Identifier") {
        this.names.whenMember(name, () => this.names.sayName(inner.name, place.module));
        this.names.whenMember(`.${name}`, () => this.wholeUses.push({ node: inner, scope: place.scope }));
      } else this.names.whenMember(name, () => this.visit(value, place));
    }
    for (const one of parts?.others ?? []) this.visit(one, place);
    return parts !== undefined;
  }

  protected override function(node: Node, place: Place): void {
    // what was not looked at by the survey nobody names
    const scope = this.#program.scopeOf.get(node);
    if (!scope) return;
    const givers = isFunction(node) ? giversOf(node) : [];
    this.children(node, {
      ...place,
      scope,
      locals: new Map(),
      givers: givers.length > 0 ? new Set([...place.givers, ...givers]) : place.givers,
    });
  }

  protected override class(node: ClassNode, around: Place): void {
    const scope = this.#program.scopeOf.get(node);
    if (!scope) return;
    const place = { ...around, scope, self: undefined };
    if (node.superClass) this.extending.add(node);
    if (node.superClass) this.visit(node.superClass, place);
    const open = place.open || place.module.decorated === true || this.#isForeign(node);
    for (const member of node.body.body) {
      const key = heldKey(member);
      const value = heldMember(member);
      if (key === undefined || !value || open || calledByAll.test(key)) this.visit(member, place);
      else this.names.whenMethod(node, key, this.enter(value, place));
    }
  }
}

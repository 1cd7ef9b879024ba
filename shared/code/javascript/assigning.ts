/** What waits for names under which something is assigned: functions, classes, and functions of objects. */
import type { ObjectExpression } from "acorn";
import { calledByFrameworks } from "./called-by-frameworks.ts";
import type { Place } from "./given-names.ts";
import { bare, type ClassNode, isClass, isFunction, type Node, writtenKey } from "./nodes.ts";
import { assignmentOf, chainOf } from "./running-chains.ts";
import { decoratedBy, decoratesClass, givenByModule } from "./running-forms.ts";
import { takenBy } from "./running-patterns.ts";
import type { Work } from "./said-names.ts";
import { Saying } from "./saying.ts";

export abstract class Assigning extends Saying {
  readonly #entered = new Set<Node>();

  protected abstract visit(node: Node, place: Place): void;
  protected abstract children(node: Node, place: Place): void;
  protected abstract function(node: Node, place: Place): void;
  protected abstract class(node: ClassNode, around: Place): void;
  protected abstract giving(node: Node, place: Place): boolean;

  /** Looks into a function or a class, once. */
  protected enter(node: Node, place: Place): Work {
    if (this.#entered.has(node)) return () => undefined;
    this.names.held.add(node);
    return () => {
      if (!this.names.held.delete(node)) return;
      this.#entered.add(node);
      if (isClass(node)) this.class(node, place);
      else this.function(node, place);
    };
  }

  /** `name = value`: what does nothing until it is used waits for the name. */
  protected assigned(name: string, around: Node, place: Place): void {
    const value = bare(around);
    if (isFunction(value) || isClass(value)) this.names.whenName(name, place.module, this.enter(value, place));
    else if (value.type === "ObjectExpression") this.object(value, place);
    else if (value.type === "Identifier") this.names.whenName(name, place.module, () => this.names.sayName(value.name, place.module));
    else if (decoratedBy(value) === name) this.names.whenName(name, place.module, () => this.decorate(value, place));
    else this.visit(around, place);
  }

  /** `a = exports.b = value`: what does nothing until it is used waits for any of these names. @returns whether it is that */
  protected chain(node: Node, place: Place): boolean {
    const { targets, value } = chainOf(node) ?? { targets: [], value: node };
    const waits = isFunction(value) || isClass(value);
    if (!waits && value.type !== "ObjectExpression") return false;
    // `const a = exports = module.exports = { ... }`: its functions may be called by names of `a`, too
    if (!waits && !targets.some(({ type }) => type === "Identifier")) return false;
    for (const to of targets) {
      const one = assignmentOf(to, value);
      if (!waits) {
        const parts = givenByModule(one, place.givers);
        if (parts) this.given.note(parts, place.module, to.start);
      } else if (to.type === "Identifier") this.names.whenName(to.name, place.module, this.enter(value, place));
      else if (!this.giving(one, place)) {
        this.visit(to, place);
        this.enter(value, place)();
      }
    }
    if (!waits) this.visit(value, place);
    return true;
  }

  /** `const { a: b } = c` says `a` when something says `b`. */
  protected taken(pattern: Node, from: Node | null | undefined, place: Place): void {
    const { names, others } = takenBy(pattern);
    for (const { key, to } of names) this.names.whenName(to, place.module, () => this.say(key));
    for (const one of from ? [...others, from] : others) this.visit(one, place);
  }

  /** An object that has a name: its functions wait for theirs, until it is used as a whole. */
  protected object(node: ObjectExpression, place: Place): void {
    // functions of `{ ...base, step() {} }` and `{ __proto__: base, step() {} }` are called by those of `base`: `this.step()`
    const takesOthers = node.properties.some((one) => one.type === "SpreadElement" || writtenKey(one.key, one.computed) === "__proto__");
    for (const one of node.properties) {
      const key = one.type === "Property" && one.kind === "init" ? writtenKey(one.key, one.computed) : undefined;
      const value = one.type === "Property" ? bare(one.value) : one;
      if (key !== undefined && isFunction(value)) {
        const enter = this.enter(value, { ...place, self: node });
        this.names.whenOn(node, key, enter);
        if (takesOthers) this.names.whenMember(`this.${key}`, enter);
      } else this.visit(one, place);
    }
  }

  /** Calls decorators. Frameworks call methods of the classes on which they stand, without decorators of their own. */
  protected decorate(call: Node, place: Place): void {
    if (decoratesClass(call)) for (const name of calledByFrameworks) this.say(name);
    this.children(call, place);
  }
}

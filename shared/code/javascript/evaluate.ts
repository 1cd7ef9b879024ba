/** What expressions stand for. Lazy, remembered per expression, bounded; a name that is defined by itself stands for nothing. */
import { resultOf } from "./call-results.ts";
import { collectionOf, elementsOf } from "./collections.ts";
import type { Evaluation } from "./evaluation.ts";
import { valuesOfParameter } from "./function-arguments.ts";
import { packageValue } from "./libraries.ts";
import { valueOfLibraryBody } from "./library-bodies.ts";
import { classValue } from "./markers-v3.ts";
import { membersOf } from "./members.ts";
import { Memory } from "./memory.ts";
import { bare, isClass, isFunction, type Node, writtenKey } from "./nodes.ts";
import type { Program } from "./program.ts";
import { resolveModule } from "./resolve.ts";
import { type Definition, lookUp, type Module, type Scope, type Step } from "./scopes.ts";
import { constantTexts } from "./texts.ts";
import { instanceOf, nothing, type Value, type Values } from "./values.ts";

/** A name with more definitions than this is a variable of a state machine, not the name of something. */
const maximumDefinitions = 40;

export class Evaluator implements Evaluation {
  readonly program: Program;
  readonly #memory = new Memory();
  readonly #known = new Map<Node, Values>();
  readonly #members = new Map<Node, Map<string, { values?: Values }>>();
  readonly #returned = new Map<Node, Values>();

  constructor(program: Program) {
    this.program = program;
  }

  /** Whether it gave up: then what it says is not whole. */
  get exhausted(): boolean {
    return this.#memory.exhausted;
  }

  of(around: Node, scope: Scope): Values {
    const node = bare(around);
    const known = this.#known.get(node);
    if (known) {
      this.#memory.use(node);
      return known;
    }
    return this.#memory.workOut(
      node,
      () => this.#evaluate(node, scope),
      (values) => put(this.#known, node, values),
    );
  }

  /** `of`, once more where it came to nothing because something was worked out in circles too often. */
  again(around: Node, scope: Scope): Values {
    if (!this.#memory.openAgain()) return nothing;
    this.#known.delete(bare(around));
    return this.of(around, scope);
  }

  #evaluate(node: Node, scope: Scope): Values {
    const library = this.program.libraryBodies.get(node);
    if (library) return valueOfLibraryBody(this, node, library, scope);
    if (isFunction(node)) return [{ kind: "function", node, scope }];
    if (isClass(node)) return [classValue(this, node, scope)];
    switch (node.type) {
      case "Identifier":
        return this.#named(node.name, scope);
      case "ThisExpression":
        return scope.cls ? [{ kind: "instance", node: scope.cls, scope: this.program.scopeOf.get(scope.cls) ?? scope }] : nothing;
      case "MemberExpression":
        return this.#memberExpression(node, scope);
      case "ObjectExpression":
      case "ArrayExpression":
        return [{ kind: "object", node, scope }];
      case "ConditionalExpression":
        return [...this.of(node.consequent, scope), ...this.of(node.alternate, scope)];
      case "LogicalExpression":
        return [...this.of(node.left, scope), ...this.of(node.right, scope)];
      case "AssignmentExpression":
        return this.of(node.right, scope);
      case "YieldExpression":
        return node.argument ? this.of(node.argument, scope) : nothing;
      case "Super":
        return this.#above(scope);
      case "ImportExpression": {
        const name = writtenKey(node.source, true);
        return name === undefined ? nothing : this.load(name, scope.module);
      }
      case "NewExpression":
        return collectionOf(node, scope) ?? this.#proxied(node, scope) ?? this.of(node.callee, scope).flatMap((value) => instanceOf(value));
      case "CallExpression":
        return resultOf(this, node, scope);
      default:
        return nothing;
    }
  }

  /** `super`: of a client that is extended its methods are meant. */
  #above({ cls, ...scope }: Scope): Values {
    if (!cls?.superClass) return nothing;
    const values = this.of(cls.superClass, this.program.scopeOf.get(cls) ?? { ...scope, cls });
    return values.flatMap((value) => (value.kind === "clientClass" ? instanceOf(value) : [value]));
  }

  #memberExpression(node: Extract<Node, { type: "MemberExpression" }>, scope: Scope): Values {
    const objects = this.of(node.object, scope);
    const key = writtenKey(node.property, node.computed);
    if (key !== undefined) return this.member(objects, key);
    const keys = this.keys(node.property, scope);
    if (keys.length > 0) return keys.flatMap((one) => this.member(objects, one));
    return objects.flatMap((value) => elementsOf(this, value));
  }

  /** `new Proxy(client, handler)` is used like the client. */
  #proxied({ callee, arguments: [target] }: Extract<Node, { type: "NewExpression" }>, scope: Scope): Values | undefined {
    if (callee.type !== "Identifier" || callee.name !== "Proxy" || !target || lookUp(scope, "Proxy")) return undefined;
    return target.type === "SpreadElement" ? nothing : this.of(target, scope);
  }

  #named(name: string, scope: Scope): Values {
    const definitions = lookUp(scope, name);
    if (!definitions) return name === "exports" || name === "module" ? [{ kind: "module", module: scope.module }] : nothing;
    if (definitions.length > maximumDefinitions) return nothing;
    return definitions.flatMap((definition) => this.#defined(definition, scope));
  }

  #defined(definition: Definition, scope: Scope): Values {
    switch (definition.kind) {
      case "value":
        return this.#follow(this.of(definition.node, definition.scope), definition.path);
      case "import": {
        const loaded = this.load(definition.source, scope.module);
        return definition.name === "*" ? loaded : this.member(loaded, definition.name);
      }
      case "parameter":
        return this.#follow(valuesOfParameter(this, definition), definition.path);
      default:
        return nothing;
    }
  }

  #follow(values: Values, path: readonly Step[]): Values {
    let at = values;
    for (const step of path) at = step === true ? at.flatMap((value) => elementsOf(this, value)) : this.member(at, step);
    return at;
  }

  member(values: Values, key: string): Values {
    return membersOf(this, values, key);
  }

  memberOnce(of: Node, key: string, work: () => Values): Values {
    const members = this.#members.get(of) ?? new Map<string, { values?: Values }>();
    this.#members.set(of, members);
    const member = members.get(key) ?? {};
    members.set(key, member);
    if (member.values) {
      this.#memory.use(member);
      return member.values;
    }
    return this.#memory.workOut(member, work, (values) => {
      member.values = values;
    });
  }

  load(specifier: string, from: Module): Values {
    const module = resolveModule(this.program, specifier, from.path);
    // `module.exports = class {}`
    if (module) return [{ kind: "module", module }, ...module.whole.flatMap(({ node, scope }) => this.of(node, scope))];
    return specifier.startsWith(".") || specifier.startsWith("node:") ? nothing : [packageValue(specifier)];
  }

  returned(of: Extract<Value, { kind: "function" }>): Values {
    const known = this.#returned.get(of.node);
    const returns = this.program.returns.get(of.node) ?? [];
    if (known) {
      this.#memory.use(returns);
      return known;
    }
    return this.#memory.workOut(
      returns,
      () => returns.flatMap(({ node, scope }) => this.of(node, scope)),
      (values) => put(this.#returned, of.node, values),
    );
  }

  keys(node: Node, scope: Scope): readonly string[] {
    return constantTexts(this, node, scope);
  }
}

function put(map: Map<Node, Values>, node: Node, values: Values | undefined): void {
  if (values) map.set(node, values);
  else map.delete(node);
}

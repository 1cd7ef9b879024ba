/** The texts that expressions are put together to. */
import type { CodeText } from "../../model/code.ts";
import type { Evaluation } from "./evaluation.ts";
import { argumentsOf } from "./function-arguments.ts";
import { expressionsAt, expressionsInTable, expressionsPassed } from "./listed-texts.ts";
import { bare, type Node, writtenKey } from "./nodes.ts";
import { type Definition, type Expression, lookUp, type Scope } from "./scopes.ts";
import { isEnvironment, joined, maximumTexts, unknown } from "./text-parts.ts";

const maximumDepth = 14;
/** How many expressions are looked at for one text. */
const maximumSteps = 400;

/** Every text that an expression can be. */
export function textsOf(evaluation: Evaluation, node: Node, scope: Scope): readonly CodeText[] {
  return new Texts(evaluation).of(node, scope, 0);
}

/** The same, where all can be told from the code alone; empty otherwise. */
export function constantTexts(evaluation: Evaluation, node: Node, scope: Scope): readonly string[] {
  const texts = textsOf(evaluation, node, scope);
  const constant = texts.map((text) =>
    text.every((part) => "text" in part) ? text.map((part) => ("text" in part ? part.text : "")).join("") : undefined,
  );
  return constant.every((text) => text !== undefined) ? constant : [];
}

class Texts {
  readonly #evaluation: Evaluation;
  readonly #busy = new Set<Node>();
  #steps = 0;

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  of(around: Node, scope: Scope, depth: number): readonly CodeText[] {
    const node = bare(around);
    if (depth > maximumDepth || this.#busy.has(node) || ++this.#steps > maximumSteps) return unknown;
    this.#busy.add(node);
    const texts = this.#texts(node, scope, depth + 1);
    this.#busy.delete(node);
    return texts.length === 0 || texts.length > maximumTexts ? unknown : texts;
  }

  #texts(node: Node, scope: Scope, depth: number): readonly CodeText[] {
    switch (node.type) {
      case "Literal":
        return typeof node.value === "string" || typeof node.value === "number" ? [[{ text: String(node.value) }]] : unknown;
      case "TemplateLiteral": {
        const parts = node.quasis.flatMap((quasi, index) => {
          const expression = node.expressions[index];
          const text: readonly CodeText[] = [[{ text: quasi.value.cooked ?? "" }]];
          return expression ? [text, this.of(expression, scope, depth)] : [text];
        });
        return parts.reduce(joined);
      }
      case "BinaryExpression":
        return node.operator === "+" ? joined(this.of(node.left, scope, depth), this.of(node.right, scope, depth)) : unknown;
      case "LogicalExpression":
        return this.#otherwise(this.of(node.left, scope, depth), this.of(node.right, scope, depth));
      case "ConditionalExpression":
        return [...this.of(node.consequent, scope, depth), ...this.of(node.alternate, scope, depth)];
      case "AssignmentExpression":
        return this.of(node.right, scope, depth);
      case "Identifier":
        return this.#named(node.name, scope, depth);
      case "MemberExpression":
        return this.#member(node, scope, depth);
      case "CallExpression":
        return this.#called(node, scope, depth);
      default:
        return unknown;
    }
  }

  /** `process.env.A ?? "b"`: an environment variable with what is taken in its place; of anything else, either. */
  #otherwise(left: readonly CodeText[], right: readonly CodeText[]): readonly CodeText[] {
    const [only] = left[0] ?? [];
    const [text] = right[0] ?? [];
    if (left.length === 1 && right.length === 1 && left[0]?.length === 1 && only && "environment" in only) {
      if (right[0]?.length === 1 && text && "text" in text) return [[{ environment: only.environment, otherwise: text.text }]];
    }
    return [...left, ...right];
  }

  #named(name: string, scope: Scope, depth: number): readonly CodeText[] {
    const definitions = lookUp(scope, name)?.filter(({ kind }) => kind !== "unknown");
    if (!definitions || definitions.length > maximumTexts) return unknown;
    return definitions.flatMap((definition) => this.#defined(definition, scope, depth));
  }

  #defined(definition: Definition, scope: Scope, depth: number): readonly CodeText[] {
    switch (definition.kind) {
      case "value": {
        if (definition.path.length === 0) return this.of(definition.node, definition.scope, depth);
        const [key] = definition.path;
        if (definition.path.length > 1 || typeof key !== "string")
          return this.#oneOf(expressionsAt(this.#evaluation, definition, definition.path), depth);
        if (isEnvironment(definition.node, definition.scope)) return [[{ environment: key }]];
        return this.#memberOf({ node: definition.node, scope: definition.scope }, key, depth);
      }
      case "import": {
        const loaded = this.#evaluation.load(definition.source, scope.module)[0];
        return loaded?.kind === "module" ? this.#exported(loaded.module.path, definition.name, depth) : unknown;
      }
      case "parameter": {
        const listed = expressionsPassed(this.#evaluation, definition.fn, definition.index, definition.path);
        if (listed.length > 0) return this.#oneOf(listed, depth);
        const given = argumentsOf(this.#evaluation, definition.fn, definition.index, definition.scope.cls !== undefined);
        const [key] = definition.path;
        if (definition.path.length > 1 || key === true) return unknown;
        return given.flatMap((argument) =>
          key === undefined ? this.of(argument.node, argument.scope, depth) : this.#memberOf(argument, key, depth),
        );
      }
      default:
        return unknown;
    }
  }

  #oneOf(expressions: readonly Expression[], depth: number): readonly CodeText[] {
    if (expressions.length > maximumTexts) return unknown;
    return expressions.flatMap(({ node, scope }) => this.of(node, scope, depth));
  }

  #exported(path: string, name: string, depth: number): readonly CodeText[] {
    const module = this.#evaluation.program.modules.get(path);
    const named = module?.exported.get(name) ?? [];
    return named.length > 0 ? named.flatMap(({ node, scope }) => this.of(node, scope, depth)) : this.#byName(name, depth, path);
  }

  #member(node: Extract<Node, { type: "MemberExpression" }>, scope: Scope, depth: number): readonly CodeText[] {
    const keys = writtenKey(node.property, node.computed);
    if (keys === undefined) return this.#oneOf(expressionsInTable(this.#evaluation, node.object, scope), depth);
    if (isEnvironment(node.object, scope)) return [[{ environment: keys }]];
    return this.#memberOf({ node: node.object, scope }, keys, depth);
  }

  #memberOf(object: Expression, key: string, depth: number): readonly CodeText[] {
    const { program } = this.#evaluation;
    const [value] = this.#evaluation.of(object.node, object.scope);
    if (value?.kind === "module") return this.#exported(value.module.path, key, depth);
    const members = program.members.get(key) ?? [];
    if (value?.kind === "object") {
      const written = members.filter((member) => member.object === value.node);
      if (written.length > 0) return written.flatMap((member) => this.of(member.value, member.scope, depth));
    }
    if (value?.kind === "instance" || value?.kind === "class") {
      const own = members.filter(
        (member) => member.object === value.node || (member.object.type === "ThisExpression" && member.scope.cls === value.node),
      );
      if (own.length > 0) return own.slice(0, maximumTexts + 1).flatMap((member) => this.of(member.value, member.scope, depth));
    }
    return unknown;
  }

  /** A member of this name in a file, where there is one only. */
  #byName(name: string, depth: number, path: string): readonly CodeText[] {
    const members = (this.#evaluation.program.members.get(name) ?? []).filter(({ scope }) => scope.module.path === path);
    return members.length === 0
      ? unknown
      : members.slice(0, maximumTexts + 1).flatMap((member) => this.of(member.value, member.scope, depth));
  }

  #called(node: Extract<Node, { type: "CallExpression" }>, scope: Scope, depth: number): readonly CodeText[] {
    const callee = bare(node.callee);
    const [first] = node.arguments;
    if (callee.type === "Identifier" && callee.name === "String" && first && first.type !== "SpreadElement")
      return this.of(first, scope, depth);
    if (callee.type === "MemberExpression" && /^(trim|toString|valueOf)$/.test(writtenKey(callee.property, callee.computed) ?? ""))
      return this.of(callee.object, scope, depth);
    return this.#evaluation
      .of(callee, scope)
      .flatMap((value) => (value.kind === "function" ? (this.#evaluation.program.returns.get(value.node) ?? []) : []))
      .flatMap((returned) => this.of(returned.node, returned.scope, depth));
  }
}

/** Works out the texts that an expression can be: what it is put together from, and what is given to whoever puts it together. */
import type { CodeText } from "../../model/code.ts";
import { requestAnswered } from "./answered-names.ts";
import { isEnvironment } from "./environment.ts";
import type { Evaluation } from "./evaluation.ts";
import { argumentsOf } from "./function-arguments.ts";
import { expressionsAt, expressionsInTable, expressionsPassed } from "./listed-texts.ts";
import { bare, type FunctionNode, isFunction, type Node, writtenKey } from "./nodes.ts";
import type { Member } from "./program.ts";
import { type Definition, type Expression, lookUp, type Scope } from "./scopes.ts";
import { cutFrom, isAbsent, isPassedOn, listJoined } from "./text-forms.ts";
import { joined, listed, maximumTexts, ofVariable, otherwise, unknown, variables } from "./text-parts.ts";

const maximumDepth = 14;
/** How many expressions are looked at for one text. */
const maximumSteps = 400;

/** One text is looked for at a time. */
export class TextReader {
  readonly #evaluation: Evaluation;
  readonly #busy = new Set<Node>();
  /** Functions that are being called, each with the call. */
  readonly #calls = new Map<FunctionNode, Expression>();
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
    const cut = cutFrom(node);
    if (cut) return ofVariable(this.of(cut, scope, depth));
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
        return isAbsent(this.#evaluation, node.left, scope)
          ? this.of(node.right, scope, depth)
          : otherwise(this.of(node.left, scope, depth), this.of(node.right, scope, depth));
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
        if (isEnvironment(this.#evaluation, definition.node, definition.scope)) return [[{ environment: key }]];
        return this.#memberOf({ node: definition.node, scope: definition.scope }, key, depth);
      }
      case "import": {
        const loaded = this.#evaluation.load(definition.source, scope.module)[0];
        return loaded?.kind === "module" ? this.#exported(loaded.module.path, definition.name, depth) : unknown;
      }
      case "parameter": {
        const call = this.#calls.get(definition.fn);
        if (call && definition.path.length === 0) return this.#given(definition, call, depth);
        const listed = expressionsPassed(this.#evaluation, definition.fn, definition.index, definition.path);
        if (listed.length > 0) return this.#oneOf(listed, depth);
        const given = argumentsOf(this.#evaluation, definition.fn, definition.index, definition.scope.cls !== undefined).filter(
          (argument) => !isPassedOn(argument, definition),
        );
        const [key] = definition.path;
        if (definition.path.length > 1 || key === true) return unknown;
        return given.flatMap((one) => (key === undefined ? this.of(one.node, one.scope, depth) : this.#memberOf(one, key, depth)));
      }
      default:
        return unknown;
    }
  }

  /** The argument of the call that is looked at, and of no other one. */
  #given({ fn, index }: Extract<Definition, { kind: "parameter" }>, call: Expression, depth: number): readonly CodeText[] {
    const argument = call.node.type === "CallExpression" ? call.node.arguments[index] : undefined;
    if (!argument || argument.type === "SpreadElement") return [];
    this.#calls.delete(fn);
    const texts = this.of(argument, call.scope, depth);
    this.#calls.set(fn, call);
    return texts;
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
    if (isEnvironment(this.#evaluation, node.object, scope))
      return keys === undefined ? variables(this.of(node.property, scope, depth)) : [[{ environment: keys }]];
    if (keys === undefined) return this.#oneOf(expressionsInTable(this.#evaluation, node.object, scope), depth);
    return this.#memberOf({ node: node.object, scope }, keys, depth);
  }

  #memberOf(object: Expression, key: string, depth: number): readonly CodeText[] {
    const { program } = this.#evaluation;
    const answered = requestAnswered(this.#evaluation, object, key);
    if (answered) return this.#memberOf(answered.request, answered.name, depth);
    const [value] = this.#evaluation.of(object.node, object.scope);
    if (value?.kind === "module") return this.#exported(value.module.path, key, depth);
    const members = program.members.get(key) ?? [];
    if (value?.kind === "object") {
      const written = members.filter((member) => member.object === value.node);
      if (written.length > 0) return written.flatMap((member) => this.#value(member, depth));
    }
    if (value?.kind === "instance" || value?.kind === "class") {
      const own = members.filter(
        (member) => member.object === value.node || (member.object.type === "ThisExpression" && member.scope.cls === value.node),
      );
      if (own.length > 0) return own.slice(0, maximumTexts + 1).flatMap((member) => this.#value(member, depth));
    }
    return unknown;
  }

  #value({ getter, value, scope }: Member, depth: number): readonly CodeText[] {
    return getter && isFunction(value) ? this.#returned(value, { node: value, scope }, depth) : this.of(value, scope, depth);
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
    if (
      callee.type === "Identifier" &&
      /^(String|encodeURI|encodeURIComponent|decodeURIComponent)$/.test(callee.name) &&
      first &&
      first.type !== "SpreadElement"
    )
      return this.of(first, scope, depth);
    const list = listJoined(node);
    const texts = list?.elements.map((one) => this.of(one, scope, depth));
    if (list && texts) return listed(texts, list.between);
    if (callee.type === "MemberExpression" && /^(trim|toString|valueOf)$/.test(writtenKey(callee.property, callee.computed) ?? ""))
      return this.of(callee.object, scope, depth);
    return this.#evaluation
      .of(callee, scope)
      .flatMap((value) => (value.kind === "function" ? this.#returned(value.node, { node, scope }, depth) : []));
  }

  #returned(fn: FunctionNode, call: Expression, depth: number): readonly CodeText[] {
    const around = this.#calls.get(fn);
    this.#calls.set(fn, call);
    const texts = (this.#evaluation.program.returns.get(fn) ?? []).flatMap(({ node, scope }) => this.of(node, scope, depth));
    if (around) this.#calls.set(fn, around);
    else this.#calls.delete(fn);
    return texts;
  }
}

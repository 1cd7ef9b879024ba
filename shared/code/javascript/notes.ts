/** What the survey writes down of single nodes. */
import type { AssignmentExpression, CallExpression, NewExpression } from "acorn";
import { noteAlias, noteName } from "./aliases.ts";
import { pairsOf } from "./bundled-modules.ts";
import { bare, type ClassNode, type FunctionNode, isClass, isFunction, lastName, type Node, writtenKey } from "./nodes.ts";
import { definePattern } from "./patterns.ts";
import { noteSlot } from "./private-slots.ts";
import { type AssignedMember, addTo, type Call, type Program } from "./program.ts";
import { lookUp, type Scope, varScope } from "./scopes.ts";
import { surveyImport } from "./survey-modules.ts";

export function noteClassName(program: Program, node: ClassNode, name: string): void {
  program.classNames.set(node, name);
  for (const member of node.body.body)
    if (member.type === "MethodDefinition" && member.kind === "constructor") addTo(program.namesOf, member.value, name);
}

/** Creating an instance of a class without a constructor calls the one of the class that it extends. `scope`: around the class. */
export function noteParent(program: Program, node: ClassNode, scope: Scope): void {
  const { id, superClass, body } = node;
  const over = superClass && lastName(bare(superClass));
  if (over) addTo(program.extending, over, { node, scope });
  const own = body.body.some((member) => member.type === "MethodDefinition" && member.kind === "constructor");
  if (id && superClass?.type === "Identifier" && !own) noteAlias(program, id.name, superClass, scope, scope);
}

/** `var as = (function () { ... })()` */
export function notePlace(program: Program, as: string, init: Node, local: Scope): void {
  const call = bare(init);
  const callee = call.type === "CallExpression" ? bare(call.callee) : undefined;
  if (callee && isFunction(callee)) program.placeNames.set(callee, { as, local });
}

/** What a class holds under its names. `inner`: the scope inside of the class. */
export function noteClassMembers(program: Program, node: ClassNode, inner: Scope): void {
  for (const member of node.body.body) {
    if (member.type === "StaticBlock") continue;
    const key = writtenKey(member.key, member.computed);
    if (key === undefined || !member.value) continue;
    const getter = member.type === "MethodDefinition" && member.kind === "get";
    addTo(program.members, key, { object: node, value: member.value, scope: inner, how: "written", getter });
    noteResult(program, key, member.value, inner);
    if (!isFunction(member.value)) continue;
    addTo(program.namesOf, member.value, key);
    if (key === "constructor" && node.id) addTo(program.namesOf, member.value, node.id.name);
  }
}

export function noteObject(program: Program, node: Extract<Node, { type: "ObjectExpression" }>, scope: Scope): void {
  if (node.properties.length <= 3) noteListedMethod(program, node);
  for (const property of node.properties) {
    if (property.type !== "Property") continue;
    const key = writtenKey(property.key, property.computed);
    if (key === undefined) continue;
    addTo(program.members, key, { object: node, value: property.value, scope, how: "written", getter: property.kind === "get" });
    noteResult(program, key, property.value, scope);
    noteAlias(program, key, property.value, scope);
    if (isFunction(property.value)) addTo(program.namesOf, property.value, key);
    if (isClass(property.value)) noteClassName(program, property.value, key);
  }
}

/** `[function (module, exports, require) {}, ...]`: the modules of older bundles, by their places. */
export function noteList(program: Program, node: Extract<Node, { type: "ArrayExpression" }>, scope: Scope): void {
  if (!node.elements.every((one) => !one || (one.type === "FunctionExpression" && one.params.length <= 3))) return;
  for (const [index, value] of node.elements.entries())
    if (value) addTo(program.members, String(index), { object: node, value, scope, how: "written" });
}

export function noteCall(program: Program, node: CallExpression | NewExpression, scope: Scope, parent: Node): void {
  const callee = bare(node.callee);
  const over = callee.type === "Super" ? scope.cls?.superClass : undefined;
  const name = lastName(over ? bare(over) : callee);
  if (name === "require" || name === "import") surveyImport(program, scope.module, node);
  const chosen = name === undefined && callee.type === "MemberExpression" ? "[]" : name;
  if (chosen !== undefined) addTo(program.callsOf, chosen, node.type === "NewExpression" ? { node, scope, parent } : { node, scope });
  if (node.type !== "CallExpression") return;
  if (callee.type === "MemberExpression") notePut(program, name, bare(callee.object), { node, scope });
  const [first, second] = node.arguments;
  if (name === "assign" && first && second?.type === "ObjectExpression") noteAssign(program, first, second, scope);
  for (const list of [first, second]) {
    if (list?.type === "ObjectExpression") program.listings.add(list);
    for (const { key, value } of list ? pairsOf(list) : []) {
      program.listings.add(list as Node);
      addTo(program.members, key, { object: list as Node, value, scope, how: "written" });
      noteAlias(program, key, value, scope);
    }
  }
  noteSlot(program, node, scope);
  if (node.arguments.length === 3) noteDefined(program, node.arguments, scope);
  if (first?.type === "Identifier" && second?.type === "Identifier") addTo(program.aggregations, second.name, { node, scope });
  if (isFunction(callee)) program.calledInPlace.set(callee, { node, scope });
  node.arguments.forEach((argument, index) => {
    if (isFunction(argument)) program.passed.set(argument, { call: { node, scope }, index });
  });
}

/** `map.set(key, value)`, `set.add(value)`, `list.push(value)`. */
function notePut(program: Program, method: string | undefined, into: Node, call: Call): void {
  if (method !== "set" && method !== "add" && method !== "push") return;
  if (method === "push" && into.type === "Identifier") {
    for (const definition of lookUp(call.scope, into.name) ?? [])
      if (definition.kind === "value" && definition.path.length === 0) addTo(program.pushedTo, bare(definition.node), call);
    return;
  }
  const of = lastName(into);
  if (of !== undefined) addTo(program.callsOf, `${of}.${method}`, call);
}

/** `defineProperty(this, "key", value)`, `Object.defineProperty(exports, "key", { get() {} })`, `{ value }`. */
function noteDefined(program: Program, [object, name, value]: CallExpression["arguments"], scope: Scope): void {
  if (object?.type !== "ThisExpression" && object?.type !== "Identifier") return;
  if (name?.type !== "Literal" || typeof name.value !== "string" || !value || value.type === "SpreadElement") return;
  const described = value.type === "ObjectExpression" ? value.properties : [];
  const part = described.find((one) => one.type === "Property" && /^(get|value)$/.test(writtenKey(one.key, one.computed) ?? ""));
  const getter = part?.type === "Property" && writtenKey(part.key, part.computed) === "get";
  const given = part?.type === "Property" ? part.value : value;
  addTo(program.members, name.value, { object, value: given, scope, how: "assigned", getter });
  noteResult(program, name.value, given, scope);
  noteAlias(program, name.value, given, scope);
  if (isFunction(given)) addTo(program.namesOf, given, name.value);
}

/** `{ key: "name", value: function () {} }`: how compilers list the methods of a class. */
function noteListedMethod(program: Program, { properties }: Extract<Node, { type: "ObjectExpression" }>): void {
  const [key, value] = properties;
  if (key?.type !== "Property" || value?.type !== "Property" || writtenKey(key.key, key.computed) !== "key") return;
  if (key.value.type === "Literal" && typeof key.value.value === "string" && isFunction(value.value))
    addTo(program.namesOf, value.value, key.value.value);
}

/** `Object.assign(this, { a })` is `this.a = a`. */
function noteAssign(program: Program, object: Node, { properties }: Extract<Node, { type: "ObjectExpression" }>, scope: Scope): void {
  for (const property of properties) {
    if (property.type !== "Property") continue;
    const key = writtenKey(property.key, property.computed);
    if (key !== undefined) addTo(program.members, key, { object, value: property.value, scope, how: "assigned" });
  }
}

/** `const name = f()`: what a function returns is called so. */
export function noteResult(program: Program, name: string, value: Node, scope: Scope): void {
  const call = bare(value);
  if (
    call.type === "ArrayExpression" ||
    (call.type === "ObjectExpression" && call.properties.length === 0) ||
    (call.type === "NewExpression" && call.callee.type === "Identifier" && /(Map|Set)$/.test(call.callee.name))
  )
    program.collectionNames.set(call, name);
  if (call.type !== "CallExpression") return;
  const callee = bare(call.callee);
  const called = lastName(callee);
  if (called !== undefined) addTo(program.resultNames, called, { name, node: call, callee, scope });
}

/** `return value`, `() => value`. */
export function noteReturn(program: Program, fn: FunctionNode, value: Node, scope: Scope): void {
  addTo(program.returns, fn, { node: value, scope });
  const returned = bare(value);
  if (isFunction(returned)) program.returnedBy.set(returned, fn);
  const place = program.placeNames.get(fn);
  if (place) noteAlias(program, place.as, returned, scope, place.local);
}

/** `a = b`, `a.b = c`. To be called at the end of a file: names may be declared below. */
export function noteAssignment(program: Program, { left, right, operator }: AssignmentExpression, scope: Scope): void {
  if (left.type !== "MemberExpression") {
    definePattern(left, { node: right, scope }, (name, definition) => {
      const known = lookUp(scope, name);
      if (known) known.push(definition);
      else noteName(program, varScope(scope), name, definition);
    });
    if (left.type === "Identifier") noteResult(program, left.name, right, scope);
    if (left.type === "Identifier" && isClass(right)) noteClassName(program, right, left.name);
    return;
  }
  const key = writtenKey(left.property, left.computed);
  const object = left.object;
  if (operator !== "+=" && object.type === "Identifier")
    noteAssignedMember(program, object.name, { key, name: left.property, value: right, scope });
  if (key === undefined && object.type === "MemberExpression") {
    const table = writtenKey(object.property, object.computed);
    if (table !== undefined) addTo(program.keptIn, table, { key, name: left.property, value: right, scope });
  }
  if (key === undefined || operator === "+=") return;
  if (object.type === "Identifier" && object.name === "module" && key === "exports") scope.module.whole.push({ node: right, scope });
  addTo(program.members, key, { object, value: right, scope, how: "assigned" });
  noteResult(program, key, right, scope);
  noteAlias(program, key, right, scope);
  if (isFunction(right)) addTo(program.namesOf, right, key);
  if (isClass(right)) noteClassName(program, right, key);
}

/** What is assigned to a member of an object literal that has a name. */
function noteAssignedMember(program: Program, object: string, member: AssignedMember): void {
  for (const definition of lookUp(member.scope, object) ?? [])
    if (definition.kind === "value" && definition.node.type === "ObjectExpression" && definition.path.length === 0)
      addTo(program.assignedTo, definition.node, member);
}

/**
 * Objects that a container puts into constructors by nothing but their types, as NestJS and tsyringe do. TypeScript leaves the types beside the class:
 * `__decorate([Injectable(), __metadata("design:paramtypes", [S3])], Store)`; of sources they are written down like this (typed-constructors.ts).
 */
import type { Evaluation } from "./evaluation.ts";
import { bare, type FunctionNode, type Node } from "./nodes.ts";
import type { Program } from "./program.ts";
import type { Scope } from "./scopes.ts";
import { instanceOf, type Values } from "./values.ts";

interface Types {
  readonly className: string;
  readonly types: readonly (Node | null)[];
  readonly scope: Scope;
}

const known = new WeakMap<Program, readonly Types[]>();

/** What a parameter of a constructor is by its type; nothing where the function is none, or no type is known. @param scope of the function */
export function injectedValues(evaluation: Evaluation, fn: FunctionNode, index: number, scope: Scope): Values {
  const { program } = evaluation;
  const { cls } = scope;
  if (!cls?.body.body.some((one) => one.type === "MethodDefinition" && one.kind === "constructor" && one.value === fn)) return [];
  const names = [cls.id?.name, program.classNames.get(cls)];
  const all = known.get(program) ?? program.calls.flatMap(({ node, scope: at }) => typesIn(node.arguments, at));
  known.set(program, all);
  const of = all.filter(({ className, scope: at }) => at.module === scope.module && names.includes(className));
  return of.flatMap(({ types, scope: at }) => {
    const type = types[index];
    return type ? evaluation.of(type, at).flatMap(instanceOf) : [];
  });
}

/** `([..., metadata("design:paramtypes", [A, B])], Name)` */
function typesIn([list, target]: readonly Node[], scope: Scope): Types[] {
  if (list?.type !== "ArrayExpression" || target?.type !== "Identifier") return [];
  return list.elements.flatMap((one) => {
    const call = one && bare(one);
    if (call?.type !== "CallExpression") return [];
    const [key, types] = call.arguments;
    if (key?.type !== "Literal" || key.value !== "design:paramtypes" || types?.type !== "ArrayExpression") return [];
    return [{ className: target.name, types: types.elements, scope }];
  });
}

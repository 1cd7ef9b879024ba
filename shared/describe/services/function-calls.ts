/** CloudTrail's event history: what a function asked of AWS. */
import type { FunctionCalls } from "../../model/role-use.ts";
import type { Describe } from "./describe-answer.ts";

export const describe: Describe<FunctionCalls> = (functionCalls) => [{ functionCalls, relations: [] }];

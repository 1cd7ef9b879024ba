/** IAM's memory of what a role was used for. */
import type { RoleUse } from "../../model/role-use.ts";
import type { Describe } from "./describe-answer.ts";

export const describe: Describe<RoleUse> = (roleUse) => [{ roleUse, relations: [] }];

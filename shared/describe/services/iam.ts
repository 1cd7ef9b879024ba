/** IAM: a role with the text of its trust and of all its policies. */
import { describeRole, type Role } from "../role.ts";
import type { Describe } from "./describe-answer.ts";

export const describe: Describe<Role> = (role, place) => [describeRole(role, place)];

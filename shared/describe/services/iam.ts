/** IAM: a role with the text of its trust and of all its policies; in a dump of an account users and groups too. */
import type { Principal } from "../../model/principal.ts";
import { describePrincipal } from "../role.ts";
import type { Describe } from "./describe-answer.ts";

export const describe: Describe<Principal> = (principal, place) => [describePrincipal(principal, place)];

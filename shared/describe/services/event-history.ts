/** The event history: who created a resource. */
import type { Resource } from "../../model/graph.ts";
import type { Describe } from "./describe-answer.ts";

export type CreatorAnswer = Pick<Resource, "arn" | "type" | "name" | "region"> & Required<Pick<Resource, "createdBy">>;

export const describe: Describe<CreatorAnswer> = (resource) => [{ resource, relations: [] }];

/** VPC Lattice: services and target groups of a Region, which are told apart only together. */
import { describeLattice } from "../lattice.ts";
import type { Describe } from "./describe-answer.ts";

export interface LatticeAnswer {
  readonly services: Parameters<typeof describeLattice>[0];
  /** Those that hold functions. */
  readonly groups: Parameters<typeof describeLattice>[1];
}

export const describe: Describe<LatticeAnswer> = ({ services, groups }, { region }) => describeLattice(services, groups, region);

/** Step Functions: a state machine and what its definition calls. */
import { describeStateMachine, type MachineRead } from "../state-machine.ts";
import type { Describe, Read } from "./describe-answer.ts";

export interface MachineAnswer {
  readonly machine: Parameters<typeof describeStateMachine>[0];
  /** Absent where it could not be read. */
  readonly read?: Read<MachineRead>;
}

export const describe: Describe<MachineAnswer> = ({ machine, read }, { region }) => [describeStateMachine(machine, read, region)];

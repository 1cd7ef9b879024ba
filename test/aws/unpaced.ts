import { Pace } from "../../shared/aws/pace.ts";

/** An emulator has nobody else to serve: a clock that only the pace lives by, so that it never waits. */
export function unpaced(): Pace {
  let at = 0;
  return new Pace({
    now: () => at,
    sleep: async (ms) => {
      at += ms;
    },
  });
}

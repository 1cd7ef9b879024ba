/** How Fernhill's teams set things up unless they have a reason not to. */

/** A function on Node. 900 seconds is what their old template gave everything that names no timeout. */
export const node = { runtime: "nodejs24.x", memoryMb: 256, timeoutSeconds: 900 } as const;

export function owned(team: string, env = "prod"): Record<string, string> {
  return { team, env };
}

/** The tags that CloudFormation puts on what it makes. */
export function inStack(stack: string, logicalId: string): Record<string, string> {
  return { "aws:cloudformation:stack-name": stack, "aws:cloudformation:logical-id": logicalId };
}

/** Of what is only counted nobody asks how long it took. */
export const untimed = { typicalMs: 0, longestMs: 0, longestDaysAgo: 0 } as const;

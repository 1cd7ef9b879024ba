/** What the command line prints, caught instead of shown. */
import { afterEach, beforeEach, vi } from "vitest";

export interface CapturedOutput {
  /** What went to standard output since the test began, or since `clear`. */
  readonly out: string;
  /** The same of standard error. */
  readonly err: string;
  clear(): void;
}

/** Catches both streams in every test of the file or of the `describe` that calls it; after each test all spies are gone. */
export function captureOutput(): CapturedOutput {
  const printed = { out: "", err: "", clear: () => Object.assign(printed, { out: "", err: "" }) };
  beforeEach(() => {
    printed.clear();
    for (const [name, stream] of [["out", process.stdout] as const, ["err", process.stderr] as const]) {
      vi.spyOn(stream, "write").mockImplementation((text) => {
        printed[name] += text;
        return true;
      });
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return printed;
}

/** Runs what prints before the first test. */
export async function withoutOutput(run: () => Promise<unknown>): Promise<void> {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    await run();
  } finally {
    write.mockRestore();
  }
}

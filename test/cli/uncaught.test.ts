import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { failureOf } from "../../cli/failure.ts";

const thrownOutside = (error: string, ...more: string[]) =>
  spawnSync(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { tellUncaught } from "./cli/uncaught.ts"; tellUncaught(); setTimeout(() => { throw ${error}; }); setTimeout(() => {}, 60_000);`,
      "--",
      ...more,
    ],
    { encoding: "utf8" },
  );

test("what nobody caught ends the process with a line, and a stack trace only where one was asked for", () => {
  const { status, stderr } = thrownOutside('new Error("IO error: table/000005.log: No space left on device")');
  expect(status).toBe(3);
  expect(stderr).toMatch(
    /smalltarget: IO error: table\/000005\.log: No space left on device: the disk is full; make room, then do it again$/m,
  );
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(thrownOutside('new Error("boom")', "--debug").stderr).toMatch(/smalltarget: boom\nError: boom\n\s+at /);
});

test("a full disk is said to be full, whoever found out", () => {
  for (const message of ["ENOSPC: no space left on device, write", "IO error: x.log: No space left on device"])
    expect(failureOf(new Error(message))).toEqual({ line: `${message}: the disk is full; make room, then do it again`, exitCode: 3 });
});

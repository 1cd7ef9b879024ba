import { afterAll } from "vitest";
import { type Moto, startMoto, useMoto } from "./moto.ts";

/**
 * Starts a server for this test file and stops it after the last test. Undefined, with a warning, where it cannot run; with
 * CI=true that is an error instead, so that nothing is skipped unseen.
 */
export async function motoForThisFile(what: string): Promise<Moto | undefined> {
  try {
    const moto = await startMoto();
    useMoto(moto);
    afterAll(() => moto.stop());
    return moto;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.CI === "true")
      throw new Error(`${what} must be tested where CI=true, but moto did not start: ${reason}`, { cause: error });
    console.warn(`NOT TESTED: ${what}. moto did not start: ${reason}`);
    return undefined;
  }
}

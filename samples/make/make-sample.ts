/** `npm run sample`: writes samples/sample-account.ndjson again. Needs Python for the emulator; see samples/README.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startMoto, useMoto } from "../../test/aws/moto.ts";
import { recordSample } from "./record-sample.ts";

const output = join(import.meta.dirname, "../sample-account.ndjson");
const moto = await startMoto();
try {
  useMoto(moto);
  const text = await recordSample();
  writeFileSync(output, text);
  console.log(`${output}: ${Math.round(text.length / 1024)} KB`);
} finally {
  moto.stop();
}

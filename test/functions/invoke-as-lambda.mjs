// What Lambda's runtime does in the process of a function: loads the handler, hands it the event on stdin, writes the answer to a file.
// Plain Node and nothing else: no test runner may rewrite what was deployed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [answerFile] = process.argv.slice(2);
const [file, name] = process.env._HANDLER.split(".");
const { event, context } = JSON.parse(readFileSync(0, "utf8"));
let answer;
try {
  const { [name]: handler } = await import(pathToFileURL(join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`)).href);
  if (event === undefined) answer = { loaded: typeof handler };
  else answer = { answer: await handler(event, { ...context, getRemainingTimeInMillis: () => 900_000 }) };
} catch (error) {
  answer = { error: { name: error.name, message: error.message, stack: error.stack } };
}
writeFileSync(answerFile, JSON.stringify(answer));
// Lambda freezes the process here, whatever is still open
process.exit(0);

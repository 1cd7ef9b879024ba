/** Reading Python: recall and precision on programs whose calls are known, and the time for a large one. */
import { readCode } from "../../shared/code/python/read-code.ts";
import { expectedOperations, operationsOf, programs } from "../code/python/a-program.ts";

/** Rows of a table: a program each, all of them, and 10,000 lines. */
export async function benchPython(): Promise<string[][]> {
  const rows = [["program", "lines", "calls", "recall", "precision", "CPU s"]];
  let [expectedOfAll, foundOfAll, rightOfAll] = [0, 0, 0];
  for (const { name, files, expected } of programs()) {
    const began = process.cpuUsage();
    const found = operationsOf(await readCode(files, { handler: expected.handler }));
    const wanted = expectedOperations(expected);
    const right = found.filter((one) => wanted.includes(one)).length;
    const lines = files.reduce((sum, { text }) => sum + text.split("\n").length, 0);
    expectedOfAll += wanted.length;
    foundOfAll += found.length;
    rightOfAll += right;
    rows.push([name, String(lines), String(wanted.length), share(right, wanted.length), share(right, found.length), seconds(began)]);
  }
  rows.push(["all", "", String(expectedOfAll), share(rightOfAll, expectedOfAll), share(rightOfAll, foundOfAll), ""]);
  const large = largeProgram(10_000);
  const began = process.cpuUsage();
  const summary = await readCode(large, { handler: "handler.handler" });
  for (const { file, why } of summary.unread) throw new Error(`${file} could not be read: ${why}`);
  rows.push(["large", "10000", String(summary.calls.length), "", "", seconds(began)]);
  return rows;
}

function share(part: number, of: number): string {
  return of === 0 ? "-" : (part / of).toFixed(2);
}

function seconds(began: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(began);
  return ((user + system) / 1e6).toFixed(2);
}

/** Modules of a hundred lines, each with a class on a table, that the handler goes through. */
function largeProgram(lines: number): { path: string; text: string }[] {
  const modules = Array.from({ length: lines / 100 - 1 }, (_, n) => ({ path: `app/module_${n}.py`, text: moduleOf(n) }));
  const imports = modules.map((__, n) => `from app.module_${n} import Store as Store${n}`);
  const uses = modules.map((__, n) => `    Store${n}("table-${n}").save_0(event)`);
  return [...modules, { path: "handler.py", text: `${imports.join("\n")}\n\n\ndef handler(event, context):\n${uses.join("\n")}\n` }];
}

function moduleOf(n: number): string {
  const methods = Array.from(
    { length: 10 },
    (_, i) => `
    def save_${i}(self, item):
        """Keeps one item, and says so."""
        if not item or item.get("state") not in ("open", "closed", "${n}"):
            raise ValueError(f"cannot keep {item!r} in {self.name}")
        total = sum(line["price"] * line["count"] for line in item.get("lines", []))
        self.table.put_item(Item={**item, "total": total, "kind": "k-${i}"})
        logger.info("kept %s with %d lines", item["id"], len(item["lines"]))
        return {"id": item["id"], "total": total}`,
  );
  return `import logging\nimport boto3\n\nlogger = logging.getLogger(__name__)\n\n\nclass Store:\n    def __init__(self, name):\n        self.name = name\n        self.table = boto3.resource("dynamodb").Table(name)\n${methods.join("\n")}\n`;
}

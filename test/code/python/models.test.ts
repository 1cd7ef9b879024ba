import { expect, test } from "vitest";
import { readText, written } from "./a-program.ts";

const models = `
import os
from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

class Base(Model):
    class Meta:
        table_name = "base"

class Parcel(Base):
    class Meta:
        region = os.environ["AWS_REGION"]
        if "LOCAL" in os.environ:
            host = "http://localhost:8000"
        table_name = os.environ["PARCELS"]
    code = UnicodeAttribute(hash_key=True)
    weight = 0

    def refresh(self, *args):
        self.weight = 1
        return super().refresh(*args)

    def close(self):
        self.refresh()

class ByCity(GlobalSecondaryIndex):
    pass

by_city = ByCity()
`;

/** `Operation Table` of the calls that the lines of a handler make. */
async function asked(...lines: string[]): Promise<string[]> {
  const { calls, unresolved } = await readText(
    `${models}\ndef handler(event, context):\n${lines.map((line) => `    ${line}\n`).join("")}`,
    "app.handler",
  );
  const found = calls.filter(({ confidence }) => confidence !== "low").map((call) => [call.operation, ...written(call)].join(" "));
  return [...new Set([...found, ...unresolved.map(({ what }) => `? ${what}`)])];
}

test.each([
  ["what the class does", ['Parcel.get("a")'], ["GetItem TableName=<PARCELS>"]],
  ["an object of its own", ["Parcel().delete()"], ["DeleteItem TableName=<PARCELS>"]],
  ["a method of the program that goes on to that of the package", ["Parcel().close()"], ["GetItem TableName=<PARCELS>"]],
  ["an object out of the table", ['Parcel.get("a").delete()'], ["GetItem TableName=<PARCELS>", "DeleteItem TableName=<PARCELS>"]],
  [
    "each that was found",
    ['for one in Parcel.query("a"): one.update(actions=[])'],
    ["Query TableName=<PARCELS>", "UpdateItem TableName=<PARCELS>"],
  ],
  ["a class above", ["Base.scan()"], ["Scan TableName=base"]],
  [
    "a batch, whatever is put into it",
    ["with Parcel.batch_write() as batch: batch.save(Parcel())"],
    ["BatchWriteItem TableName=<PARCELS>"],
  ],
  ["an index", ['by_city.query("x")'], ["Query"]],
  ["a transaction", ["with TransactWrite(connection=None) as all: all.save(Parcel())"], ["PutItem"]],
])("a model of a table asks for %s", async (_, lines, operations) => {
  expect(await asked(...lines)).toEqual(operations);
});

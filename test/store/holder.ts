/** Another smalltarget command: opens the local table in the folder it is given, says so, and holds it until its input ends. */
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { LocalTable, localTableName } from "../../shared/store/local-table.ts";
import { openTable } from "../../shared/store/table.ts";
import { account } from "./account.ts";

const [folder = ""] = process.argv.slice(2);
const table = await LocalTable.open(folder);
await openTable(table.client, localTableName, { create: true });
const store = new DynamodbStore(table.client, localTableName);
await store.acquireLock(account, `S-${process.pid}`, 60);
console.log(table.isHolder ? "holds" : "is a guest");
process.stdin.resume();
process.stdin.on("end", () => void table.close());

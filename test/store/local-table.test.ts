import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { LocalTable, localTableName } from "../../shared/store/local-table.ts";
import { openTable } from "../../shared/store/table.ts";
import { account, region } from "./account.ts";
import { aFinding, aFolder, remember } from "./remembered.ts";

async function opened(folder: string, patienceMs?: number): Promise<{ table: LocalTable; store: DynamodbStore }> {
  const table = await LocalTable.open(folder, patienceMs);
  onTestFinished(() => table.close());
  await openTable(table.client, localTableName, { create: true });
  return { table, store: new DynamodbStore(table.client, localTableName) };
}

/** Another command in a process of its own, and what it said about the table. */
async function anotherCommand(folder: string): Promise<{ command: ChildProcess; said: string }> {
  const command = spawn(process.execPath, [join(import.meta.dirname, "holder.ts"), folder], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void command.kill("SIGKILL"));
  const [said] = await once(command.stdout, "data");
  return { command, said: String(said).trim() };
}

test("what was stored is there the next time", async () => {
  const folder = join(await aFolder(), "not", "made", "yet");
  const first = await opened(folder);
  await remember(first.store, aFinding());
  await first.table.close();
  const second = await opened(folder);
  expect(second.table.isHolder).toBe(true);
  expect(await second.store.findings(account, [region])).toEqual([aFinding()]);
});

test("a second command works while the first one holds the folder, and goes on when it ends", async () => {
  const folder = await aFolder();
  const { command, said } = await anotherCommand(folder);
  expect(said).toBe("holds");
  const { table, store } = await opened(folder);
  expect(table.isHolder).toBe(false);
  expect(await store.acquireLock(account, "S-mine", 60)).toMatchObject({ scanId: `S-${command.pid}` });
  await remember(store, aFinding());

  command.stdin?.end();
  await once(command, "exit");
  expect(await store.findings(account, [region])).toEqual([aFinding()]);
  expect(table.isHolder).toBe(true);
});

test("a command that crashed leaves a folder that the next one opens", async () => {
  const folder = await aFolder();
  const { command } = await anotherCommand(folder);
  const { store } = await opened(folder);
  command.kill("SIGKILL");
  await once(command, "exit");
  expect(JSON.parse(await readFile(join(folder, "table.json"), "utf8"))).toHaveProperty("port");
  expect(await store.renewLock(account, `S-${command.pid}`, 60)).toBe(true);
  const third = await opened(folder);
  expect(third.table.isHolder).toBe(false);
});

test("a command that forgets to close the table ends all the same", async () => {
  const folder = await aFolder();
  const program = `
    import { LocalTable, localTableName } from "./shared/store/local-table.ts";
    import { openTable } from "./shared/store/table.ts";
    const table = await LocalTable.open(process.argv[1]);
    await openTable(table.client, localTableName, { create: true });`;
  const root = join(import.meta.dirname, "../..");
  const command = spawn(process.execPath, ["--input-type=module", "-e", program, folder], { cwd: root, stdio: "inherit" });
  expect(await once(command, "exit")).toEqual([0, null]);
  expect((await opened(folder)).table.isHolder).toBe(true);
});

test("many commands that begin at once end up at one table", async () => {
  const folder = await aFolder();
  const tables = await Promise.all(Array.from({ length: 6 }, () => opened(folder)));
  expect(tables.filter(({ table }) => table.isHolder)).toHaveLength(1);
  await Promise.all(tables.map(({ store }, i) => remember(store, aFinding({ name: `fn-${i}` }))));
  // one after the other ends, the holder among them
  for (const { table } of tables.slice(0, 5)) await table.close();
  expect(await tables[5]?.store.findings(account, [region])).toHaveLength(6);
});

test.each([
  ["no JSON", "{"],
  ["something else", '"port"'],
  ["a port that nobody listens on", '{"port":1,"token":"x"}'],
])("a table.json that holds %s is no obstacle", async (_, text) => {
  const folder = await aFolder();
  await writeFile(join(folder, "table.json"), text);
  expect((await opened(folder)).table.isHolder).toBe(true);
});

test("a port that went to another program is not taken for the table", async () => {
  const folder = await aFolder();
  const stranger = createServer((_, response) => response.end("hello")).listen(0, "127.0.0.1");
  onTestFinished(() => void stranger.close());
  await once(stranger, "listening");
  const address = stranger.address();
  await writeFile(join(folder, "table.json"), JSON.stringify({ port: typeof address === "object" ? address?.port : 0, token: "x" }));
  expect((await opened(folder)).table.isHolder).toBe(true);
});

test("the mark of a command that crashed while opening counts for a while only", async () => {
  const folder = await aFolder();
  const mark = join(folder, "table.opening");
  await writeFile(mark, "");
  await expect(opened(folder, 300)).rejects.toThrow(/^Another smalltarget command is using .*: wait until it has ended/);
  await utimes(mark, new Date(0), new Date(0));
  expect((await opened(folder)).table.isHolder).toBe(true);
});

test("a folder that another program keeps locked gives one clear line, after some patience", async () => {
  const folder = await aFolder();
  const { table } = await opened(folder);
  // as if the holder did not answer
  await writeFile(join(folder, "table.json"), "{}");
  const began = Date.now();
  await expect(opened(folder, 500)).rejects.toThrow(/^Another smalltarget command is using .* --store dir:PATH\.$/);
  expect(Date.now() - began).toBeGreaterThanOrEqual(500);
  expect(table.isHolder).toBe(true);
});

test("a damaged table says so", async () => {
  const folder = await aFolder();
  const { table } = await opened(folder);
  await table.close();
  await writeFile(join(folder, "table", "CURRENT"), "nonsense\n");
  await expect(opened(folder)).rejects.toThrow(
    /^The local table in .*table cannot be opened \(.*: check its permissions, or move the folder away/,
  );
});

test("a folder that may not be written to says so", async () => {
  const folder = join(await aFolder(), "file");
  await writeFile(folder, "not a folder");
  await expect(opened(folder)).rejects.toThrow(/file/);
  if (process.getuid?.() === 0) return;
  const readOnly = join(await aFolder(), "read-only");
  await mkdir(readOnly);
  await chmod(readOnly, 0o500);
  await expect(opened(readOnly)).rejects.toThrow(/needs to write to .*read-only/);
});

test("the port answers nobody who does not know the token, which only this user can read", async () => {
  const folder = await aFolder();
  await opened(folder);
  const { port } = JSON.parse(await readFile(join(folder, "table.json"), "utf8"));
  for (const headers of [{}, { "x-smalltarget-token": "guess" }]) {
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      headers: { ...headers, "X-Amz-Target": "DynamoDB_20120810.ListTables" },
    });
    expect(answer.status).toBe(403);
  }
  if (process.platform !== "win32") expect((await stat(join(folder, "table.json"))).mode & 0o777).toBe(0o600);
});

test("a request that breaks off in its middle does not end the holder", async () => {
  const folder = await aFolder();
  const { store } = await opened(folder);
  const { port, token } = JSON.parse(await readFile(join(folder, "table.json"), "utf8"));
  const socket = (await import("node:net")).connect(port, "127.0.0.1");
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nx-smalltarget-token: ${token}\r\nContent-Length: 100\r\n\r\n{"half`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await store.findings(account, [region])).toEqual([]);
});

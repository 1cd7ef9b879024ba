import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/javascript/read-code.ts";
import { operations } from "./reading.ts";

function read(text: string) {
  return readCode([{ path: "src/app.ts", text }], { handler: "src/app.handler" });
}

describe("a source with decorators", () => {
  test("is read: classes, methods, members and parameters have them", () => {
    const summary = read(`import { S3Client, GetObjectCommand } from "@aws-sdk/client-s3";
import { Injectable, Inject, Get, Retry } from "./framework";
@Injectable({ scope: "request (one)" })
export class Store {
  @Inject("BUCKET") private bucket!: string;
  constructor(@Inject(S3Client) private readonly s3: S3Client, @Inject() public name: string) {}
  @Get("/:key")
  @Retry({ times: 3, when: (e: Error) => e.name !== ")" })
  async read(key: string) { return this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key })); }
}
export const handler = () => new Store(new S3Client({}), "a").read("b");`);
    expect(operations(summary)).toEqual(["s3.GetObject"]);
    expect(summary.unread).toEqual([]);
  });

  test("keeps what a decorator of a class is given, where clients are made", () => {
    const summary = read(`import { SNS } from "@aws-sdk/client-sns";
import { Module, start } from "./framework";
@Module({ providers: [{ provide: "SNS", useFactory: () => new SNS({}).publish({ Message: "up" }) }] })
class App {}
export const handler = start(App);`);
    expect(operations(summary)).toEqual(["sns.Publish"]);
    expect(summary.calls[0]?.at).toBe("src/app.ts:3");
  });

  test("is still unread where something else is wrong in it", () => {
    const { unread } = read(`import { S3 } from "@aws-sdk/client-s3";\n@Module()\nclass App { run( { } }`);
    expect(unread.map(({ file }) => file)).toEqual(["src/app.ts"]);
  });

  test("is given up in bounded time where it has no end of them", () => {
    const many = `import "@aws-sdk/client-s3";\nclass A {\n${"@a ".repeat(100_000)} m() {}\n}`;
    const started = process.cpuUsage();
    const { unread } = readCode([{ path: "a.js", text: many }], {});
    const { user } = process.cpuUsage(started);
    expect(unread).toHaveLength(1);
    expect(user / 1e6).toBeLessThan(15);
  });
});

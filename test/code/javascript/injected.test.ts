import { describe, expect, test } from "vitest";
import { readCode } from "../../../shared/code/javascript/read-code.ts";
import { operations } from "./reading.ts";

const methods = `async get(key) { await this.db.put({ TableName: "files" }); return this.s3.getObject({ Bucket: "files", Key: key }); }`;

function compiled(types: string, name = "Files", helpers = ["__decorate", "__metadata"]): string {
  return `const s3_1 = require("@aws-sdk/client-s3"), db_1 = require("@aws-sdk/lib-dynamodb"), nest_1 = require("@nestjs/common"); var _a;
    let Files = class ${name} { constructor(s3, db) { this.s3 = s3; this.db = db; } ${methods} };
    exports.Files = Files = ${helpers[0]}([(0, nest_1.Injectable)(), ${helpers[1]}("design:paramtypes", [${types}])], Files);`;
}

const read = (text: string, path = "index.js") => operations(readCode([{ path, text }], {}));
const both = ["dynamodb.PutItem", "s3.GetObject"];

describe("what a container puts into a constructor", () => {
  test.each([
    ["as the compiler writes it", compiled("s3_1.S3, db_1.DynamoDBDocument")],
    [
      "where the compiler does not know the types",
      compiled(`typeof (_a = typeof s3_1.S3 !== "undefined" && s3_1.S3) === "function" ? _a : Object, db_1.DynamoDBDocument`),
    ],
    ["in a class without a name, with other helpers", compiled("s3_1.S3, db_1.DynamoDBDocument", "", ["d", "m"])],
  ])("is what its type says, %s", (_, text) => {
    expect(read(text)).toEqual(both);
  });

  test.each([
    ["imports", `import { S3 } from "@aws-sdk/client-s3"; import { DynamoDBDocument } from "@aws-sdk/lib-dynamodb";`],
    ["imports of types", `import type { S3 } from "@aws-sdk/client-s3"; import { type DynamoDBDocument } from "@aws-sdk/lib-dynamodb";`],
  ])("is what its type says in a source with %s", (_, imports) => {
    const text = `${imports} @Injectable() export class Files<T extends Map<string, (a: number) => void>> {
      constructor(@Inject("S3") private readonly s3: S3, private readonly db: DynamoDBDocument, x: Record<string, { a: 1 }> = {}) {} ${methods} }`;
    expect(read(text, "files.ts")).toEqual(both);
  });

  test("is what it is made with where the program makes it", () => {
    const text = `${compiled("s3_1.S3, db_1.DynamoDBDocument")} const sns = new (require("@aws-sdk/client-sns").SNS)({}); new Files(sns, sns);`;
    expect(read(text)).toEqual(["sns.GetObject", "sns.Put"]);
  });

  test("is nothing where the type is of another class or of no use", () => {
    expect(read(compiled("Object, Object"))).toEqual([]);
    expect(read(compiled("s3_1.S3, Object").replace("], Files)", "], Others)"))).toEqual([]);
  });

  test("leaves every line of a source where it is", () => {
    const text = `import { type S3 } from "@aws-sdk/client-s3";\nexport class Files {\n  constructor(s3: S3) { this.s3 = s3; }\n  go() {\n    return this.s3.listBuckets({});\n  }\n}\n`;
    expect(readCode([{ path: "a.ts", text }], {}).calls.map(({ at }) => at)).toEqual(["a.ts:5"]);
  });
});

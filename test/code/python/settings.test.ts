import { describe, expect, test } from "vitest";
import { readText, written } from "./a-program.ts";

const tables = async (classes: string, name: string) => {
  const text = `import os, boto3\nfrom dataclasses import dataclass, field\nfrom pydantic import BaseModel, Field\nfrom pydantic_settings import BaseSettings, SettingsConfigDict
${classes}
def handler(event, context):
    boto3.client("dynamodb").get_item(TableName=${name}, Key={})
`;
  return (await readText(text, "app.handler")).calls.map((call) => written(call).find((one) => one.startsWith("TableName")));
};

describe("a setting that a library fills from the environment", () => {
  test.each([
    ["by its name", "class S(BaseSettings):\n    table_name: str", "TableName=<TABLE_NAME>"],
    ["with what it is otherwise", "class S(BaseSettings):\n    table_name: str = 't'", "TableName=<TABLE_NAME:-t>"],
    [
      "behind a prefix",
      "class S(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='APP_')\n    table_name: str",
      "TableName=<APP_TABLE_NAME>",
    ],
    [
      "behind a prefix of older versions",
      "class S(BaseSettings):\n    table_name: str\n    class Config:\n        env_prefix = 'APP_'",
      "TableName=<APP_TABLE_NAME>",
    ],
    ["by a name of its own", "class S(BaseSettings):\n    table_name: str = Field(alias='ORDERS')", "TableName=<ORDERS>"],
    ["of the class above", "class B(BaseSettings):\n    table_name: str\nclass S(B):\n    other: str", "TableName=<TABLE_NAME>"],
  ])("is its variable, %s", async (_, classes, expected) => {
    expect(await tables(classes, "S().table_name")).toEqual([expected]);
  });

  test("is none in a class of another kind", async () => {
    expect(await tables("class S(BaseModel):\n    table_name: str", "S().table_name")).toEqual(["TableName=?"]);
  });
});

test("a field of a dataclass is what its factory makes, and nothing else", async () => {
  const classes = `@dataclass\nclass S:\n    table: str = field(default_factory=lambda: os.environ["ORDERS"])\n    other: list = field(repr=False)`;
  expect(await tables(classes, "S().table")).toEqual(["TableName=<ORDERS>"]);
  expect(await tables(classes, "S().other")).toEqual(["TableName=?"]);
});

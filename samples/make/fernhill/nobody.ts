import type { AccountPlan } from "../account-plan.ts";
import { program } from "../planned-code.ts";
import { everyDay, onDays } from "../rhythm.ts";
import { node } from "./habits.ts";
import { secrets } from "./secrets.ts";

const elsewhere = { ...node, region: "us-east-1" } as const;

/** What was left behind: no team, no stack, and in most cases no use. */
export const nobody: AccountPlan = {
  functions: [
    {
      // somebody's prototype; the import of the old shop's orders took nine days, and that was that
      ...node,
      name: "legacy-import",
      runtime: "nodejs18.x",
      memoryMb: 1024,
      environment: { OLD_SHOP_PASSWORD: secrets.password },
      deployedDaysAgo: 455,
      use: onDays([454, 453, 452, 451, 450, 449, 448, 447, 446], 38, [9400, 11_200, 8700, 12_100, 10_900]),
    },
    { ...elsewhere, name: "resize-old", timeoutSeconds: 3, runtime: "nodejs16.x", deployedDaysAgo: 1204 },
    {
      // from a talk about function URLs: whoever finds the address may call it
      ...elsewhere,
      name: "demo-hello-world",
      timeoutSeconds: 3,
      runtime: "python3.12",
      openUrl: true,
      deployedDaysAgo: 310,
    },
    {
      ...elsewhere,
      name: "report_builder__v3_FINAL_do-not-touch",
      runtime: "python3.8",
      memoryMb: 3008,
      deployedDaysAgo: 700,
      use: everyDay("report_builder", {
        from: 300,
        to: 212,
        runs: 2,
        typicalMs: 70_000,
        longestMs: 163_000,
        longestDaysAgo: 230,
        workdays: true,
      }),
    },
    {
      ...node,
      name: "hackathon-2025-chatbot",
      timeoutSeconds: 30,
      tags: { "smalltarget:ignore": "kept for the anniversary demo" },
      environment: { MODEL_KEY: secrets.providerKey },
      deployedDaysAgo: 195,
      use: onDays([195, 194, 193], 25, [6100, 8200, 5400]),
    },
    {
      ...node,
      name: "landing-page-form",
      // a function as it should be: what its role allows is what it calls
      code: program(
        'import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";',
        "const ssm = new SSMClient({});",
        "export const handler = async (form) => {",
        '  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "/landing-page/recipient" }));',
        "  return { form, to: Parameter.Value };",
        "};",
      ),
      timeoutSeconds: 10,
      deployedDaysAgo: 400,
      use: everyDay("landing-page-form", { from: 100, runs: 6, typicalMs: 600, longestMs: 2700, longestDaysAgo: 44 }),
    },
  ],
  rolePolicies: [
    {
      role: "landing-page-form-role",
      name: "recipient",
      statements: [{ actions: ["ssm:GetParameter"], resources: ["arn:aws:ssm:eu-west-1:111122223333:parameter/landing-page/recipient"] }],
    },
  ],
  logGroups: [
    {
      // its function was deleted in spring; what customers wrote to it is still here
      name: "/aws/lambda/shop-chat-beta",
      createdDaysAgo: 402,
      storedBytes: 41_873_112,
      use: onDays([301, 300, 299, 298, 297, 263, 262, 261], 5400, [0]),
    },
  ],
};

import { defineConfig } from "vitest/config";

const report = process.env.SMALLTARGET_TEST_REPORT;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
    // credentials and settings of the machine must not change a test
    env: { AWS_PROFILE: "", AWS_REGION: "eu-west-1", AWS_EC2_METADATA_DISABLED: "true" },
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
  },
});

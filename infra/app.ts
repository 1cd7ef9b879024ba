import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { SettingsError } from "../shared/settings.ts";
import { ConfigurationError } from "./configuration.ts";
import { root } from "./function-code.ts";
import { readOptions, refuseContext } from "./options-file.ts";
import { SmallTargetStack } from "./small-target-stack.ts";

try {
  const app = new App({ analyticsReporting: false });
  refuseContext(app.node.getAllContext());
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new SmallTargetStack(app, "SmallTarget", readOptions(root));
} catch (error) {
  // a mistake in what was asked for needs no stack trace
  if (!(error instanceof ConfigurationError || error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

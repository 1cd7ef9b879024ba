/** The list of rules. A test compares it with the folder: a rule that is not here does not exist. */
import type { Rule } from "../model/rule.ts";
import { openMethod } from "./apigateway/open-method.ts";
import { unusedAuthorizer } from "./apigateway/unused-authorizer.ts";
import { deprecatedRuntime } from "./lambda/deprecated-runtime.ts";
import { nearTimeoutUnwatched } from "./lambda/near-timeout-unwatched.ts";
import { neverInvokedFunction } from "./lambda/never-invoked-function.ts";
import { onlyWarmedFunction } from "./lambda/only-warmed-function.ts";
import { timeoutLongerThanCaller } from "./lambda/timeout-longer-than-caller.ts";
import { timeoutTooLong } from "./lambda/timeout-too-long.ts";
import { timeoutTooTight } from "./lambda/timeout-too-tight.ts";
import { timingOut } from "./lambda/timing-out.ts";
import { unusedFunction } from "./lambda/unused-function.ts";
import { coverageIncomplete } from "./scan/coverage-incomplete.ts";
import { visibilityTimeoutTooShort } from "./sqs/visibility-timeout-too-short.ts";

export const catalogue: readonly Rule[] = [
  openMethod,
  unusedAuthorizer,
  deprecatedRuntime,
  nearTimeoutUnwatched,
  neverInvokedFunction,
  onlyWarmedFunction,
  timeoutLongerThanCaller,
  timeoutTooLong,
  timeoutTooTight,
  timingOut,
  unusedFunction,
  coverageIncomplete,
  visibilityTimeoutTooShort,
];

/**
 * Lambda runtimes and the day on which AWS stopped, or will stop, patching them.
 * Source: AWS Lambda developer guide, "Lambda runtimes" (supported and deprecated runtimes), with the dates that endoflife.date
 * lists for AWS Lambda as a second source. Dates of the future move: AWS has prolonged several of them.
 */
export const runtimesAsOf = "2026-11-01";

/** Runtime id -> deprecation date, `YYYY-MM-DD`. */
export const runtimeDeprecations: Readonly<Record<string, string>> = {
  "dotnetcore1.0": "2019-06-27",
  "dotnetcore2.0": "2019-05-30",
  "dotnetcore2.1": "2022-01-05",
  "dotnetcore3.1": "2023-04-03",
  "dotnet5.0": "2022-05-10",
  dotnet6: "2024-12-20",
  dotnet7: "2024-05-14",
  dotnet8: "2026-11-10",
  dotnet10: "2028-11-14",
  "go1.x": "2024-01-08",
  java8: "2024-01-08",
  "java8.al2": "2027-06-30",
  java11: "2027-06-30",
  java17: "2027-06-30",
  java21: "2029-06-30",
  java25: "2029-06-30",
  nodejs: "2016-10-31",
  "nodejs4.3": "2020-03-05",
  "nodejs4.3-edge": "2020-03-05",
  "nodejs6.10": "2019-08-12",
  "nodejs8.10": "2020-03-06",
  "nodejs10.x": "2021-07-30",
  "nodejs12.x": "2023-03-31",
  "nodejs14.x": "2023-12-04",
  "nodejs16.x": "2024-06-12",
  "nodejs18.x": "2025-09-01",
  "nodejs20.x": "2026-04-30",
  "nodejs22.x": "2027-04-30",
  "nodejs24.x": "2028-04-30",
  provided: "2024-01-08",
  "provided.al2": "2026-07-31",
  "provided.al2023": "2029-06-30",
  "python2.7": "2021-07-15",
  "python3.6": "2022-07-18",
  "python3.7": "2023-12-04",
  "python3.8": "2024-10-14",
  "python3.9": "2025-12-15",
  "python3.10": "2026-10-31",
  "python3.11": "2027-06-30",
  "python3.12": "2028-10-31",
  "python3.13": "2029-06-30",
  "python3.14": "2029-06-30",
  "ruby2.5": "2021-07-30",
  "ruby2.7": "2023-12-07",
  "ruby3.2": "2026-03-31",
  "ruby3.3": "2027-03-31",
  "ruby3.4": "2028-03-31",
};

/** What to move to, by language prefix of the runtime id. */
export const runtimeSuccessors: readonly (readonly [prefix: string, successor: string])[] = [
  ["nodejs", "nodejs24.x"],
  ["python", "python3.14"],
  ["java", "java25"],
  ["dotnet", "dotnet10"],
  ["ruby", "ruby3.4"],
  ["go", "provided.al2023"],
  ["provided", "provided.al2023"],
];

/** What must change with the runtime, beside its name. `handler`: the handler to set with it. */
export interface RuntimeMove {
  readonly handler?: string;
  readonly note: string;
}

const oldSdk =
  "From nodejs18.x on the runtime has no AWS SDK for JavaScript 2 (aws-sdk): bundle it, or move to version 3 (@aws-sdk/...). From nodejs24.x on a handler has to be async: the callback argument is gone.";

/**
 * By what a runtime id begins with, the first that fits. Sources: Lambda developer guide, "Migrating from go1.x" and "Using the Node.js runtime";
 * AWS compute blog on each new runtime.
 */
export const runtimeMoves: readonly (readonly [prefix: string, move: RuntimeMove])[] = [
  [
    "go1.",
    {
      handler: "bootstrap",
      note: "Build the program for Linux with the tag lambda.norpc, and call the file to run bootstrap: the new runtime runs that file, whatever the handler says. Upload it and change runtime and handler at once; between the two nothing runs.",
    },
  ],
  ["nodejs1", { note: oldSdk }],
  ["nodejs4", { note: oldSdk }],
  ["nodejs6", { note: oldSdk }],
  ["nodejs8", { note: oldSdk }],
  ["nodejs2", { note: "From nodejs24.x on a handler has to be async: the callback argument is gone." }],
  ["python2", { note: "Python 3 is another language: the code has to be ported first." }],
  ["python3", { note: "Packages with compiled parts have to be built again for the new version; python3.12 left out distutils and imp." }],
];

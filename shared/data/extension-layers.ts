/**
 * Layers by what they put beside the handler. An external extension may go on working after the handler has answered, inside the timeout: CloudWatch
 * counts that as PostRuntimeExtensionsDuration. Sources: Lambda developer guide ("Lambda extensions"; "AWS Lambda extensions partners"), and the layer
 * names that the vendors publish.
 */
export const extensionLayersAsOf = "2026-11-01";

/** Names of layers that hold an extension. */
export const extensionLayers: readonly RegExp[] = [
  /^Datadog-Extension/i,
  /^NewRelic/i,
  /^LambdaInsightsExtension/i,
  /^AWS-Parameters-and-Secrets-Lambda-Extension/i,
  /^AWS-AppConfig-Extension/i,
  /^(aws-otel|AWSOpenTelemetryDistro|opentelemetry)/i,
  /^Dynatrace/i,
  /^lumigo/i,
  /^Sentry/i,
  /^(elastic-apm-extension|SplunkExtension|splunk-apm|sumologic-extension|coralogix-extension|Thundra|honeycomb|axiom-extension|vault-lambda-extension)/i,
];

/** Names of layers that hold libraries only, and so need not be asked about. */
export const libraryLayers: readonly RegExp[] = [
  /^AWSLambdaPowertools/i,
  /^AWSSDKPandas/i,
  /^AWSDataWrangler/i,
  /^Klayers-/i,
  /^LambdaAdapterLayer/i,
];

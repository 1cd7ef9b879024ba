import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { judgeUnused, unusedRemediation, unusedRule, unusedTitle } from "../unused-resource.ts";

/** A GraphQL API without a request, a connection or a subscription for months. */
export const unusedGraphqlApi = resourceRule({
  ...unusedRule,
  id: "appsync/unused-api",
  summary: "a GraphQL API was not called for months",
  why: "An API that nobody calls any more is still a way to the functions and tables behind it, and nobody watches it.",
  needs: ["resource-usage:own"],
  gone: ["appsync"],
  types: ["AWS::AppSync::GraphQLApi"],
  references: ["https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html"],

  judge: judgeUnused,

  word(evidence, resource) {
    const options = { "api-id": resource.arn.split("/").at(-1) ?? "", region: resource.region };
    const schema = `${awsCommand("appsync", "get-introspection-schema", { ...options, format: "SDL" })} schema.graphql`;
    const advice = "Keep its schema (first command), then delete it.";
    return {
      title: unusedTitle("GraphQL API", "called", evidence, resource),
      remediation: unusedRemediation(evidence, advice, [schema, awsCommand("appsync", "delete-graphql-api", options)]),
    };
  },
});

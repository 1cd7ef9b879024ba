/** How a type is called by people: `queue`, `REST API`. */

const special: Readonly<Record<string, string>> = {
  outside: "outside",
  service: "AWS service",
  address: "address",
  "AWS::ApiGateway::RestApi": "REST API",
  "AWS::ApiGateway::Method": "REST method",
  "AWS::ApiGatewayV2::Api": "HTTP API",
  "AWS::ApiGatewayV2::Route": "HTTP route",
  "AWS::AppSync::GraphQLApi": "GraphQL API",
  "AWS::Lambda::Url": "function URL",
  "AWS::Lambda::LayerVersion": "layer",
  "AWS::EC2::VPC": "VPC",
  "AWS::IoT::TopicRule": "IoT rule",
  "AWS::ECR::Repository": "image repository",
  "AWS::CloudFormation::Stack": "stack",
};

/** One of the type, in lower case: the last part of its CloudFormation type where nothing better is known. */
export function typeWord(type: string): string {
  const last = type.split("::").at(-1) ?? type;
  return special[type] ?? last.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}

/** `37 queues`, `1 policy`. */
export function typeCount(number: number, type: string): string {
  const word = typeWord(type);
  return `${number.toLocaleString("en-US")} ${number === 1 ? word : plural(word)}`;
}

/** Several of it. */
export function typePlural(type: string): string {
  return plural(typeWord(type));
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, "ies");
  return /(s|x|ch)$/.test(word) ? `${word}es` : `${word}s`;
}

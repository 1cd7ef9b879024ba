/** APIs of API Gateway as the collectors read them, trimmed of everything that no relation, rule or person needs. */

/** Where an API lives. */
export interface Place {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  readonly now: Date;
}

export interface IntegrationRead {
  /** `AWS`, `AWS_PROXY`, `HTTP`, `HTTP_PROXY`, `MOCK`. */
  readonly type: string;
  readonly uri?: string;
  /** HTTP APIs: `SQS-SendMessage` and its like. */
  readonly subtype?: string;
  readonly throughVpcLink: boolean;
  /** REST: the VPC link, whose load balancers answer. */
  readonly vpcLinkId?: string;
  /** REST: the load balancer behind a VPC link of the second version. */
  readonly targetArn?: string;
  readonly credentialsArn?: string;
  /** How long the API waits for an answer; absent: the service's default. */
  readonly timeoutMs?: number;
  readonly waits: boolean;
  /** Names of what an AWS integration acts on, as IntegrationReferences. */
  readonly names: Readonly<Record<string, string>>;
}

export interface RouteRead {
  /** HTTP verb or `ANY`; absent for WebSocket routes and `$default`. */
  readonly verb?: string;
  /** Path as written (`/orders/{id}`), or the route key of a WebSocket route. */
  readonly path: string;
  /** Resource id (REST) or route id. */
  readonly id: string;
  /** As API Gateway says it: `NONE`, `AWS_IAM`, `COGNITO_USER_POOLS`, `CUSTOM`, `JWT`. */
  readonly authorization: string;
  readonly authorizerId?: string;
  readonly apiKeyRequired: boolean;
  readonly integration?: IntegrationRead;
}

export interface StageRead {
  readonly name: string;
  /** Only variables that an integration uses. */
  readonly variables: Readonly<Record<string, string>>;
  readonly webAclArn?: string;
  /** REST: answers are kept for callers to come, with or without encryption; absent where none are. */
  readonly cache?: "encrypted" | "plain";
}

export interface AuthorizerRead {
  readonly id: string;
  readonly name: string;
  /** `TOKEN`, `REQUEST`, `COGNITO_USER_POOLS` or `JWT`. */
  readonly type: string;
  /** Invocation ARN of the function that decides. */
  readonly functionUri?: string;
  readonly userPoolArns: readonly string[];
  readonly issuer?: string;
}

/** What is read of one API, on the rotation. */
export interface ApiRead {
  readonly routes: readonly RouteRead[];
  readonly stages: readonly StageRead[];
  readonly authorizers: readonly AuthorizerRead[];
}

/** What the list says of one API. */
export interface ApiListed {
  readonly id: string;
  readonly name: string;
  readonly protocol: "REST" | "HTTP" | "WEBSOCKET";
  readonly createdAt?: string;
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** REST only: resource policy as answered. */
  readonly policy?: string;
  readonly isPrivate: boolean;
  readonly endpointTypes: readonly string[];
  readonly defaultEndpointOff: boolean;
}

/** A custom domain and the APIs that its mappings lead to. */
export interface ApiDomain {
  readonly arn: string;
  readonly name: string;
  readonly mutualTls: boolean;
  readonly endpointTypes: readonly string[];
  readonly apiIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The names of the stage variables in a text: `${stageVariables.fn}` in URIs, `$stageVariables.fn` in templates. */
export function stageVariablesIn(text: string): string[] {
  return [...text.matchAll(/stageVariables(?:\.|\[['"])([A-Za-z0-9_]+)/g)].map(([, name]) => name ?? "");
}

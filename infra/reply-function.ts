import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { CfnCustomAction } from "aws-cdk-lib/aws-chatbot";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { FunctionUrlAuthType, InvokeMode } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { ConfigurationError } from "./configuration.ts";
import { functionCode } from "./function-code.ts";

interface ReplyProps {
  readonly settings: string;
  readonly table: TableV2;
  readonly environment: Readonly<Record<string, string>>;
}

/** What Amazon Q Developer in chat applications takes as the command of a button. */
const longestCommand = 100;

/**
 * Takes answers: by links of messages, and by a button in chat. Its URL is open to everybody, for whoever gets a mail need not be able to sign
 * requests; instead each link carries a signed token that expires, which is looked at before anything else is asked. Off by default.
 */
export class ReplyFunction extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: ReplyProps) {
    super(scope, id);
    const key = new Secret(this, "Key", {
      description: "Small Target: signs the links by which owners answer",
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(key).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "A new key would make the links of sent messages void; they expire by themselves, and whoever has the key can answer questions only.",
    });
    const logGroup = new LogGroup(this, "Logs", { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: "Small Target: writes answers of owners to its own table",
    });
    const policy = this.#allow(role, logGroup, key, props);
    this.function = new NodejsFunction(this, "Function", {
      // the command of a button has room for a short name only
      functionName: `${Stack.of(this).stackName}-reply`,
      description: "Small Target: takes answers by reply links and the snooze button in chat",
      ...functionCode(this, "reply.ts", props.settings),
      memorySize: 256,
      timeout: Duration.seconds(20),
      role,
      logGroup,
      environment: { TABLE_NAME: props.table.tableName, REPLY_KEY_ARN: key.secretArn, ...props.environment },
    });
    this.function.node.addDependency(policy);
    const url = this.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE, invokeMode: InvokeMode.BUFFERED });
    this.#button();
    const output = (name: string, value: string, description: string) => new CfnOutput(Stack.of(this), name, { value, description });
    output("ReplyUrl", url.url, "Where reply links lead");
    output("ReplyKeyArn", key.secretArn, "Signs reply links: smalltarget ask reads it");
  }

  #allow(role: Role, logGroup: LogGroup, key: Secret, { table }: ReplyProps): Policy {
    const allow = (sid: string, actions: string[], resources: string[], conditions?: object) =>
      new PolicyStatement({ sid, actions, resources, ...(conditions ? { conditions } : {}) });
    const { account } = Stack.of(this);
    const indexes = ["byId", "byState"].map((name) => `${table.tableArn}/index/${name}`);
    const ownersOnly = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [`OWNER#${account}`] } };
    return new Policy(this, "Policy", {
      roles: [role],
      statements: [
        allow("OwnTable", ["dynamodb:GetItem", "dynamodb:PutItem"], [table.tableArn]),
        // an owner that was named by hand is taken back; nothing else is ever deleted
        allow("OwnOwners", ["dynamodb:DeleteItem"], [table.tableArn], ownersOnly),
        allow("OwnTableQueries", ["dynamodb:Query"], [table.tableArn, ...indexes]),
        allow("OwnKey", ["secretsmanager:GetSecretValue"], [key.secretArn]),
        allow("OwnLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]),
      ],
    });
  }

  /** Under messages about a finding, where chat is connected to the topic. A chat channel's own role and guardrails say whether it may. */
  #button(): void {
    const { stackName, region } = Stack.of(this);
    const commandText = `lambda invoke --function-name ${stackName}-reply --payload {"id":"$id"} --region ${region}`;
    // the name of a Region is put in by CloudFormation where the stack is for any: the longest has 14 characters
    const length = commandText.replace(region, "ap-southeast-1").length;
    if (length > longestCommand) {
      throw new ConfigurationError(
        `replies: the stack's name ${stackName} is ${length - longestCommand} characters too long for the command of a button in chat, which takes ${longestCommand}`,
      );
    }
    new CfnCustomAction(this, "Snooze", {
      actionName: `${stackName}-snooze`,
      definition: { commandText },
      attachments: [
        {
          notificationType: "Custom",
          buttonText: "Snooze for 7 days",
          criteria: [{ operator: "HAS_VALUE", variableName: "id" }],
          variables: { id: "event.metadata.additionalContext.findingId" },
        },
      ],
    });
  }
}

import { functionRule } from "../../model/rule.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import { awsCommand, shellQuote, stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";

type Secret = NonNullable<FunctionConfiguration["environmentSecrets"]>[number];

/**
 * A secret in plain text among the environment variables. HIGH where the value itself has the shape of one: a key, a token, an address
 * with its password. MEDIUM where only the variable's name says so. Which shapes: aws/secret-shapes.ts.
 */
export const readableSecretInEnvironment = functionRule({
  id: "lambda/readable-secret-in-environment",
  subject: "function",
  summary: "a password, key or token stands readable among the environment variables of a function",
  why: "Whoever may list functions reads it in the console, in deployment tools and in their logs, and so does every library in the function; it is changed only by a deployment. Secrets Manager and Parameter Store hold it for this one function, and say who read it.",
  needs: [],
  gone: ["functions:listed"],
  usageBased: false,
  severities: [
    { severity: "HIGH", when: "a value has the shape of a key or token, or is an address with a password in it" },
    { severity: "MEDIUM", when: "only the name of a variable speaks of a secret, and its value could be one" },
  ],
  settings: {
    allowedNames: { default: [] as readonly string[], meaning: "names of variables that hold no secret, whatever they look like" },
  },
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html"],

  judge({ facts, configuration }, { settings }) {
    if (configuration.environmentUnread) return { answer: "unknown", why: "its environment variables could not be read" };
    const found = (configuration.environmentSecrets ?? []).filter(({ name }) => !settings.allowedNames.includes(name));
    if (found.length === 0) return { answer: "clear" };
    const certain = found.some(({ by }) => by === "value");
    return {
      answer: "hit",
      severity: certain ? "HIGH" : "MEDIUM",
      confidence: certain ? "high" : "medium",
      materialKey: found.map(words).toSorted().join("|"),
      evidence: {
        variables: found.map(({ name }) => name),
        kinds: found.map(words),
        ...(facts.stack ? { stack: facts.stack.name, logicalId: facts.stack.logicalId ?? null } : {}),
      },
    };
  },

  word(evidence, { name, region }) {
    const variables = Array.isArray(evidence.variables) ? evidence.variables : [];
    const kinds = Array.isArray(evidence.kinds) ? evidence.kinds : [];
    const keep = variables.map((variable) => {
      const value = awsCommand("lambda", "get-function-configuration", {
        "function-name": name,
        region,
        query: `Environment.Variables."${variable.replaceAll(/["\\]/g, "")}"`,
        output: "text",
      });
      return `aws secretsmanager create-secret --name ${shellQuote(`${name}/${variable}`)} --region ${region} --secret-string "$(${value})"`;
    });
    const inStack = stackAdvice(
      text(evidence.stack) || undefined,
      text(evidence.logicalId) || undefined,
      "take the variable out, and give the function's role secretsmanager:GetSecretValue on the secret,",
    );
    return {
      title: `${name} keeps ${variables.length === 1 ? "a secret" : `${variables.length} secrets`} readable in its environment: ${kinds.join(", ")}`,
      remediation: {
        text: `${inStack}Put the value into Secrets Manager as below (the command does not show it), let the code read it from there, then take the variable out. Change the secret itself afterwards: it stands in old versions of the function, in CloudFormation and in whatever deployed it. Where the variable holds no secret, name it in the rule's setting allowedNames.`,
        commands: keep,
      },
    };
  },
});

function words({ name, kind, by }: Secret): string {
  return by === "value" ? `${name} (${kind})` : name;
}

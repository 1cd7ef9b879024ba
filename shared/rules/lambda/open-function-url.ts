import { resourceRule } from "../../model/rule.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { at, clearUnlessUnread, functionTypes, removalCommands, statementEvidence, statementsOfKind } from "../function-statements.ts";

/**
 * A function URL with AuthType NONE whose policy lets everybody in. HIGH: Lambda checks nothing, and no firewall, quota or
 * authorizer stands before such a URL. MEDIUM while the function is switched off (reserved concurrency 0): every call is refused
 * until somebody raises that.
 */
export const openFunctionUrl = resourceRule({
  id: "lambda/open-function-url",
  subject: "resource",
  summary: "anybody on the internet may call a function by its URL",
  why: "Whoever finds the address can run the function as often as they like, with any input, at your cost: Lambda asks for no authentication, and neither a firewall nor a rate limit can be put before it.",
  needs: ["lambda-access:own"],
  gone: ["functions:listed"],
  types: functionTypes,
  usageBased: false,
  severities: [
    { severity: "HIGH", when: "AuthType is NONE, and the policy lets everybody in" },
    { severity: "MEDIUM", when: "so, but the function is switched off by a reserved concurrency of 0" },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"],

  judge({ resource, incoming, resourceOf, functionOf }) {
    const open = incoming
      .map(({ from }) => resourceOf(from))
      .filter((from) => from?.type === "AWS::Lambda::Url" && from.details?.open === true);
    if (open.length === 0) return clearUnlessUnread(resource, /^(policy|aliases|urls)/);
    const switchedOff = functionOf(resource.arn)?.activity === "switched-off";
    const urls = open.flatMap((url) => url?.arn ?? []).toSorted();
    return {
      answer: "hit",
      severity: switchedOff ? "MEDIUM" : "HIGH",
      confidence: "high",
      materialKey: urls.join("|"),
      evidence: {
        ...statementEvidence(statementsOfKind(resource, "openUrlStatements") ?? [], resource),
        urls,
        qualifiers: open.map((url) => text(url?.details?.qualifier)),
        switchedOff,
        anyOrigin: open.some((url) => url?.details?.anyOrigin === true),
      },
    };
  },

  word(evidence, resource) {
    const qualifiers = Array.isArray(evidence.qualifiers) ? evidence.qualifiers : [];
    const close = qualifiers.map((qualifier) =>
      awsCommand("lambda", "update-function-url-config", {
        "function-name": resource.name,
        ...at(qualifier),
        "auth-type": "AWS_IAM",
        region: resource.region,
      }),
    );
    const off = evidence.switchedOff ? ", while it is switched off" : "";
    const inStack = stackAdvice(
      text(evidence.stack) || undefined,
      text(evidence.logicalId) || undefined,
      "set AuthType of the URL to AWS_IAM",
    );
    return {
      title: `anybody on the internet may call ${resource.name} by its function URL${off}`,
      remediation: {
        text: `${inStack}If callers can sign their requests, set AuthType to AWS_IAM; NONE takes that back. For browsers, put CloudFront with origin access control, or an API with an authorizer, before it. If the URL is meant for everybody, check signatures in the code and limit reserved concurrency. Then take the public statements out of the policy, once you have kept a copy of it.`,
        commands: [...close, ...removalCommands(evidence, resource)],
      },
    };
  },
});

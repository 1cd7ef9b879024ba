/**
 * Known ways by which who may do a little gets to do more: what each takes, and what it is aimed at. Ids, categories and required permissions
 * are those of pathfinding.cloud (DataDog, Apache-2.0, see NOTICE); one is our own, and how the target is found is.
 */

/** When the paths were last compared with their source. */
export const escalationPathsAsOf = "2026-11-27";

/**
 * What makes the path one. `pass`: a role that trusts the service is given to something new; `existing`: something there is taken over that
 * runs with a role trusting the service; `function`: a function is taken over. The others are about principals:
 * `assume`: a role is taken; `retrust`: its trust is rewritten; `own-role`, `own-user`, `own-group`: the caller itself is raised;
 * `assumable-role`, `retrusted-role`: a role is raised, then taken; `own-policy`, `own-policy-version`: a policy that the caller has gets
 * another text; `policy-of-assumable`, `policy-of-retrusted`: one of a role that is then taken; `user`: the keys of a stronger user;
 * `raised-user`: a user is raised, then has keys; `group`: a stronger group is joined.
 */
export type EscalationKind =
  | "pass"
  | "existing"
  | "function"
  | "assume"
  | "retrust"
  | "own-role"
  | "own-user"
  | "own-group"
  | "assumable-role"
  | "retrusted-role"
  | "own-policy"
  | "own-policy-version"
  | "policy-of-assumable"
  | "policy-of-retrusted"
  | "user"
  | "raised-user"
  | "group";

export interface EscalationPath {
  readonly id: string;
  readonly kind: EscalationKind;
  /** What it takes beside the permission that is aimed at the target. */
  readonly permissions: readonly string[];
  /** For `pass` and `existing`: the service that the role has to trust. */
  readonly service?: string;
  /** Types of resources on one of which the permissions have to be allowed, beside those that AWS asks for anyway. */
  readonly on?: readonly string[];
}

const passing = (id: string, service: string, ...permissions: string[]): EscalationPath => {
  return { id, kind: "pass", service: `${service}.amazonaws.com`, permissions: ["iam:PassRole", ...permissions] };
};
const taking = (id: string, service: string, ...permissions: string[]): EscalationPath => {
  return { id, kind: "existing", service: `${service}.amazonaws.com`, permissions };
};
const aiming = (id: string, kind: EscalationKind, ...permissions: string[]): EscalationPath => ({ id, kind, permissions });

export const escalationPaths: readonly EscalationPath[] = [
  passing("apprunner-001", "tasks.apprunner", "apprunner:CreateService"),
  taking("apprunner-002", "tasks.apprunner", "apprunner:UpdateService"),
  passing(
    "bedrock-001",
    "bedrock-agentcore",
    "bedrock-agentcore:CreateCodeInterpreter",
    "bedrock-agentcore:StartCodeInterpreterSession",
    "bedrock-agentcore:InvokeCodeInterpreter",
  ),
  taking("bedrock-002", "bedrock-agentcore", "bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"),
  passing("cloudformation-001", "cloudformation", "cloudformation:CreateStack"),
  taking("cloudformation-002", "cloudformation", "cloudformation:UpdateStack"),
  passing("cloudformation-003", "cloudformation", "cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"),
  passing("cloudformation-004", "cloudformation", "cloudformation:UpdateStackSet"),
  taking("cloudformation-005", "cloudformation", "cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"),
  passing("codebuild-001", "codebuild", "codebuild:CreateProject", "codebuild:StartBuild"),
  taking("codebuild-002", "codebuild", "codebuild:StartBuild"),
  taking("codebuild-003", "codebuild", "codebuild:StartBuildBatch"),
  passing("codebuild-004", "codebuild", "codebuild:CreateProject", "codebuild:StartBuildBatch"),
  passing(
    "datapipeline-001",
    "datapipeline",
    "datapipeline:CreatePipeline",
    "datapipeline:PutPipelineDefinition",
    "datapipeline:ActivatePipeline",
  ),
  passing("ec2-001", "ec2", "ec2:RunInstances"),
  taking("ec2-002", "ec2", "ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"),
  passing("ec2-003", "ec2", "ec2:RequestSpotInstances"),
  taking("ec2-004", "ec2", "ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"),
  taking("ec2instanceconnect-003", "ec2", "ec2-instance-connect:SendSSHPublicKey", "ec2:DescribeInstances"),
  passing("ecs-001", "ecs-tasks", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
  passing("ecs-002", "ecs-tasks", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
  passing("ecs-003", "ecs-tasks", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
  passing("ecs-004", "ecs-tasks", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
  passing("ecs-005", "ecs-tasks", "ecs:RegisterTaskDefinition", "ecs:StartTask"),
  passing("glue-001", "glue", "glue:CreateDevEndpoint"),
  taking("glue-002", "glue", "glue:UpdateDevEndpoint"),
  passing("glue-003", "glue", "glue:CreateJob", "glue:StartJobRun"),
  passing("glue-004", "glue", "glue:CreateJob", "glue:CreateTrigger"),
  passing("glue-005", "glue", "glue:UpdateJob", "glue:StartJobRun"),
  passing("glue-006", "glue", "glue:UpdateJob", "glue:CreateTrigger"),
  aiming("iam-001", "own-policy", "iam:CreatePolicyVersion"),
  aiming("iam-002", "user", "iam:CreateAccessKey"),
  aiming("iam-003", "user", "iam:CreateAccessKey", "iam:DeleteAccessKey"),
  aiming("iam-004", "user", "iam:CreateLoginProfile"),
  aiming("iam-005", "own-role", "iam:PutRolePolicy"),
  aiming("iam-006", "user", "iam:UpdateLoginProfile"),
  aiming("iam-007", "own-user", "iam:PutUserPolicy"),
  aiming("iam-008", "own-user", "iam:AttachUserPolicy"),
  aiming("iam-009", "own-role", "iam:AttachRolePolicy"),
  aiming("iam-010", "own-group", "iam:AttachGroupPolicy"),
  aiming("iam-011", "own-group", "iam:PutGroupPolicy"),
  aiming("iam-012", "retrust", "iam:UpdateAssumeRolePolicy"),
  aiming("iam-013", "group", "iam:AddUserToGroup"),
  aiming("iam-014", "assumable-role", "iam:AttachRolePolicy", "sts:AssumeRole"),
  aiming("iam-015", "raised-user", "iam:AttachUserPolicy", "iam:CreateAccessKey"),
  aiming("iam-016", "policy-of-assumable", "iam:CreatePolicyVersion", "sts:AssumeRole"),
  aiming("iam-017", "assumable-role", "iam:PutRolePolicy", "sts:AssumeRole"),
  aiming("iam-018", "raised-user", "iam:PutUserPolicy", "iam:CreateAccessKey"),
  aiming("iam-019", "retrusted-role", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"),
  aiming("iam-020", "policy-of-retrusted", "iam:CreatePolicyVersion", "iam:UpdateAssumeRolePolicy"),
  aiming("iam-021", "retrusted-role", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"),
  // not in the source: a version of a policy that is not in force is put in force
  aiming("iam-set-default-policy-version", "own-policy-version", "iam:SetDefaultPolicyVersion"),
  passing("lambda-001", "lambda", "lambda:CreateFunction", "lambda:InvokeFunction"),
  passing("lambda-002", "lambda", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
  aiming("lambda-003", "function", "lambda:UpdateFunctionCode"),
  aiming("lambda-004", "function", "lambda:UpdateFunctionCode", "lambda:InvokeFunction"),
  aiming("lambda-005", "function", "lambda:UpdateFunctionCode", "lambda:AddPermission"),
  passing("lambda-006", "lambda", "lambda:CreateFunction", "lambda:AddPermission"),
  passing("sagemaker-001", "sagemaker", "sagemaker:CreateNotebookInstance"),
  passing("sagemaker-002", "sagemaker", "sagemaker:CreateTrainingJob"),
  passing("sagemaker-003", "sagemaker", "sagemaker:CreateProcessingJob"),
  taking("sagemaker-004", "sagemaker", "sagemaker:CreatePresignedNotebookInstanceUrl"),
  taking(
    "sagemaker-005",
    "sagemaker",
    "sagemaker:CreateNotebookInstanceLifecycleConfig",
    "sagemaker:StopNotebookInstance",
    "sagemaker:UpdateNotebookInstance",
    "sagemaker:StartNotebookInstance",
  ),
  { ...taking("ssm-001", "ec2", "ssm:StartSession"), on: ["instance", "managed-instance"] },
  { ...taking("ssm-002", "ec2", "ssm:SendCommand"), on: ["instance", "managed-instance"] },
  aiming("sts-001", "assume", "sts:AssumeRole"),
];

/**
 * Calls that ask nothing of a role: they carry the token of a user, or no proof of who calls. Source: operations of botocore's models that are marked
 * as not signed (`authtype: none`), and the pages of sts on GetCallerIdentity and GetSessionToken, as of 2026-11-27.
 */
import type { OperationRows } from "../model/action-use.ts";

/** Day on which it was last compared with its source. */
export const permissionlessCallsAsOf = "2026-11-27";

/** Rows of operations that need no permission. @param operations separated by blanks */
export function permissionless(operations: string): OperationRows {
  return Object.fromEntries(operations.split(" ").map((operation) => [operation, []]));
}

/** By client or prefix. */
export const unsignedCalls: Readonly<Record<string, OperationRows>> = {
  sso: permissionless("GetRoleCredentials ListAccountRoles ListAccounts Logout"),
  "sso-oauth": permissionless("CreateToken RegisterClient StartDeviceAuthorization"),
  "cognito-identity": permissionless("GetCredentialsForIdentity GetId GetOpenIdToken UnlinkIdentity"),
  "cognito-idp": permissionless(
    "AssociateSoftwareToken ChangePassword CompleteWebAuthnRegistration ConfirmDevice ConfirmForgotPassword ConfirmSignUp DeleteUser DeleteUserAttributes DeleteWebAuthnCredential ForgetDevice ForgotPassword GetDevice GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode GetUserAuthFactors GlobalSignOut InitiateAuth ListDevices ListUserSessions ListWebAuthnCredentials ResendConfirmationCode RespondToAuthChallenge RevokeToken RevokeUserSession SetUserMFAPreference SetUserSettings SignUp StartWebAuthnRegistration UpdateAuthEventFeedback UpdateDeviceStatus UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute",
  ),
  connectparticipant: permissionless("CreateParticipantConnection DisconnectParticipant GetTranscript SendEvent SendMessage GetAttachment"),
};

/** What people put into environment variables and inputs. None of it may be in the recording; a test looks. */
export const secrets = {
  providerKey: "fernhill-not-a-real-provider-key-5e0c",
  signing: "fernhill-not-a-real-signing-secret-b771",
  password: "fernhill-not-a-real-password-09ad",
  chatWebhook: "https://chat.example.com/hooks/fernhill-not-a-real-webhook-c4f2",
  warmerToken: "fernhill-not-a-real-warmer-token-7713",
} as const;

import type { AccountPlan } from "../account-plan.ts";
import { everyDay, onDays } from "../rhythm.ts";
import { inStack, node, owned, untimed } from "./habits.ts";
import { secrets } from "./secrets.ts";

/** What customers see. Their template gave 900 seconds to whatever names no timeout. */
export const shop: AccountPlan = {
  functions: [
    {
      ...node,
      name: "search-api",
      timeoutSeconds: 6,
      memoryMb: 1024,
      tags: { ...owned("shop"), ...inStack("shop-web", "SearchApi") },
      deployedDaysAgo: 9,
      use: everyDay("search-api", { from: 170, runs: 5200, typicalMs: 420, longestMs: 2350, longestDaysAgo: 64 }),
    },
    {
      // nobody has called it since the search page was rebuilt, but a rule keeps it warm
      ...node,
      name: "search-suggest",
      timeoutSeconds: 3,
      tags: { ...owned("shop"), ...inStack("shop-web", "SuggestFunction") },
      deployedDaysAgo: 140,
      use: everyDay("search-suggest", { from: 90, runs: 288, typicalMs: 4, longestMs: 7, longestDaysAgo: 33 }).map((day) => ({
        ...day,
        runs: day.daysAgo === 0 ? 114 : 288,
      })),
    },
    {
      ...node,
      name: "user-profile-api",
      runtime: "nodejs20.x",
      timeoutSeconds: 10,
      tags: { ...owned("shop"), ...inStack("accounts", "ProfileApi") },
      deployedDaysAgo: 280,
      use: everyDay("user-profile-api", { from: 120, runs: 1900, typicalMs: 260, longestMs: 2900, longestDaysAgo: 88 }),
    },
    {
      ...node,
      name: "thumbnails",
      tags: { ...owned("shop"), ...inStack("media", "Thumbnails") },
      deployedDaysAgo: 75,
      use: everyDay("thumbnails", { from: 140, runs: 210, typicalMs: 340, longestMs: 1800, longestDaysAgo: 21 }),
    },
    {
      ...node,
      name: "product-feed",
      tags: { ...owned("shop"), ...inStack("feeds", "ProductFeed") },
      deployedDaysAgo: 190,
      use: everyDay("product-feed", { from: 190, runs: 24, typicalMs: 9000, longestMs: 35_000, longestDaysAgo: 130 }),
    },
    {
      ...node,
      name: "session-cleanup",
      tags: { ...owned("shop"), ...inStack("accounts", "SessionCleanup") },
      deployedDaysAgo: 280,
      use: everyDay("session-cleanup", { from: 100, runs: 24, typicalMs: 1200, longestMs: 6100, longestDaysAgo: 47 }),
    },
    {
      ...node,
      name: "notify-email",
      timeoutSeconds: 30,
      tags: { ...owned("shop"), ...inStack("notifications", "Email") },
      environment: { SMTP_PASSWORD: secrets.password },
      deployedDaysAgo: 50,
      use: everyDay("notify-email", { from: 130, runs: 700, typicalMs: 1500, longestMs: 9200, longestDaysAgo: 15 }),
    },
    {
      ...node,
      name: "review-moderation",
      tags: owned("shop"),
      deployedDaysAgo: 66,
      use: everyDay("review-moderation", { from: 66, runs: 40, typicalMs: 2300, longestMs: 8800, longestDaysAgo: 31, workdays: true }),
    },
    {
      // paused on purpose until the provider of reviews has settled its prices
      ...node,
      name: "product-reviews-sync",
      timeoutSeconds: 120,
      tags: { ...owned("shop"), ...inStack("feeds", "ReviewsSync") },
      deployedDaysAgo: 150,
      use: everyDay("product-reviews-sync", { from: 200, to: 121, runs: 60, typicalMs: 8000, longestMs: 31_000, longestDaysAgo: 140 }),
    },
    {
      // switched off after the last experiment
      ...node,
      name: "ab-test-assign",
      timeoutSeconds: 3,
      reservedConcurrency: 0,
      tags: owned("shop"),
      deployedDaysAgo: 260,
      use: everyDay("ab-test-assign", { from: 240, to: 141, runs: 2600, typicalMs: 35, longestMs: 410, longestDaysAgo: 160 }),
    },
    {
      // made yesterday: nothing to say about it yet
      ...node,
      name: "gift-cards-api",
      timeoutSeconds: 10,
      tags: { ...owned("shop"), ...inStack("gift-cards", "Api") },
      deployedDaysAgo: 1,
    },
    {
      ...node,
      name: "shop-web-BucketNotificationsHandler050a0587b7544547bf325f-Zt3n",
      runtime: "python3.13",
      timeoutSeconds: 300,
      description: 'AWS CloudFormation handler for "Custom::S3BucketNotifications" resources (@aws-cdk/aws-s3)',
      tags: { ...owned("shop"), ...inStack("shop-web", "BucketNotificationsHandler050a0587b7544547bf325f094a3db834RoleB6FB88EC") },
      deployedDaysAgo: 160,
      use: onDays([290, 160], 1, [2900, 3100]),
    },
    {
      ...node,
      name: "shop-web-LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a-8Kq2LxW0a",
      timeoutSeconds: 900,
      tags: { ...owned("shop"), ...inStack("shop-web", "LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A") },
      deployedDaysAgo: 160,
      use: onDays([290, 160, 97], 6, [2200, 1900, 2600]),
    },
  ],
  queues: [
    { name: "emails", visibilitySeconds: 180, feeds: "notify-email", tags: owned("shop") },
    {
      // the provider goes on sending a few a week; they are gone after four days
      name: "review-updates",
      visibilitySeconds: 720,
      feeds: "product-reviews-sync",
      enabled: false,
      use: onDays([75, 68, 61, 54, 47, 40, 33, 26, 19, 12, 5], 3, [0]),
      tags: owned("shop"),
    },
  ],
  rules: [
    {
      name: "keep-suggest-warm",
      starts: "search-suggest",
      schedule: "rate(5 minutes)",
      input: JSON.stringify({ warmer: true, token: secrets.warmerToken }),
    },
    { name: "feed-hourly", starts: "product-feed", schedule: "rate(1 hour)" },
    { name: "sessions-hourly", starts: "session-cleanup", schedule: "rate(1 hour)" },
  ],
  apis: [
    {
      // anybody may read products and order. That anybody may refund, too, was meant for a week, until the support desk could sign in
      name: "shop-api",
      stage: "prod",
      createdDaysAgo: 290,
      tags: { ...owned("shop"), ...inStack("shop-web", "ShopApi") },
      routes: [
        { verb: "GET", path: "/products", starts: "search-api" },
        { verb: "POST", path: "/orders", starts: "orders-api" },
        { verb: "OPTIONS", path: "/orders" },
        { verb: "POST", path: "/admin/refunds", starts: "refund-processor" },
        { verb: "GET", path: "/profile", starts: "user-profile-api", authorization: "AWS_IAM" },
      ],
      use: everyDay("shop-api", { from: 170, runs: 7500, ...untimed }),
    },
  ],
  buckets: [
    {
      // pictures of customers' plants go straight from the browser into it
      name: "fernhill-uploads",
      createdDaysAgo: 230,
      tags: owned("shop"),
      everybodyMay: ["s3:PutObject"],
      notifies: "thumbnails",
      use: everyDay("fernhill-uploads", { from: 60, runs: 52_000, ...untimed }),
    },
    {
      name: "fernhill-website",
      createdDaysAgo: 402,
      tags: owned("shop"),
      everybodyMay: ["s3:GetObject"],
      website: true,
      use: everyDay("fernhill-website", { from: 60, runs: 640, ...untimed }),
    },
  ],
  rolePolicies: [
    { role: "shop-lambda", name: "for-now", statements: [{ actions: ["dynamodb:*", "s3:*", "sqs:*"], resources: ["*"] }], unused: ["sqs"] },
  ],
};

/**
 * Methods of interfaces that frameworks call on classes with a decorator: hooks of the life cycle, guards, interceptors, pipes, filters, middleware and
 * gateways of NestJS 11, handlers of its package cqrs 11, and what validators and workers implement (28 November 2026).
 */
export const calledByFrameworks: readonly string[] = [
  "onModuleInit",
  "onModuleDestroy",
  "onApplicationBootstrap",
  "beforeApplicationShutdown",
  "onApplicationShutdown",
  "configure",
  "canActivate",
  "intercept",
  "transform",
  "catch",
  "use",
  "afterInit",
  "handleConnection",
  "handleDisconnect",
  "execute",
  "handle",
  "validate",
  "process",
  "run",
];

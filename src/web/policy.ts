import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { KeyHolder, Person, Scope } from '../domain/actor.ts';
import { atLeast, type Role } from '../domain/role.ts';

/**
 * Who may use a route. `member` is a member of the workspace that the session looks at, with at least this role;
 * `operator` is whoever runs the instance, whatever they are in a workspace; `api` is a program with a key for this.
 */
export type Policy = 'public' | 'signed_in' | 'operator' | { member: Role } | { api: Scope };

/** Who asks, and whether they run this instance. */
export interface SignedIn extends Person {
  operator: boolean;
}

/** Where the built files are: everybody's. */
export const assetPrefix = '/assets/';

export interface RouteEntry {
  method: string;
  url: string;
  policy: Policy;
  /** See `FastifyContextConfig.machines`. */
  machines: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: Policy;
    /** Called by other people's machines: no session, no cookie, no token of a form. Each call proves itself. */
    machines?: true;
    /** The address itself lets whoever has it in, so that it stays out of the log. */
    secretAddress?: true;
  }
  interface FastifyInstance {
    /** Every route with who may use it. */
    routeTable: RouteEntry[];
  }
  interface FastifyRequest {
    /** Null while nobody is logged in. */
    actor: SignedIn | null;
    /** Whoever came with a key; null elsewhere than on routes for programs. */
    holder: KeyHolder | null;
  }
}

/** Makes a route without a policy an error at start, and holds every request to its route's policy. */
export function enforcePolicies(server: FastifyInstance) {
  const table: RouteEntry[] = [];
  server.decorate('routeTable', table);
  server.addHook('onRoute', (route: RouteOptions) => {
    if (route.url.startsWith(assetPrefix)) route.config = { ...route.config, policy: 'public' };
    const policy = route.config?.policy;
    if (policy === undefined) throw new Error(`${String(route.method)} ${route.url} does not say who may use it`);
    const machines = route.config?.machines ?? false;
    for (const method of [route.method].flat()) table.push({ method, url: route.url, policy, machines });
  });
}

/** Programs come without a session and forge nothing: no cookie is read, no form's token asked for. */
export function isForMachines(config: { policy?: Policy; machines?: true }): boolean {
  return config.machines === true || scopeOf(config.policy) !== null;
}

/** What a key must be good for here; null where keys are not asked for. */
export function scopeOf(policy: Policy | undefined): Scope | null {
  return typeof policy === 'object' && 'api' in policy ? policy.api : null;
}

/** Sends away whoever may not use this route; true when somebody was. */
export function turnedAway(request: FastifyRequest, reply: FastifyReply): boolean {
  const policy = request.routeOptions.config.policy;
  // No route was found: the not-found page is everybody's.
  if (policy === undefined || policy === 'public') return false;
  const { actor } = request;
  if (!actor) {
    const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : '';
    void reply.redirect(`/login${next}`, 303);
    return true;
  }
  if (policy === 'operator') {
    if (actor.operator) return false;
    throw new OperatorOnlyError();
  }
  if (policy === 'signed_in' || ('member' in policy && atLeast(actor.role, policy.member))) return false;
  throw new ForbiddenError();
}

export class ForbiddenError extends Error {
  readonly statusCode = 403;
}

export class OperatorOnlyError extends Error {
  readonly statusCode = 403;
  readonly code = 'OPERATOR_ONLY';
}

/**
 * Whose forms a page has: of a session looking at one workspace, or of nobody in particular before logging in. A form that
 * was opened in one workspace must not land in another because the session looks elsewhere by now.
 */
export function formOwner(actor: SignedIn | null): string {
  return actor ? `${actor.sessionId} ${actor.workspaceId}` : 'nobody';
}

/** The actor of a route that nobody reaches without one. */
export function actorOf(request: FastifyRequest): SignedIn {
  if (!request.actor) throw new Error(`${request.url} was reached without an actor`);
  return request.actor;
}

/** The same of a route for programs. */
export function holderOf(request: FastifyRequest): KeyHolder {
  if (!request.holder) throw new Error(`${request.url} was reached without a key`);
  return request.holder;
}

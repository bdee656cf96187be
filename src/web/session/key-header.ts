import type { FastifyReply, FastifyRequest } from 'fastify';
import { allows, apiRateOf } from '../../billing/entitlements.ts';
import { admitKey } from '../../actions/keys/admit-key.ts';
import { createAllowance } from '../../actions/keys/allowance.ts';
import type { KeyHolder, Scope } from '../../domain/actor.ts';
import type { Deps } from '../../deps.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';

/** The key that a program sends along, and what it may still do with it. */
export interface KeyHeader {
  /** Who asks; throws when it is nobody, may not do this, or has to wait. */
  read(request: FastifyRequest, reply: FastifyReply, scope: Scope): Promise<KeyHolder>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Counts towards the posts that a key may make in an hour. */
    makesPosts?: true;
  }
}

/** Why a program is not let in, as its answer. */
export class KeyError extends Error {
  readonly statusCode: 401 | 403 | 429;
  constructor(statusCode: KeyError['statusCode'], message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

export function createKeyHeader(deps: Pick<Deps, 'store' | 'settings' | 'now' | 'config'>): KeyHeader {
  const allowance = createAllowance(deps.config.api);
  return {
    async read(request, reply, scope) {
      // Clients of Postiz send the key bare, everybody else as a bearer token.
      const key = request.headers.authorization?.trim().replace(/^bearer\s+/iu, '') ?? '';
      if (key === '') throw new KeyError(401, t.noKey);
      const holder = await admitKey(deps, key);
      if (!holder) throw new KeyError(401, t.badKey);
      const allowed = await allowance.take(holder.keyId, request.routeOptions.config.makesPosts ? 'create' : 'other');
      if (allowed) {
        const { ok, limit, remaining, reset } = allowed;
        for (const prefix of ['ratelimit', 'x-ratelimit']) void reply.headers({ [`${prefix}-limit`]: limit, [`${prefix}-remaining`]: remaining, [`${prefix}-reset`]: reset });
        if (!ok) {
          void reply.header('retry-after', reset);
          throw new KeyError(429, t.keyBusy(reset));
        }
      }
      const perHour = await apiRateOf(deps, holder.workspaceId);
      const planned = perHour === null ? null : await allowance.takePlanned(holder.workspaceId, perHour);
      if (planned?.ok === false) {
        void reply.header('retry-after', planned.reset);
        throw new KeyError(429, t.planBusy(planned.limit, planned.reset));
      }
      const over = await allows(deps, holder.workspaceId, { what: 'api', reading: scope === 'read' });
      if (over) throw new KeyError(403, over.message);
      if (!holder.scopes.includes(scope)) throw new KeyError(403, t.scopeMissing(scope));
      return holder;
    },
  };
}

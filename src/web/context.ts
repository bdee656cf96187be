import type { Sessions } from '../actions/sessions/sessions.ts';
import type { Allowance } from '../actions/sessions/allowance.ts';
import type { Throttle } from '../actions/sessions/throttle.ts';
import type { Deps } from '../deps.ts';
import type { Send } from '../lib/net-guard.ts';
import type { Tally } from '../lib/tally.ts';
import type { MediaUrls } from '../media/public-url.ts';
import type { Manifest } from './manifest.ts';
import type { SessionCookie } from './session/session-cookie.ts';

/** What every area of the web is given. */
export interface WebContext extends Deps {
  urls: MediaUrls;
  /** The way out for what a person asks to be fetched. */
  send: Send;
  /** How attempts ended since this process began, by network and outcome. */
  attempts: Tally;
  sessions: Sessions;
  sessionCookie: SessionCookie;
  throttle: Throttle;
  allowance: Allowance;
  manifest: Manifest;
  /** The script by which a clone runs subcommands, from anywhere; null where the program came without one, as an image. */
  script: string | null;
}

declare module 'fastify' {
  interface FastifyInstance {
    web: WebContext;
  }
}

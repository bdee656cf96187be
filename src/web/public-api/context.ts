import type { WriteDeps } from '../../actions/dialect/write-post.ts';
import type { WebContext } from '../context.ts';
import type { Policy } from '../policy.ts';

/** For routes that only look, and for those that change something. */
export const mayRead: { policy: Policy } = { policy: { api: 'read' } };
export const mayWrite: { policy: Policy } = { policy: { api: 'write' } };

/** What every call of the public API is given. */
export interface ApiContext extends WebContext, WriteDeps {
  publicUrl: string;
}

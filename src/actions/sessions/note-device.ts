import { browserOf } from '../../domain/people/agent.ts';
import { momentText } from '../../domain/promise/privacy.ts';
import type { Deps } from '../../deps.ts';
import { tokenHash } from '../../lib/secrets/tokens.ts';
import { queueMail } from '../mails/queue-mail.ts';

/** The browser that logs in: by the cookie it keeps, and as it calls itself. */
export interface Device {
  token: string;
  agent: string;
}

/** Notes the browser. One that this person never used before stands in the log of their workspaces, and they get a mail. */
export async function noteDevice(
  deps: Pick<Deps, 'store' | 'now' | 'settings' | 'config'>, user: { id: string; email: string }, { token, agent }: Device,
): Promise<void> {
  const { store, now } = deps;
  const id = tokenHash(`${token} ${user.id}`);
  const browser = browserOf(agent);
  // The mail first: after a death between the two the next log-in queues it once more, which is once.
  if ((await store.devices.standing(user.id, id)) === 'new') {
    await queueMail(deps, {
      kind: 'new_sign_in', event: `new-sign-in:${id}`, to: { email: user.email, userId: user.id },
      data: { browser, at: momentText(now()) },
    });
  }
  await store.devices.seen({ userId: user.id, now: now() }, { id, name: browser });
}

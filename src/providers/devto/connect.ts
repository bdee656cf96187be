import * as z from 'zod';
import { ProviderError, type FormConnect, type Io, type Target } from '../contract.ts';
import { call, user, type User } from './wire.ts';

/** The key does everything its owner may do, and does not expire. */
export const grant = z.object({ apiKey: z.string().min(1) });
export type Grant = z.infer<typeof grant>;

export const connect: FormConnect<Grant> = {
  kind: 'form',
  fields: [{ name: 'apiKey', label: 'API key', kind: 'password', required: true, help: 'Whoever has this key can write in your name, so it is kept sealed.' }],
  help: 'In Dev.to open Settings, then Extensions. Under DEV Community API Keys generate a key, copy it and paste it here.',
  async verify(input, io) {
    const apiKey = (input['apiKey'] ?? '').trim();
    // Anything else cannot stand in a header.
    if (!/^[\w-]{8,200}$/u.test(apiKey)) throw blame(apiKey === '' ? 'Paste the API key.' : 'This is not an API key of Dev.to. It has letters and digits only.');
    try {
      const me = await whoIs(apiKey, io);
      return { account: { id: me.id, name: nameOf(me) }, grant: { apiKey } };
    } catch (error) {
      if (error instanceof ProviderError && error.failure.kind === 'auth') throw blame('Dev.to does not know this API key. Copy it again, or make a new one.');
      throw error;
    }
  },
};

function blame(message: string) {
  return new ProviderError({ kind: 'rejected', code: 'apiKey', message, fix: 'Copy the API key from the settings of Dev.to.' });
}

async function whoIs(apiKey: string, io: Io): Promise<User> {
  return (await call(io, { method: 'GET', path: '/users/me', apiKey })).read(user);
}

function nameOf({ name, username }: User): string {
  return name?.trim() || username;
}

/** The account itself. Organisations cannot be listed: one would have to know their ids. */
export async function targets({ apiKey }: Grant, io: Io): Promise<Target[]> {
  const me = await whoIs(apiKey, io);
  return [{ remoteId: me.id, name: nameOf(me), handle: `@${me.username}`, url: `https://dev.to/${me.username}`, avatarUrl: me.profile_image ?? null }];
}

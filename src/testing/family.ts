import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { PlatformEvent } from '../domain/channels/platform-event.ts';
import { ProviderError, type Hook, type OAuthConnect, type Provider, type Setup } from '../providers/contract.ts';
import { plainProvider } from './plain.ts';

/** Where the app of the plain family signs its calls with. */
export const familySecret = 'a-secret-that-signs-calls';

export const familySetup: Setup = {
  id: 'plains', name: 'The Plains',
  settings: [
    { env: 'PLAINS_CLIENT_ID', label: 'App id', help: 'On the first page.', secret: false },
    { env: 'PLAINS_CLIENT_SECRET', label: 'App secret', help: 'Behind Show.', secret: true },
    { env: 'PLAINS_VERSION', label: 'Version', help: 'Leave it.', secret: false, fallback: 'v1' },
  ],
  cost: 'Free; a review takes two weeks.',
  approvalDays: 14,
  steps: ['Register {callback:plain} and {callback:plain-two}.', 'Name {url:/privacy} as the policy of {name}.'],
  console: { label: 'the console', url: 'https://console.plain.test/' },
  scopes: [{ scope: 'plain.publish', why: 'To publish what you schedule.' }, { scope: 'plain.profile', why: 'To show whose account it is.' }],
  addresses: [{ label: 'Deletion callback', path: '/hooks/plains/all' }],
  pulls: true,
  test: async (io) => {
    const answer = await io.http({ method: 'GET', url: 'https://plain.test/app', bearer: io.setting('PLAINS_CLIENT_SECRET') ?? '' });
    return `The Plains know the app ${answer.read(z.object({ name: z.string() })).name}.`;
  },
  review: {
    when: 'Only for accounts of others.', asks: ['A policy at {url}/privacy.'], texts: [{ title: 'Use of plain.publish', text: '{name} at {url} publishes.' }],
    screencast: ['Open {url}/login.'], pages: [{ label: 'Policy', path: '/privacy' }],
  },
  privacy: {
    kept: ['plain token', 'plain account id'], statements: ['The plain token is used for nothing else.'],
    revokeAt: { label: 'Connected apps of the Plains', url: 'https://plain.test/apps' }, links: [{ label: 'Terms of the Plains', url: 'https://plain.test/terms' }],
  },
};

/** Believes what is signed with the app's secret; the body is `{"events": [...]}`. */
const all: Hook = async ({ headers, body, contentType }, io) => {
  const secret = io.setting('PLAINS_CLIENT_SECRET') ?? '';
  const given = Buffer.from(headers['x-plain-signature'] ?? '', 'hex');
  const right = createHmac('sha256', secret).update(body).digest();
  if (secret === '' || given.length !== right.length || !timingSafeEqual(given, right)) {
    throw new ProviderError({ kind: 'rejected', code: 'forged', message: 'The signature does not fit.', fix: '' });
  }
  const { events, busy } = JSON.parse(body.toString('utf8')) as { events: PlatformEvent[]; busy?: boolean };
  if (busy) throw new ProviderError({ kind: 'transient', code: 'busy', message: 'The network could not be asked.', reached: false });
  return { events, body: ({ url, code }) => ({ url, confirmation_code: code, type: contentType }) };
};

export function signed(body: string): Record<string, string> {
  return { 'x-plain-signature': createHmac('sha256', familySecret).update(body).digest('hex') };
}

const consent: OAuthConnect<unknown> = {
  kind: 'oauth2', fields: [],
  authorizeUrl: async ({ state, redirectUri }) => ({ url: `https://plain.test/authorize?state=${state}&redirect_uri=${redirectUri}`, memo: null }),
  exchange: async ({ code }) => ({ account: { id: code, name: code }, grant: { token: 'good' } }),
};

/** Two networks that share an app, one connected by a form and one by consent; the first listens for both. */
export function plainFamily(): [Provider, Provider] {
  const plain = plainProvider({ canLook: true });
  return [
    { ...plain, setup: familySetup, hooks: { 'plains/all': all } },
    { ...plain, id: 'plain-two', name: 'Plain Two', setup: familySetup, connect: consent },
  ];
}

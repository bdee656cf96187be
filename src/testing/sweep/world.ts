import type { AddressInfo } from 'node:net';
import { settleAll } from '../../actions/billing/settle.ts';
import { deliverMails } from '../../actions/mails/deliver-mails.ts';
import { cards } from '../../billing/fake/account.ts';
import { completeCheckout } from '../../billing/fake/checkout.ts';
import { startStripe } from '../../billing/fake/stripe.ts';
import { newId } from '../../lib/ids.ts';
import { newReference } from '../../lib/secrets/tokens.ts';
import { accountOf, settings as facebookSettings } from '../../providers/meta/facebook/subject.ts';
import { startFakeFacebook } from '../../providers/meta/facebook/fake.ts';
import { password, signedUp, testApp, visitor, type TestApp, type Visitor } from '../app.ts';
import { prices, sellAll, stripeEnv } from '../billing.ts';
import type { Owner } from '../calendar.ts';
import { fillMuseum, startFaces, type Museum } from '../museum/museum.ts';
import { builtAssets, freePort } from '../program.ts';
import { linkIn, startMailBox, type MailBox } from '../smtp.ts';
import { linkIn as invitationIn } from '../team.ts';
import { halfLoggedIn } from './half-way.ts';

/** Who looks at a page: the owner of the museum who also runs the instance, somebody from outside, or half a log-in. */
export type Onlooker = 'owner' | 'nobody' | 'half';

/** The whole web with something on every page. */
export interface SweepWorld {
  app: TestApp;
  url: string;
  cookies: Record<Onlooker, Visitor['cookies']>;
  /** Real addresses of each route that has ids or is worth looking at in more than one way. */
  addresses: Record<string, readonly string[]>;
  close(): Promise<void>;
}

export async function sweepWorld(): Promise<SweepWorld> {
  const port = await freePort();
  const [stripe, faces, facebook, box] = await Promise.all([startStripe(Date.now()), startFaces(), startFakeFacebook(), startMailBox()]);
  sellAll(stripe.account);
  const billing = stripeEnv(stripe);
  const upstreams = [...stripe.upstreams, ...faces.upstreams, ...facebook.upstreams].map(([from, to]) => `${from}=${to}`).join(',');
  const app = await testApp({
    ...billing, ...facebookSettings, UPSTREAMS: upstreams, PUBLIC_URL: `http://127.0.0.1:${port}`, SMTP_URL: box.url,
    INSTANCE_NAME: 'Harbour Post', OPERATOR_NAME: 'Harbour Museum Foundation', OPERATOR_EMAIL: 'post@harbour-museum.example', OPERATOR_ADDRESS: 'Quay 1\n24105 Kiel\nGermany',
  }, Date.now, undefined, builtAssets());
  await app.server.listen({ port, host: '127.0.0.1' });
  const { port: at } = app.server.server.address() as AddressInfo;
  const ada = await signedUp(app);
  const owner = await ownerOf(app, 'ada@example.org');
  const museum = await fillMuseum({ store: app.deps.store, file: app.file, owner }, (files) => ada.upload('/media', files.map(({ name, bytes }) => ({ name: 'files', filename: name, bytes }))));
  await app.deps.store.people.rename(owner.userId, 'Ada Lovelace');
  await settleAll(app.deps);
  await subscribed(ada, stripe);
  const account = accountOf(facebook);
  const { connectionId: unpicked } = await unpickedConnection(app, owner, account.grant);
  const half = await halfLoggedIn(app);
  const addresses = { ...ofMuseum(museum, unpicked), ...(await ofPeople(app, ada, owner, box)) };
  return {
    app, url: `http://127.0.0.1:${at}`, addresses,
    cookies: { owner: ada.cookies, nobody: new Map(), half: half.cookies },
    async close() {
      app.server.server.closeAllConnections();
      await app.close();
      await Promise.all([stripe.close(), faces.close(), facebook.close(), box.close()]);
    },
  };
}

async function ownerOf({ deps: { store } }: TestApp, email: string): Promise<Owner> {
  const userId = (await store.people.userByEmail(email))?.id ?? '';
  return { userId, workspaceId: (await store.people.workspacesOf(userId))[0]?.id ?? '' };
}

/** A paid subscription, so that the account has a plan, a card and a bill to show. */
async function subscribed(ada: Visitor, stripe: Awaited<ReturnType<typeof startStripe>>): Promise<void> {
  const intent = /name="intent" value="([^"]+)"/u.exec((await ada.get('/settings/billing')).body)?.[1] ?? '';
  const answer = await ada.post('/settings/billing/checkout', { price: prices.pro, intent });
  const session = stripe.account.sessions.get(answer.headers.location?.split('/').at(-1) ?? '');
  if (!session) throw new Error(`check-out answered ${answer.statusCode}`);
  completeCheckout(stripe.account, session, { card: cards.good, code: '' });
  await ada.get('/settings/billing/done');
}

/** An account that is connected and of which nothing was chosen yet. */
async function unpickedConnection({ deps: { store } }: TestApp, { workspaceId }: Owner, grant: Parameters<typeof store.connections.connect>[1]['grant']) {
  const connection = await store.connections.connect(workspaceId, { id: newId(Date.now()), provider: 'facebook', accountId: 'another', accountName: 'Ada Lovelace', grant, expiresAt: null, now: Date.now() });
  return { connectionId: connection.id };
}

function ofMuseum({ posts, media, places, labels }: Museum, unpicked: string): Record<string, readonly string[]> {
  return {
    '/': ['/'],
    '/calendar': ['/calendar', '/calendar?view=week', '/calendar?view=list', '/calendar?view=day', `/calendar?label=${labels.spring}`, '/calendar?channel=nothing', '/calendar?on=2031-02-01'],
    '/posts': ['/posts', '/posts?show=failed', '/posts?show=draft', '/posts?show=deleted', '/posts?show=canceled', '/posts?q=nothing+like+this'],
    '/posts/new': ['/posts/new', `/posts/new?media=${media['lighthouse.jpg']}`],
    // What is in the bin has no page of its own.
    '/posts/:id': Object.entries(posts).filter(([state]) => state !== 'deleted').map(([, id]) => `/posts/${id}`),
    '/posts/:id/edit': [`/posts/${posts.scheduled}/edit`, `/posts/${posts.thread}/edit`],
    '/posts/:id/move': [`/posts/${posts.scheduled}/move`],
    '/media': ['/media', '/media?q=crane', '/media?kind=video'],
    '/media/:id/about': [`/media/${media['steamer-hilde.jpg']}/about`],
    '/media/:id/crop': [`/media/${media['steamer-hilde.jpg']}/crop?for=${places.instagram.channelId}`],
    '/channels/connect/:provider': ['bluesky', 'telegram', 'facebook'].map((id) => `/channels/connect/${id}`),
    // With what needs a change first, and with nothing.
    '/channels/:id/failed': [places.linkedin, places.mastodon].map(({ channelId }) => `/channels/${channelId}/failed`),
    '/channels/pick/:id': [`/channels/pick/${unpicked}`],
    '/settings/networks/:setup': ['meta', 'google', 'x', 'linkedin-page'].map((id) => `/settings/networks/${id}`),
    '/settings/billing/change': [`/settings/billing/change?price=${prices.team}`],
  };
}

/** What other people have begun: invitations, conversations, requests, deletions, announcements. */
async function ofPeople(app: TestApp, ada: Visitor, owner: Owner, box: MailBox): Promise<Record<string, readonly string[]>> {
  const { store } = app.deps;
  const outside = visitor(app);
  const invitation = invitationIn((await ada.post('/settings/members/invite', { email: 'friend@example.org', role: 'editor' })).body);
  await ada.post('/settings/people/invite', { email: 'somebody@example.org' });
  await ada.post('/settings/keys', { name: 'n8n on the office machine', scopes: ['read', 'write'] });
  await ada.post('/settings/support', { text: 'The steamer’s channel shows an old picture. What can I do?' });
  await ada.post('/settings/privacy/ask', { message: 'Which backups do you keep, and where?' });
  await outside.post('/contact', { name: 'Grace', email: 'grace@example.org', text: 'May our museum use your instance too?' });
  await outside.post('/forgot', { email: 'ada@example.org' });
  await deliverMails({ ...app.deps, boot: 'sweep' });

  const eve = await signedUp(app, 'eve@example.org');
  await eve.post('/settings/delete-account', { when: 'later', understood: 'on', password });
  const leaving = await ownerOf(app, 'eve@example.org');
  const [erasure] = await store.erasures.announced(leaving.userId, leaving.workspaceId);

  const imported = newId(Date.now());
  await store.imports.add({ id: imported, ...owner, archiveId: 'an-archive', createdAt: Date.now() });
  await store.imports.end(imported, { state: 'done', problems: ['The picture “pier.jpg” is not in the archive.'], now: Date.now() });
  const versions = [newId(Date.now()), newId(Date.now())];
  await store.policy.record({ ...versionOf(versions[0] ?? ''), effectiveAt: Date.now() - 90 * day });
  await store.policy.announce({ ...versionOf(versions[1] ?? ''), material: true, effectiveAt: Date.now() + 20 * day }, { id: newId(Date.now()), kind: 'policy', versionId: versions[1] ?? '', workspaceId: null, data: { summary: 'A processor more.' }, createdAt: Date.now() });
  const breach = newId(Date.now());
  await store.policy.addNotice({ id: breach, kind: 'breach', versionId: null, workspaceId: null, data: { happened: 'A backup disk was lost on the way.' }, createdAt: Date.now() });
  const [sandbox] = (await store.channels.list(owner.workspaceId)).filter(({ provider }) => provider === 'sandbox');
  const threads = (await store.support.list(10)).map(({ id }) => id);
  return {
    '/invitations/:token': [invitation],
    '/sandbox/:channel': [`/sandbox/${sandbox?.id ?? ''}`],
    '/unsubscribe/:key/:list': [`/unsubscribe/${await store.mailChoices.key(owner.userId, newReference(), Date.now())}/trouble`],
    '/reset': [linkIn(box.mailTo('ada@example.org', /Choose a new password/u), '/reset')],
    '/contact/:secret': [linkIn(box.mailTo('grace@example.org'), '/contact')],
    '/settings/support/:id': (await store.support.ofUser(owner.userId)).map(({ id }) => `/settings/support/${id}`),
    '/settings/inbox/:id': threads.map((id) => `/settings/inbox/${id}`),
    '/data-deletion/:code': [`/data-deletion/${erasure?.code ?? ''}`, '/data-deletion/unknown'],
    '/settings/import/:id': [`/settings/import/${imported}`],
    '/policy/:id': versions.map((id) => `/policy/${id}`),
    // Somebody who leaves, and somebody with a second step.
    '/settings/people/:id': [leaving, await ownerOf(app, 'careful@example.org')].map(({ userId }) => `/settings/people/${userId}`),
    '/settings/notices/:id': [`/settings/notices/${breach}`],
  };
}

const day = 86_400_000;

function versionOf(id: string) {
  const words = '<h2>What is kept</h2><p>What you write and upload, for as long as it waits to go out.</p>';
  return { id, summary: 'Where pictures are kept, and for how long.', pages: { privacy: words, terms: words, processors: words }, additions: { privacy: '', terms: '', processors: '' }, material: false, effectiveAt: Date.now(), recordedAt: Date.now() };
}

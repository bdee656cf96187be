import { approveAt } from '../fake/oauth.ts';
import type { FakePlatform } from '../fake/server.ts';
import type { Subject, SubjectCase } from '../subject.ts';
import { memberApp, pagesApp, startFakeLinkedin, type FakeLinkedIn } from './fake.ts';
import { linkedin, linkedinPage } from './index.ts';
import { page, profile, type Product } from './product.ts';
import type { Grant } from './session.ts';

export const settings = {
  LINKEDIN_CLIENT_ID: memberApp.id, LINKEDIN_CLIENT_SECRET: memberApp.secret,
  LINKEDIN_PAGE_CLIENT_ID: pagesApp.id, LINKEDIN_PAGE_CLIENT_SECRET: pagesApp.secret,
};

/** A connection as connecting would have made it, a day ago. */
export function accountOf(fake: FakePlatform, product: Product) {
  const { apps, state } = fake as FakeLinkedIn;
  const token = (product.id === 'linkedin' ? apps.member : apps.pages)?.issue(product.scopes);
  if (!token) throw new Error('no app');
  const day = 24 * 3_600_000;
  const grant: Grant = {
    member: `urn:li:person:${state.personId}`, name: state.name, picture: null,
    accessToken: token.access, issuedAt: state.now() - 400 * day, accessEndsAt: state.now() + 59 * day,
    ...(token.refresh !== null && { refreshToken: token.refresh, refreshEndsAt: state.now() + 364 * day }),
  };
  return grant;
}

/** Videos of the suite are smaller than LinkedIn takes, and have two parts. */
const start = () => startFakeLinkedin({ leastVideoBytes: 0, partBytes: 40_000, looks: 1 });

const video: SubjectCase = { name: 'a video in parts', parts: [{ text: 'Look', videos: [{}] }], options: { title: 'A clip' }, visible: 1 };
const document: SubjectCase = { name: 'a document', parts: [{ text: 'Leaf through', images: ['', ''] }], options: { format: 'document', title: 'Slides' }, visible: 1 };

const cases: readonly SubjectCase[] = [
  { name: 'text', parts: [{ text: 'Hello (world) #news_1 @[Harbour Works](urn:li:organization:79988552) \\o/ <3' }], options: { noReshare: true }, visible: 1 },
  { name: 'two pictures', parts: [{ text: 'Two', images: ['A dot', ''] }], visible: 1 },
  video,
  { name: 'a poll', parts: [{ text: 'Well?' }], options: { format: 'poll', question: 'Tea or coffee?', option1: 'Tea', option2: 'Coffee', duration: 'ONE_DAY' }, visible: 1 },
  document,
  { name: 'a reshare', parts: [{ text: 'Worth reading' }], options: { format: 'reshare', reshareOf: 'https://www.linkedin.com/feed/update/urn:li:share:6844785523593134080/' }, visible: 1 },
];

export const profileSubject: Subject = {
  provider: linkedin,
  start,
  account: (fake) => {
    const grant = accountOf(fake, profile);
    return { grant, target: { remoteId: grant.member, name: grant.name, handle: 'profile', url: null, avatarUrl: null } };
  },
  settings,
  cases,
  connecting: { good: {}, pkce: false, approve: approveAt },
};

export const pageSubject: Subject = {
  provider: linkedinPage,
  start,
  account: (fake) => ({
    grant: accountOf(fake, page),
    target: { remoteId: 'urn:li:organization:79988552', name: 'Harbour Works', handle: 'harbour-works', url: 'https://www.linkedin.com/company/harbour-works/', avatarUrl: null },
  }),
  settings,
  cases: [
    { name: 'text with a first comment', parts: [{ text: 'Hello [page]' }], options: { visibility: 'LOGGED_IN', firstComment: 'Read more at https://example.com' }, visible: 2 },
    { name: 'a picture', parts: [{ text: 'One', images: ['A dot'] }], visible: 1 },
    video, document,
  ],
  connecting: { good: {}, pkce: false, approve: approveAt, targets: 2 },
};

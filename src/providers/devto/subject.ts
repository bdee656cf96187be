import type { Subject } from '../subject.ts';
import { ada, startFakeDevto } from './fake.ts';
import { devto } from './index.ts';

export const subject: Subject = {
  provider: devto,
  start: startFakeDevto,
  account: () => ({
    grant: { apiKey: ada.key },
    target: { remoteId: String(ada.id), name: 'Ada', handle: '@ada', url: 'https://dev.to/ada', avatarUrl: null },
  }),
  cases: [
    { name: 'article', parts: [{ text: '# Hello 👋\n\nSee https://example.org.' }], options: { title: 'Hello' }, visible: 1 },
    {
      name: 'article with everything', parts: [{ text: 'With a *cover*.', images: ['A dot'] }], visible: 1,
      options: { title: 'All of it', tags: '#WebDev, testing', canonicalUrl: 'https://example.org/all' },
    },
  ],
  connecting: { good: { apiKey: ada.key }, bad: { input: { apiKey: 'no-such-key' }, field: 'apiKey' } },
};

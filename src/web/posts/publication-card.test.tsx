import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { Provider } from '../../providers/contract.ts';
import { registryOf } from '../../providers/index.ts';
import type { Subject } from '../../providers/subject.ts';
import { plainSubject } from '../../testing/plain.ts';
import { crashEverywhere, publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import type { View } from '../page.tsx';
import { PublicationCard } from './publication-card.tsx';

const post = { name: 'post', parts: [{ text: 'Hello' }], visible: 1 };

/** The plain network, which has something to say of what came out. */
function telling(...notes: string[]): Subject {
  const plain = plainSubject({ canLook: true });
  const provider: Provider = { ...plain.provider, publish: async (job, steps, io) => ({ ...(await plain.provider.publish(job, steps, io)), notes }) };
  return { ...plain, provider };
}

describe('what a network says of a post that is out', () => {
  it('is kept and shown with it, as text', async () => {
    await withTrial(await trialOf(telling('It is <b>kept</b> private.'), post), async (trial) => {
      const publication = await publishOnce(trial);
      const { store } = trial.test;
      const { workspaceId, publicationId, clock, subject } = trial;
      const journal = { publicationId, attempts: await store.journal.attemptsOf(workspaceId, publicationId), steps: await store.journal.stepsOf(workspaceId, publicationId) };
      const workspace = await store.people.workspace(workspaceId);
      const page = { csrf: '', workspace, now: clock.now() } as View;
      const html = renderToString(
        <PublicationCard publication={publication} channel={undefined} providers={registryOf([subject.provider])} journal={journal} parts={1} page={page} problems={[]} />);
      expect(publication.status).toBe('published');
      expect(html).toContain('<p class="cause">It is &lt;b>kept&lt;/b> private.</p>');
    });
  });

  it('is nothing to stumble over for a process that dies', async () => {
    expect(await crashEverywhere(telling('It is kept private.'), post)).toMatchObject({ doubled: 0, unconfirmed: 0, astray: [] });
  });
});

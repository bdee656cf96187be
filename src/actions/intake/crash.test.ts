import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plain } from '../../media/samples/samples.ts';
import { mortal } from '../../testing/faults/crash.ts';
import { chatHouse, type ChatHouse } from '../../testing/chat.ts';
import { hearBot } from '../channels/connect.ts';
import type { IntakeDeps } from './deps.ts';
import { gather } from './gather.ts';
import { createHeed } from './hear.ts';

const jpeg = () => plain(64, 48).jpeg().toBuffer();

/** One life: hears what there is and makes drafts of it. */
async function live(house: ChatHouse, deps: IntakeDeps): Promise<'lived'> {
  await hearBot(deps, house.provider, { heed: createHeed(deps) });
  house.clock.advance(11_000);
  for (let n = 0; n < 4; n += 1) await gather(deps);
  return 'lived';
}

interface End {
  died: boolean;
  posts: { state: string; text: string; media: number }[];
  kept: number;
  files: string[];
  temps: string[];
  answers: number;
}

/** Dies at the n-th write or call, then lives once more on the same disk. */
async function dieAt(n: number, send: (house: ChatHouse) => Promise<void>): Promise<End> {
  const house = await chatHouse();
  try {
    await house.link();
    await house.hear();
    const before = house.fake.people.said.length;
    await send(house);
    const { store } = house.app.deps;
    const victim = mortal(store, n);
    const first: IntakeDeps = {
      ...house.deps, store: victim.store,
      io: (provider, workspace) => {
        const io = house.deps.io(provider, workspace);
        return { ...io, http: victim.http(io.http), download: victim.download(io.download) };
      },
    };
    const end = await Promise.race([victim.death, live(house, first)]);
    // As every start does.
    await house.app.deps.storage.sweepBroken();
    await live(house, house.deps);
    house.clock.advance(400_000);
    await live(house, house.deps);
    const media = join(house.app.dir, 'media');
    const files = readdirSync(media, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return {
      died: end === 'died',
      posts: (await house.posts()).map(({ state, content }) => ({ state, text: content.parts[0].text, media: content.parts[0].media.length })),
      kept: (await store.media.latest(house.workspaceId, null, 100)).length,
      files: files.filter(({ parentPath }) => !parentPath.endsWith('tmp')).map(({ name }) => name),
      temps: files.filter(({ parentPath }) => parentPath.endsWith('tmp')).map(({ name }) => name),
      answers: house.fake.people.said.length - before,
    };
  } finally {
    await house.close();
  }
}

describe('a process that dies while something comes in', () => {
  it.each<[string, (house: ChatHouse) => Promise<void>, { state: string; text: string; media: number }]>([
    ['an album of two', async (house) => {
      for (const id of [102, 101]) house.tell({ photo: [{ ...house.fake.people.file(await jpeg()), width: 64, height: 48 }], message_id: id, media_group_id: 'g', ...(id === 101 && { caption: 'Two' }) });
    }, { state: 'draft', text: 'Two', media: 2 }],
    ['a picture that goes to the next free slot', async (house) => {
      house.tell({ photo: [{ ...house.fake.people.file(await jpeg()), width: 64, height: 48 }], caption: '/next One', caption_entities: [{ type: 'bot_command', offset: 0, length: 5 }] });
    }, { state: 'scheduled', text: 'One', media: 1 }],
  ])('makes one draft of it, wherever it dies: %s', async (_, send, wanted) => {
    let deaths = 0;
    for (let n = 1; ; n += 1) {
      const { died, posts, kept, files, temps, answers } = await dieAt(n, send);
      if (!died) break;
      deaths += 1;
      expect({ n, posts }).toEqual({ n, posts: [wanted] });
      expect({ n, kept }).toEqual({ n, kept: wanted.media });
      // Each medium has its file and its thumbnail.
      expect({ n, files: files.length, temps }).toEqual({ n, files: 2 * wanted.media, temps: [] });
      // Telling it once more is all that a death can do.
      expect(answers, `death ${n}`).toBeGreaterThanOrEqual(1);
      expect(answers, `death ${n}`).toBeLessThanOrEqual(2);
    }
    console.log(`${wanted.text}: ${deaths} deaths`);
    expect(deaths).toBeGreaterThan(20);
  }, 120_000);
});

import { wallOf } from '../../domain/time/schedule.ts';
import { newId } from '../../lib/ids.ts';
import { startFake, type FakePlatform } from '../../providers/fake/server.ts';
import { openSqlite, type Store } from '../../store/index.ts';
import { plusDays, seedAt, seedLabel, zone, type Owner } from '../calendar.ts';
import { seedChannel } from '../world.ts';
import { drawn, face, type Drawing, type Thing } from './drawings.ts';

// The workspace of a small harbour museum: what the pictures of the README show and what the sweep looks at.

export const museumName = 'Harbour Museum';

/** Where the faces of its channels are had from; `startFaces` stands in for it. */
const facesOrigin = 'https://faces.harbour-museum.test';

const faces = { museum: ['#1f3f8a', 'lighthouse'], crane: ['#0f6a70', 'crane'], ship: ['#b3261e', 'ship'] } as const satisfies Record<string, readonly [string, Thing]>;

/** The site that the pictures of its channels are fetched from. */
export async function startFaces(): Promise<FakePlatform> {
  const pictures = new Map(await Promise.all(Object.entries(faces).map(async ([name, [ground, sign]]): Promise<[string, Buffer]> => [`/${name}.png`, await face(ground, sign)])));
  return startFake([facesOrigin], () => ({ path }) => {
    const body = pictures.get(path);
    return body ? { status: 200, headers: { 'content-type': 'image/png' }, body } : { status: 404 };
  });
}

const files = {
  'old-crane.jpg': { thing: 'crane', light: 'morning', width: 1600, height: 1200 },
  'lighthouse.jpg': { thing: 'lighthouse', light: 'dusk', width: 1080, height: 1350 },
  'steamer-hilde.jpg': { thing: 'ship', light: 'noon', width: 1600, height: 1067 },
  'boat-race.jpg': { thing: 'boats', light: 'noon', width: 1200, height: 1200 },
  'net-lofts.jpg': { thing: 'sheds', light: 'morning', width: 1600, height: 1200 },
} as const satisfies Record<string, Drawing>;

type FileName = keyof typeof files;

const descriptions: Record<FileName, string> = {
  'old-crane.jpg': 'The old steam crane on the quay in the first light of a morning',
  'lighthouse.jpg': 'The red and white lighthouse at dusk, its lamp just lit',
  'steamer-hilde.jpg': 'The steamer Hilde, black with a red funnel, on a flat blue sea',
  'boat-race.jpg': 'Three small sailing boats with white and yellow sails, side by side',
  'net-lofts.jpg': 'Three old net lofts with wide doors, right at the water',
};

export interface Museum {
  places: Record<'bluesky' | 'mastodon' | 'instagram' | 'linkedin' | 'telegram' | 'facebook' | 'pinterest', { provider: string; channelId: string; connectionId: string }>;
  media: Record<FileName, string>;
  labels: { spring: string; members: string };
  /** A post in every state there is. */
  posts: Record<'published' | 'partly' | 'failed' | 'unconfirmed' | 'signedOut' | 'scheduled' | 'busy' | 'draft' | 'canceled' | 'deleted' | 'thread', string>;
}

/**
 * Fills the workspace of `owner`; `upload` puts files into its library. The place of its pictures is `faces`, of `startFaces`. Until
 * all of it is there the workspace is frozen: an engine that runs meanwhile would publish what has just been due, once in a while.
 */
export async function fillMuseum(
  { store, file, owner }: { store: Store; file: string; owner: Owner }, upload: (files: { name: string; bytes: Buffer }[]) => Promise<unknown>,
): Promise<Museum> {
  const { workspaceId } = owner;
  await store.people.hold(workspaceId, 'frozen', Date.now());
  await store.people.updateWorkspace(workspaceId, { name: museumName, zone }, { userId: owner.userId, now: Date.now() });
  await upload(await Promise.all(Object.entries(files).map(async ([name, drawing]) => ({ name, bytes: await drawn(drawing) }))));
  const media = Object.fromEntries((await store.media.latest(workspaceId, null, 20)).map(({ name, id }) => [name, id])) as Museum['media'];
  for (const [name, alt] of Object.entries(descriptions)) await store.library.describe(workspaceId, media[name as FileName], { name, alt });

  const place = async (provider: string, name: string, handle: string, picture: keyof typeof faces) => {
    const target = { remoteId: `${provider}-1`, name, handle, url: null, avatarUrl: `${facesOrigin}/${picture}.png` };
    const { channelId, connectionId } = await seedChannel(store, provider, { grant: {}, target }, owner);
    return { provider, channelId, connectionId };
  };
  const places = {
    bluesky: await place('bluesky', 'Harbour Museum', '@harbour-museum.org', 'museum'),
    mastodon: await place('mastodon', 'Harbour Museum', '@museum@harbour.social', 'museum'),
    instagram: await place('instagram', 'Harbour Museum', '@harbour.museum', 'crane'),
    linkedin: await place('linkedin-page', 'Harbour Museum Foundation', 'harbour-museum', 'museum'),
    telegram: await place('telegram', 'Friends of the steamer', '@steamer_hilde', 'ship'),
    facebook: await place('facebook', 'Harbour Museum', 'harbourmuseum', 'crane'),
    pinterest: await place('pinterest', 'Ships and boats', 'harbour_museum', 'ship'),
  };
  const { bluesky, mastodon, instagram, linkedin, telegram, facebook, pinterest } = places;
  const labels = { spring: await seedLabel(store, owner, 'Season opening', 'green'), members: await seedLabel(store, owner, 'Friends', 'plum') };

  const today = wallOf(Date.now(), zone).slice(0, 10);
  const write = (days: number | null, time: string, text: string, to: readonly { channelId: string; provider: string }[], more: { picture?: FileName; state?: 'draft' | 'canceled'; labelIds?: string[] } = {}) => {
    const { picture, ...rest } = more;
    return seedAt(store, owner, to, { text, wall: days === null ? null : `${plusDays(today, days)}T${time}`, ...rest, ...(picture && { mediaId: media[picture], alt: descriptions[picture] }) });
  };
  const past: [days: number, time: string, text: string, to: (typeof bluesky)[], picture?: FileName][] = [
    [-24, '09:00', 'The archive is open again on Tuesdays. Bring a question, leave with three.', [bluesky, mastodon]],
    [-21, '17:30', 'Who remembers the ferry to the east quay? We are looking for tickets, timetables and stories.', [facebook, mastodon]],
    [-18, '09:00', 'Found in the attic of the customs house: 214 glass plates, all of them sharp.', [bluesky, mastodon, instagram], 'net-lofts.jpg'],
    [-14, '12:15', 'How do you lift forty tons with a boiler from 1898? Slowly, and with a whistle.', [bluesky, mastodon, linkedin], 'old-crane.jpg'],
    [-11, '10:00', 'A thank-you to the twenty-two volunteers who scraped, painted and swore all winter.', [linkedin, telegram]],
    [-9, '08:30', 'Low tide, long shadows. The quay before anybody is up.', [instagram, bluesky], 'net-lofts.jpg'],
    [-7, '09:00', 'New on the wall: every pilot of this harbour since 1871.', [bluesky, mastodon, facebook]],
    [-5, '17:45', 'Three benches with the best view of the boats, and one for the rain.', [bluesky, facebook]],
    [-3, '09:00', 'The lamp of the lighthouse is back, cleaned and polished. It takes two people to carry it.', [bluesky, mastodon, instagram], 'lighthouse.jpg'],
    [-2, '12:00', 'School classes: the last free mornings before summer.', [linkedin]],
    [-1, '18:00', 'Tomorrow the steamer makes a trial run. Wave back, they can see you.', [telegram, facebook, bluesky], 'steamer-hilde.jpg'],
  ];
  const ids: string[] = [];
  for (const [days, time, text, to, picture] of past) {
    const id = await write(days, time, text, to, picture && { picture });
    ended(file, id, 'published');
    ids.push(id);
  }
  const partly = await write(-4, '11:00', 'Season opening: four weeks to go. Here is what will be new.', [bluesky, instagram], { picture: 'boat-race.jpg', labelIds: [labels.spring] });
  ended(file, partly, 'published', bluesky.channelId);
  ended(file, partly, 'failed', instagram.channelId, { kind: 'rejected', code: '36003', message: 'Instagram did not take the picture: it is wider than 1.91:1.', fix: 'Crop the picture and schedule it again.' });
  const failed = await write(0, '00:05', 'The trial run in pictures, from the bridge down to the engine.', [linkedin], { picture: 'steamer-hilde.jpg' });
  ended(file, failed, 'failed', linkedin.channelId, {
    kind: 'rejected', code: 'MEDIA_ASSET_PROCESSING_FAILED', message: 'LinkedIn could not work with the picture: it was still being written when they read it.', fix: 'Add the picture again and schedule it anew.',
    evidence: { method: 'POST', url: 'https://api.linkedin.com/rest/posts', status: 422, requestId: '7f3c1e', body: '{"status":422,"code":"MEDIA_ASSET_PROCESSING_FAILED"}', at: Date.now() },
  });
  const unconfirmed = await write(-2, '19:00', 'Lights on the water: the long evening, Saturday until ten.', [telegram]);
  ended(file, unconfirmed, 'unconfirmed', telegram.channelId, { kind: 'unsettled', code: 'timeout', message: 'Telegram did not answer in time, and it cannot be asked whether the message is there.' });

  const scheduled = await write(1, '09:00', 'The steamer Hilde sails again: trips on both days of the opening, every two hours from ten. Children go free, dogs are welcome on deck.', [bluesky, mastodon, instagram, facebook], { picture: 'steamer-hilde.jpg', labelIds: [labels.spring] });
  await write(1, '12:30', 'Lunch by the water: where the crew eats, and what.', [mastodon, bluesky]);
  await write(1, '18:00', 'For our friends: the plan of the opening, a day before everybody else.', [telegram], { labelIds: [labels.members] });
  const draft = await write(2, '10:00', 'A second look at the crane: what is that bell for? Come and ring it, Saturday from ten. https://harbour-museum.example/crane', [bluesky, mastodon, instagram], { state: 'draft', picture: 'old-crane.jpg' });
  await write(3, '07:30', 'Sunrise walk along the old quay. Meet at the lighthouse, bring a coat.', [bluesky, instagram], { picture: 'lighthouse.jpg' });
  await write(3, '16:00', 'The talk on pilots and pilotage, now with seats for sixty.', [linkedin, mastodon]);
  const canceled = await write(4, '10:00', 'Canceled for the storm: the kite day.', [facebook], { state: 'canceled' });
  await write(5, '09:00', 'Boat race: all the entries, and who built them.', [bluesky, mastodon, facebook], { picture: 'boat-race.jpg', labelIds: [labels.spring] });
  const busy = await write(6, '09:00', 'Doors open at nine. The steam crane lifts at eleven, two and four.', [bluesky, mastodon, instagram, linkedin, facebook], { picture: 'old-crane.jpg', labelIds: [labels.spring] });
  await write(6, '13:00', 'Half time: the soup is gone, the cake is not.', [bluesky, mastodon]);
  await write(6, '17:00', 'The last trip of the day leaves at half past five.', [bluesky, telegram, facebook]);
  await write(9, '10:00', 'Who found a child’s red shoe on the pier?', [facebook]);
  await write(12, '12:15', 'Ask the archivist: your questions from the opening, answered.', [mastodon, bluesky]);
  await write(15, '09:00', 'What a net loft smells of, and why we keep the tar.', [instagram, bluesky], { picture: 'net-lofts.jpg' });
  await write(null, '', 'Idea: one object a week, told by whoever gave it to us.', [bluesky], { state: 'draft' });
  const thread = await threadOf(store, owner, [bluesky, mastodon], `${plusDays(today, 8)}T11:00`);
  const deleted = await write(null, '', 'Written and thrown away', [bluesky], { state: 'draft' });
  await store.moving.bin(workspaceId, [deleted], { userId: owner.userId, now: Date.now() - 3 * 3_600_000 });
  const signedOut = await write(2, '15:00', 'Every ship in our collection, from stern to stem.', [pinterest], { picture: 'steamer-hilde.jpg', labelIds: [labels.members] });
  const grant = await store.connections.grant(workspaceId, pinterest.connectionId);
  await store.connections.mark(workspaceId, pinterest.connectionId, grant?.version ?? 0, 'needs_reconnect', Date.now());
  await store.people.hold(workspaceId, 'frozen', null);
  return { places, media, labels, posts: { published: ids[8] ?? '', partly, failed, unconfirmed, signedOut, scheduled, busy, draft, canceled, deleted, thread } };
}

async function threadOf(store: Store, { userId, workspaceId }: Owner, to: readonly { channelId: string; provider: string }[], wall: string): Promise<string> {
  const id = newId(Date.now());
  await store.posts.save(workspaceId, {
    id, authorId: userId, state: 'scheduled', version: null, now: Date.now(), moment: { at: Date.parse(`${wall}:00Z`) - 3_600_000, zone, wall },
    content: {
      parts: [
        { text: 'How to read a ship’s log, in three steps.', media: [] },
        { text: 'First the wind: two letters and a number, and you know how they slept.', media: [] },
        { text: 'Then the hand: whoever wrote it, you will know them by page ten.', media: [] },
      ],
    },
    variants: to.map(({ channelId, provider }) => ({ channelId, provider, content: null, options: {}, publicationId: newId(Date.now()) })),
  });
  return id;
}

/** Writes how a post ended on a channel (on all unless told), as the engine would have, with the try that ended so. */
function ended(file: string, postId: string, status: 'published' | 'failed' | 'unconfirmed', channelId?: string, failure?: object): void {
  const sqlite = openSqlite(file);
  const rows = sqlite.prepare('select id, workspace_id as workspaceId, due_at as dueAt from publications where post_id = ? and channel_id = coalesce(?, channel_id)').all(postId, channelId ?? null) as { id: string; workspaceId: string; dueAt: number }[];
  for (const { id, workspaceId, dueAt } of rows) {
    const told = failure ? JSON.stringify(failure) : null;
    sqlite.prepare(`update publications set status = ?, snapshot = '{}', published_at = ?, failure = ?, updated_at = ?, remote_id = ? where id = ?`)
      .run(status, status === 'published' ? dueAt + 900 : null, told, dueAt + 900, status === 'published' ? id.slice(-12) : null, id);
    sqlite.prepare('insert into attempts (id, publication_id, workspace_id, number, started_at, ended_at, outcome, failure) values (?, ?, ?, 1, ?, ?, ?, ?)')
      .run(newId(dueAt), id, workspaceId, dueAt + 120, dueAt + 900, status, told);
  }
  sqlite.close();
}

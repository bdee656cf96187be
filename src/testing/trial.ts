import type { Publication } from '../domain/publication.ts';
import { createSend, type Send } from '../lib/net-guard.ts';
import type { IoFor, VideoFile } from '../providers/contract.ts';
import { fakeIo, spent } from '../providers/fake/io.ts';
import type { FakePlatform } from '../providers/fake/server.ts';
import { createHttp, type Http } from '../providers/http.ts';
import type { Subject, SubjectCase } from '../providers/subject.ts';
import type { Store } from '../store/index.ts';
import { mortal } from './faults/crash.ts';
import { largeFiles } from './large/large-files.ts';
import { bootEngine, drive } from './drive.ts';
import { testStore, type TestStore } from './store.ts';
import { fakeClock, seedChannel, seedMedia, seedPerson, seedPost, seedVideo, type FakeClock } from './world.ts';

/** One post of a subject's case, ready to go out to a fresh fake. */
export interface Trial {
  subject: Subject;
  fake: FakePlatform;
  clock: FakeClock;
  test: TestStore;
  workspaceId: string;
  publicationId: string;
  /** What an adapter touches, over `store`; `around` sees each call to the platform. */
  io(store: Store, around?: (http: Http) => Http, send?: Send): IoFor;
  /** What people see at the platform. */
  ledger(): Promise<number>;
  close(): Promise<void>;
}

/** `longestMs`: how long a call to the platform may last. A second is long on loopback; nobody waits half a minute for a fake that keeps silent. */
export async function trialOf(subject: Subject, { parts, options }: SubjectCase, longestMs = 1_000): Promise<Trial> {
  const fake = await subject.start();
  const large = largeFiles();
  const test = testStore();
  const clock = fakeClock();
  const person = await seedPerson(test.store);
  const world = await seedChannel(test.store, subject.provider.id, subject.account(fake), person);
  const { workspaceId } = world;
  const [first, ...rest] = await Promise.all(parts.map(async ({ text, images = [], videos = [], waitMinutes }) => ({
    text, ...(waitMinutes !== undefined && { waitMinutes }),
    media: await Promise.all([
      ...images.map(async (alt) => ({ mediaId: await seedMedia(test.store, workspaceId), alt })),
      ...videos.map(async ({ alt = '', ...facts }) => {
        const mediaId = await seedVideo(test.store, workspaceId, facts);
        if (facts.bytes !== undefined) large.add(mediaId, facts.bytes);
        return { mediaId, alt };
      }),
    ]),
  })));
  if (!first) throw new Error('a case needs a part');
  const { publicationId } = await seedPost(test.store, world, subject.provider.id, { parts: [first, ...rest] }, { ...(options as object) });

  return {
    subject, fake, clock, test, workspaceId, publicationId,
    io: (store, around, send) => trialIo({ subject, fake, clock, workspaceId, store, video: (mediaId) => large.get(mediaId), longestMs, around, send }),
    ledger: async () => subject.count ? subject.count(fake) : subject.provider.local
      ? (await test.store.local.ofChannel(workspaceId, world.channelId, 100)).reduce((sum, { parts: entry }) => sum + entry.length, 0)
      : fake.ledger.length,
    close: async () => {
      test.close();
      large.close();
      await fake.close();
    },
  };
}

/** What adapters touch, against a fake platform and over a real store; files are made up unless told. */
export function trialIo({ subject, fake, clock, workspaceId, store, video, longestMs = 1_000, around = (http) => http, send = createSend(fake.upstreams) }: {
  subject: Subject; fake: FakePlatform; clock: FakeClock; workspaceId: string; store: Store; video?: (mediaId: string) => VideoFile | undefined; longestMs?: number;
  around?: ((http: Http) => Http) | undefined; send?: Send | undefined;
}): IoFor {
  const io = fakeIo({ upstreams: fake.upstreams, now: clock.now, ...(subject.settings && { settings: subject.settings }) });
  return (provider) => ({
    ...io,
    http: around(createHttp({ send, now: clock.now, longestMs })),
    video: async (mediaId) => video?.(mediaId) ?? io.video(mediaId),
    notes: {
      get: (key) => store.connecting.note(provider, key),
      put: (key, value) => store.connecting.putNote(provider, key, value, clock.now()),
    },
    spend: async (name, budget) => {
      if (!(await store.budgets.take(provider, name, budget, clock.now()))) throw spent(budget.until);
    },
    local: {
      put: ({ key, channelId, parts: entry, at }) => store.local.put(workspaceId, { key, channelId, parts: entry, at }),
      get: (key) => store.local.get(workspaceId, key),
    },
  });
}

/** Closes the trial however `act` ends. */
export async function withTrial(trial: Trial, act: (trial: Trial) => Promise<void>): Promise<void> {
  try {
    await act(trial);
  } finally {
    await trial.close();
  }
}

/** Runs the trial in one life; `waits` sees the publication each time that it waits. */
export async function publishOnce(trial: Trial, waits?: (publication: Publication) => Promise<void>): Promise<Publication> {
  const { subject, test: { store }, clock } = trial;
  return drive(bootEngine({ store, providers: [subject.provider], io: trial.io(store), clock }), { ...trial, store, ...(waits && { waits }) });
}

export interface CrashReport {
  /** Points at which the process died. */
  deaths: number;
  published: number;
  unconfirmed: number;
  /** Runs that left more at the platform than was asked for. */
  doubled: number;
  /** Runs that ended in any other way, with the point of death. */
  astray: { diedAt: number; publication: Publication; ledger: number }[];
}

/**
 * Kills a publication at each point in turn, resumes it in a second boot, and counts how it came out. `weaken` may take
 * something away from the store: the suite must notice. `longestMs` as in `trialOf`.
 */
export async function crashEverywhere(subject: Subject, of: SubjectCase, weaken: (store: Store) => Store = (store) => store, longestMs?: number): Promise<CrashReport> {
  const report: CrashReport = { deaths: 0, published: 0, unconfirmed: 0, doubled: 0, astray: [] };
  for (let first = 1; ; first += atOnce) {
    const ends = await Promise.all(Array.from({ length: atOnce }, (_, n) => crashAt(subject, of, first + n, weaken, report, longestMs)));
    if (ends.includes('lived')) return report;
  }
}

/** Deaths worked on at once. */
const atOnce = 4;

/** Kills at one point and resumes; `lived` when the run ended before it came to that point. */
async function crashAt(subject: Subject, of: SubjectCase, diesAt: number, weaken: (store: Store) => Store, report: CrashReport, longestMs?: number): Promise<'died' | 'lived'> {
  const trial = await trialOf(subject, of, longestMs);
  try {
    const { clock, test, workspaceId, publicationId } = trial;
    const victim = mortal(weaken(test.store), diesAt);
    const first = bootEngine({ store: victim.store, providers: [subject.provider], io: trial.io(victim.store, victim.http), clock });
    const end = await Promise.race([victim.death, drive(first, { store: test.store, clock, workspaceId, publicationId })]);
    if (end !== 'died') return 'lived';
    report.deaths += 1;
    const store = weaken(test.reopen());
    const publication = await drive(bootEngine({ store, providers: [subject.provider], io: trial.io(store), clock }), { ...trial, store });
    const ledger = await trial.ledger();
    if (ledger > of.visible) report.doubled += 1;
    else if (publication.status === 'published' && ledger === of.visible) report.published += 1;
    else if (publication.status === 'unconfirmed') report.unconfirmed += 1;
    else report.astray.push({ diedAt: diesAt, publication, ledger });
    return 'died';
  } finally {
    await trial.close();
  }
}

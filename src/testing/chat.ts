import type { LightMyRequestResponse } from 'fastify';
import { hearBot } from '../actions/channels/connect.ts';
import type { IntakeDeps } from '../actions/intake/deps.ts';
import { gather } from '../actions/intake/gather.ts';
import { createHeed, type Heed } from '../actions/intake/hear.ts';
import { createAsk } from '../actions/posts/composing.ts';
import type { Provider } from '../providers/contract.ts';
import type { SaidToPerson } from '../providers/telegram/fake-people.ts';
import { startTelegram, type TelegramFake } from '../providers/telegram/fake.ts';
import type { Params } from '../providers/telegram/referee.ts';
import type { Post } from '../store/posts.ts';
import { signedUp, testApp, type TestApp, type Visitor } from './app.ts';
import { fakeClock, seedChannel, type FakeClock } from './world.ts';

/** A house with a bot, over the strict fake: somebody signed up, whose chat with the bot has the number `person`. */
export interface ChatHouse {
  app: TestApp;
  fake: TelegramFake;
  clock: FakeClock;
  ada: Visitor;
  person: number;
  provider: Provider;
  deps: IntakeDeps;
  userId: string;
  workspaceId: string;
  /** Of the channel that every workspace begins with. */
  channelId: string;
  /** Links `who` (the person unless told) to Ada's workspace by a fresh link of the page. */
  link(who?: number, visitor?: Visitor): Promise<string>;
  /** Lets the bot ask for its news, and makes drafts of what is due by then. */
  hear(): Promise<void>;
  /** The same after albums have been waited for. */
  settle(): Promise<void>;
  tell(message: Params, who?: number): number;
  command(text: string, who?: number): number;
  press(label: string, by?: number): Promise<void>;
  /** What the bot said last to the person. */
  said(): SaidToPerson;
  posts(): Promise<Post[]>;
  /** Another channel, of a network of its own. */
  channel(name: string, network?: string): Promise<string>;
  close(): Promise<void>;
}

export async function chatHouse(env: Record<string, string> = {}): Promise<ChatHouse> {
  const fake = await startTelegram();
  const clock = fakeClock(Date.now());
  const upstreams = [...fake.upstreams].map(([from, to]) => `${from}=${to}`).join(',');
  const app = await testApp({ TELEGRAM_BOT_TOKEN: fake.token, UPSTREAMS: upstreams, ...env }, clock.now);
  const ada = await signedUp(app);
  const { store } = app.deps;
  const userId = (await store.people.userByEmail('ada@example.org'))?.id ?? '';
  const workspaceId = (await store.people.workspacesOf(userId))[0]?.id ?? '';
  const provider = app.deps.providers.get('telegram');
  if (!provider) throw new Error('no bot');
  const deps: IntakeDeps = { ...app.deps, ask: createAsk(app.deps) };
  const heed: Heed = createHeed(deps);
  const person = 7_770_001;
  // What was just saved is told in the next run.
  const gatherAll = async () => { for (let n = 0; n < 3; n += 1) await gather(deps); };
  const house: ChatHouse = {
    app, fake, clock, ada, person, provider, deps, userId, workspaceId, channelId: (await store.channels.list(workspaceId))[0]?.id ?? '',
    async link(who = person, by = ada) {
      const token = tokenIn(await by.post('/settings/intake/telegram/link'));
      house.command(`/start ${token}`, who);
      await house.hear();
      return token;
    },
    async hear() {
      await hearBot(deps, provider, { heed });
      await gatherAll();
    },
    async settle() {
      await hearBot(deps, provider, { heed });
      clock.advance(11_000);
      await gatherAll();
    },
    tell: (message, who = person) => fake.people.tell(who, message),
    command: (text, who = person) => fake.people.tell(who, { text, entities: [{ type: 'bot_command', offset: 0, length: /^\S+/u.exec(text)?.[0].length ?? 0 }] }),
    async press(label, by) {
      fake.people.press(house.said(), label, by);
      await house.hear();
    },
    said: () => {
      const last = fake.people.said.filter(({ chatId }) => chatId === person).at(-1);
      if (!last) throw new Error('the bot has said nothing');
      return last;
    },
    posts: () => store.posts.latest(workspaceId, null, null, 50),
    channel: async (name, network = 'sandbox') => (await seedChannel(store, network, { grant: {}, target: { remoteId: name, name, handle: '', url: null, avatarUrl: null } }, { userId, workspaceId })).channelId,
    async close() {
      await app.close();
      await fake.close();
    },
  };
  return house;
}

/** The token of a link that the page has just made. */
export function tokenIn(page: Pick<LightMyRequestResponse, 'body'>): string {
  const token = /\?start=([\w-]{43})/u.exec(page.body)?.[1];
  if (token === undefined) throw new Error('no link was made');
  return token;
}

import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest, type LedgerEntry } from '../fake/server.ts';
import { createNews, type FakeNews } from './fake-news.ts';
import { buttonsOf, createPeople, type FakePeople } from './fake-people.ts';
import { filled, isMethod, misfit, misfitOfResult, readParams, type Params } from './referee.ts';

/** A Telegram that knows one bot, takes nothing the Bot API's specification does not, and checks its own answers by it. */
export interface TelegramFake extends FakePlatform {
  token: string;
  botId: number;
  chats: Map<number, FakeChat>;
  news: FakeNews;
  people: FakePeople;
  /** Methods in the order in which they were called, those under way included. */
  asked: string[];
  /** True: messages are accepted and come out later, under an id that nobody is told. */
  late: boolean;
  /** The next `times` messages are refused for `seconds`. */
  slowDown(seconds: number, times?: number): void;
  /** Somebody says something where the bot can hear it. `more` goes over the message. */
  say(chatId: number, text: string, more?: Params): void;
  /** Queues an update of any shape; refused when it is not one of Telegram's, unless `odd`. */
  queue(update: Params, odd?: boolean): void;
}

export interface FakeChat {
  type: 'channel' | 'supergroup' | 'group' | 'private';
  title: string;
  username?: string;
  /** The bot's own standing; fields go over an otherwise empty `ChatMember…`. */
  bot: Standing;
  members?: Map<number, Standing>;
  permissions?: { can_send_messages?: boolean; can_send_photos?: boolean; can_send_videos?: boolean };
  /** Open topics, in a forum. */
  topics?: readonly number[];
  movedTo?: number;
}

export type Standing = { status: 'creator' | 'administrator' | 'member' | 'restricted' | 'left' | 'kicked' } & Params;

const memberTypes: Record<Standing['status'], string> = {
  creator: 'ChatMemberOwner', administrator: 'ChatMemberAdministrator', member: 'ChatMemberMember',
  restricted: 'ChatMemberRestricted', left: 'ChatMemberLeft', kicked: 'ChatMemberBanned',
};

class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, description: string, parameters?: Params) {
    super(description);
    this.answer = { status, body: { ok: false, error_code: status, description, ...(parameters && { parameters }) } };
  }
}

const bad = (description: string, parameters?: Params) => new Refusal(400, `Bad Request: ${description}`, parameters);

export async function startTelegram(): Promise<TelegramFake> {
  const botId = 123456789;
  const bot = filled('User', { id: botId, is_bot: true, first_name: 'Post Master', username: 'postmaster_bot' });
  const chats = new Map<number, FakeChat>();
  const lastMessage = new Map<number, number>();
  let nextUpdate = 10_000;
  let slow = { seconds: 0, times: 0 };
  let albums = 0;

  const refuse = (status: number, description: string) => new Refusal(status, description);
  const news = createNews(refuse, Date.now);
  const people = createPeople({
    queue: (update) => fake.queue(update), nextMessage, refuse, seconds,
    open: (id) => { if (!chats.has(id)) chats.set(id, { type: 'private', title: '', bot: { status: 'member' } }); },
  });

  const methods: Record<string, (params: Params, files: Map<string, File>) => unknown> = {
    getMe: () => bot,
    ...news.methods, ...people.methods,
    getChat: ({ chat_id: id }) => {
      const [chatId, chat] = reached(id);
      return filled('ChatFullInfo', {
        ...chatOf(chatId, chat), ...(chat.permissions && { permissions: chat.permissions }),
      });
    },
    getChatMember: ({ chat_id: id, user_id: userId }) => {
      const [, chat] = reached(id);
      if (userId === botId) return memberOf(chat.bot, bot);
      if (chat.bot.status !== 'administrator' && chat.type === 'channel') throw bad('member list is inaccessible');
      const standing = chat.members?.get(Number(userId));
      if (!standing) throw bad('user not found');
      return memberOf(standing, filled('User', { id: userId, first_name: 'Somebody' }));
    },
    sendMessage: (params) => {
      const to = writable(params, 'text messages');
      const text = String(params['text']);
      if (text.trim() === '') throw bad('message text is empty');
      if (text.length > 4096) throw bad('message is too long');
      people.checkButtons(params['reply_markup']);
      const made = create(to, params, { text }, { text, media: [] });
      if (to[1].type === 'private') people.said.push({ chatId: to[0], messageId: Number(made['message_id']), text, buttons: buttonsOf(params['reply_markup']) });
      return made;
    },
    sendPhoto: (params, files) => {
      const to = writable(params, 'photos');
      if (files.size > 0) throw bad('a file belongs to nothing');
      if (!(params['photo'] instanceof File)) throw bad('wrong file identifier/HTTP URL specified');
      const caption = typeof params['caption'] === 'string' ? params['caption'] : '';
      return create(to, params, photoOf(params['photo'], caption), { text: caption, media: [{ alt: '' }] });
    },
    sendVideo: (params, files) => {
      const to = writable(params, 'videos');
      if (files.size > 0) throw bad('a file belongs to nothing');
      if (!(params['video'] instanceof File)) throw bad('wrong file identifier/HTTP URL specified');
      const caption = typeof params['caption'] === 'string' ? params['caption'] : '';
      return create(to, params, videoOf(params['video'], caption, params), { text: caption, media: [{ alt: '', kind: 'video' }] });
    },
    sendMediaGroup: (params, files) => {
      const to = writable(params, 'photos');
      const media = params['media'] as ({ type: string; media: string; caption?: string } & Params)[];
      if (media.length < 2 || media.length > 10) throw bad(media.length > 10 ? 'too many messages to send as an album' : 'there are too few messages to send as an album');
      const items = media.map(({ type, media: ref, caption = '', ...measures }) => {
        const file = files.get(/^attach:\/\/(.+)$/u.exec(ref)?.[1] ?? '');
        if (!file) throw bad('can\'t parse InputMedia: media not found');
        if (type !== 'photo' && type !== 'video') throw bad('can\'t use the media of the specified type in the album');
        return { type, file, caption, measures };
      });
      if (new Set(items.map(({ file }) => file)).size !== items.length || files.size !== items.length) throw bad('files and pictures do not match');
      const contents = items.map(({ type, file, caption, measures }) =>
        ({ type, caption, content: type === 'photo' ? photoOf(file, caption) : videoOf(file, caption, measures) }));
      const group = { media_group_id: String(++albums) };
      return contents.map(({ type, content, caption }) =>
        create(to, params, { ...content, ...group }, { text: caption, media: [type === 'photo' ? { alt: '' } : { alt: '', kind: 'video' }] }));
    },
  };

  function reached(id: unknown): [number, FakeChat] {
    const chat = chats.get(Number(id));
    if (!chat) throw bad('chat not found');
        if (chat.bot.status === 'kicked') throw new Refusal(403, `Forbidden: bot was kicked from the ${chat.type} chat`);
    if (chat.bot.status === 'left') throw new Refusal(403, `Forbidden: bot is not a member of the ${chat.type} chat`);
    return [Number(id), chat];
  }

  /** The chat, when the bot may send such a thing there now. */
  function writable({ chat_id: id, message_thread_id: topic }: Params, what: 'text messages' | 'photos' | 'videos'): [number, FakeChat] {
    const [chatId, chat] = reached(id);
    if (chat.movedTo !== undefined) throw bad('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.movedTo });
    const { status } = chat.bot;
    const right = what === 'text messages' ? 'can_send_messages' : `can_send_${what}` as const;
    if (chat.type === 'channel' && (status !== 'administrator' || chat.bot['can_post_messages'] !== true)) throw bad('need administrator rights in the channel chat');
    if (status === 'restricted' ? chat.bot[right] !== true : status === 'member' && chat.permissions?.[right] === false) {
      throw bad(`not enough rights to send ${what} to the chat`);
    }
    if (topic !== undefined && !chat.topics?.includes(Number(topic))) throw bad('message thread not found');
    if (slow.times > 0) {
      slow.times -= 1;
      throw new Refusal(429, `Too Many Requests: retry after ${slow.seconds}`, { retry_after: slow.seconds });
    }
    return [chatId, chat];
  }

  function nextMessage(chatId: number): number {
    const messageId = (lastMessage.get(chatId) ?? 41) + 1;
    lastMessage.set(chatId, messageId);
    return messageId;
  }

  function create([chatId, chat]: [number, FakeChat], params: Params, content: Params, shown: Pick<LedgerEntry, 'text' | 'media'>): Params {
    const reply = params['reply_parameters'] as { message_id: number; allow_sending_without_reply?: boolean } | undefined;
    if (reply && reply.message_id <= 0) throw bad('message to be replied not found');
    const answered = reply && fake.ledger.find(({ id }) => id === `${chatId}/${reply.message_id}`);
    if (reply && !answered && reply.allow_sending_without_reply !== true) throw bad('message to be replied not found');
    const messageId = nextMessage(chatId);
    fake.ledger.push({ id: `${chatId}/${messageId}`, ...shown, ...(answered && { replyTo: answered.id }) });
    const by = chat.type === 'channel' ? { sender_chat: chatOf(chatId, chat) } : { from: bot };
    return filled('Message', { message_id: fake.late ? 0 : messageId, date: seconds(), chat: chatOf(chatId, chat), ...by, ...content });
  }

  async function answer(request: FakeRequest): Promise<FakeAnswer> {
    const [, fileToken, path] = /^\/file\/bot([^/]+)\/(.+)$/u.exec(decodeURIComponent(request.path)) ?? [];
    if (path !== undefined) return fileToken === fake.token ? people.download(path) : { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } };
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/u.exec(decodeURIComponent(request.path)) ?? [];
    if (request.host !== 'api.telegram.org' || token === undefined) throw new Refusal(404, 'Not Found');
    if (token !== fake.token) throw new Refusal(401, 'Unauthorized');
    if (!isMethod(method)) throw new Refusal(404, 'Not Found: method not found');
    const read = readParams(method, await rawParams(request));
    if ('refused' in read) throw bad(read.refused);
    fake.asked.push(method);
    const result = await methods[method]?.(read.params, read.files);
    const drift = misfitOfResult(method, result);
    if (drift !== null && !odd) throw new Error(`the fake answers ${method} wrongly: ${drift}`);
    return { status: 200, body: { ok: true, result } };
  }

  let odd = false;
  const platform = await startFake(['https://api.telegram.org'], () => (request) => answer(request).catch((error: unknown) => {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }));
  const closed = platform.close.bind(platform);
  const fake: TelegramFake = Object.assign(platform, {
    close: () => { news.close(); return closed(); },
    token: `${botId}:AAFakeTokenThatMustNeverBeSeen_12345`, botId, chats, news, people, asked: [], late: false,
    slowDown: (wait: number, times = 1) => { slow = { seconds: wait, times }; },
    say: (chatId: number, text: string, more: Params = {}) => {
      const chat = chats.get(chatId);
      if (!chat) throw new Error('no such chat');
      const channel = chat.type === 'channel';
      const by = channel ? { sender_chat: chatOf(chatId, chat) } : { from: filled('User', { id: 7, first_name: 'Ada' }) };
      fake.queue({ [channel ? 'channel_post' : 'message']: filled('Message', { message_id: 5, date: seconds(), chat: chatOf(chatId, chat), ...by, text, ...more }) });
    },
    queue: (given: Params, strange = false) => {
      const update = { update_id: nextUpdate, ...given };
      odd ||= strange;
      const problem = strange ? null : misfit(update, ['Update'], 'update');
      if (problem !== null) throw new Error(problem);
      nextUpdate += 1;
      news.put(update);
    },
  });
  return fake;
}

async function rawParams(request: FakeRequest): Promise<Map<string, string | File>> {
  if (request.method === 'GET') return new Map(request.query);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return request.multipart();
  if (type.startsWith('application/x-www-form-urlencoded')) return new Map(request.form());
  throw bad('unsupported content type');
}

function chatOf(id: number, { type, title, username, topics }: FakeChat): Params {
  return { id, type, ...(type !== 'private' && { title }), ...(username !== undefined && { username }), ...(topics && { is_forum: true }) };
}

function memberOf(standing: Standing, user: Params): Params {
  return filled(memberTypes[standing.status], { ...standing, user });
}

function photoOf(file: File, caption: string): Params {
  if (caption.length > 1024) throw bad('message caption is too long');
  if (!/^image\/(?:jpeg|png)$/u.test(file.type) || file.size === 0) throw bad('IMAGE_PROCESS_FAILED');
  if (file.size > 10 * 1024 * 1024) throw bad('file is too big');
  const size = filled('PhotoSize', { file_id: 'f', file_unique_id: 'u', width: 1, height: 1 });
  return { photo: [size], ...(caption !== '' && { caption }) };
}

function videoOf(file: File, caption: string, { width, height, duration }: Params): Params {
  if (caption.length > 1024) throw bad('message caption is too long');
  if (file.type !== 'video/mp4' || file.size === 0) throw bad('VIDEO_CONTENT_TYPE_INVALID');
  if (file.size > 50 * 1024 * 1024) throw new Refusal(413, 'Request Entity Too Large');
  return {
    video: filled('Video', { file_id: 'f', file_unique_id: 'u', width: width ?? 320, height: height ?? 320, duration: duration ?? 0 }),
    ...(caption !== '' && { caption }),
  };
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

import type { FakePlatform } from '../fake/server.ts';
import type { Subject } from '../subject.ts';
import { startTelegram, type TelegramFake } from './fake.ts';
import { telegram } from './index.ts';

const chatId = -1001234567890;

/** A channel that the fake's bot may post to, with the grant that linking it gives. */
export function channelOf(fake: TelegramFake) {
  fake.chats.set(chatId, { type: 'channel', title: 'News', username: 'news', bot: { status: 'administrator', can_post_messages: true } });
  const id = String(chatId);
  return {
    grant: { botId: String(fake.botId), chatId: id, accountId: id, title: 'News', username: 'news', topicId: null },
    target: { remoteId: id, name: 'News', handle: '@news', url: 'https://t.me/news', avatarUrl: null },
  };
}

/** Every picture of an album is a message of its own, and so an entry of its own in the ledger. */
export const subject: Subject = {
  provider: telegram,
  settings: { TELEGRAM_BOT_TOKEN: '123456789:AAFakeTokenThatMustNeverBeSeen_12345' },
  start: startTelegram,
  account: (fake: FakePlatform) => channelOf(fake as TelegramFake),
  cases: [
    { name: 'text', parts: [{ text: 'Hello' }], visible: 1 },
    { name: 'one picture', parts: [{ text: 'One', images: [''] }], visible: 1 },
    { name: 'album', parts: [{ text: 'Four', images: ['', '', '', ''] }], visible: 4 },
    { name: 'video', parts: [{ text: 'Moving', videos: [{}] }], visible: 1 },
    { name: 'album of both kinds', parts: [{ text: 'Both', images: [''], videos: [{}] }], visible: 2 },
    { name: 'long text with pictures', parts: [{ text: 'long '.repeat(300), images: ['', ''] }], visible: 3 },
    { name: 'thread', parts: [{ text: 'One', images: [''] }, { text: 'Two' }, { text: 'Three' }], options: { silent: true }, visible: 3 },
  ],
};

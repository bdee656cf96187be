import { randomBytes } from 'node:crypto';
import type { FakeAnswer } from '../fake/server.ts';
import { filled, type Params } from './referee.ts';

/** What the bot says to people, what they send it, and the buttons between. */
export interface FakePeople {
  /** Every message of the bot in a private chat, as it stands now. */
  said: SaidToPerson[];
  /** Words that popped up where somebody pressed a button. */
  popped: string[];
  /** Somebody who has pressed Start, whatever they write then. Gives the message's number. */
  tell(personId: number, message: Params): number;
  /** They change what they wrote. */
  edit(personId: number, messageId: number, message: Params): void;
  /** They press a button of a message of the bot; `by` somebody else does. */
  press(message: SaidToPerson, label: string, by?: number): void;
  /** A file as people send it; gives what a message says of it. */
  file(bytes: Buffer, more?: Params): Params;
  /** Paths that were given out are good no longer. */
  expirePaths(): void;
  methods: Record<string, (params: Params) => unknown>;
  /** `GET /file/bot…/path`. */
  download(path: string): FakeAnswer;
  /** Checks the buttons of a message; throws a refusal. */
  checkButtons(markup: unknown): void;
}

export interface SaidToPerson {
  chatId: number;
  messageId: number;
  text: string;
  buttons: { text: string; url?: string; callback_data?: string }[];
}

/** Largest file that bots are given (core.telegram.org/bots/api#getfile). */
const mostBytes = 20 * 1024 * 1024;

export function createPeople(on: {
  queue: (update: Params) => void; nextMessage: (chatId: number) => number; refuse: (status: number, description: string) => Error; open: (personId: number) => void; seconds: () => number;
}): FakePeople {
  const files = new Map<string, { bytes: Buffer; unique: string }>();
  const paths = new Map<string, string>();
  const queries = new Set<string>();
  const bad = (description: string) => on.refuse(400, `Bad Request: ${description}`);
  const personOf = (id: number) => filled('User', { id, first_name: `Canary-${id}`, username: `canary_user_${id}`, language_code: 'de' });
  const chatOf = (id: number) => filled('Chat', { id, type: 'private', first_name: `Canary-${id}`, username: `canary_user_${id}` });
  const find = (chatId: unknown, messageId: unknown) => people.said.find((one) => one.chatId === Number(chatId) && one.messageId === Number(messageId));

  const people: FakePeople = {
    said: [], popped: [],
    tell(personId, message) {
      on.open(personId);
      const messageId = typeof message['message_id'] === 'number' ? message['message_id'] : on.nextMessage(personId);
      on.queue({ message: filled('Message', { message_id: messageId, date: on.seconds(), chat: chatOf(personId), from: personOf(personId), ...message }) });
      return messageId;
    },
    edit(personId, messageId, message) {
      on.queue({ edited_message: filled('Message', { message_id: messageId, date: on.seconds(), edit_date: on.seconds(), chat: chatOf(personId), from: personOf(personId), ...message }) });
    },
    press({ chatId, messageId, text, buttons }, label, by = chatId) {
      const button = buttons.find((one) => one.text === label);
      if (button?.callback_data === undefined) throw new Error(`there is no button ${label}: ${buttons.map((one) => one.text).join(', ')}`);
      const id = randomBytes(8).toString('hex');
      queries.add(id);
      const message = filled('Message', { message_id: messageId, date: on.seconds(), chat: chatOf(by), text });
      on.queue({ callback_query: filled('CallbackQuery', { id, from: personOf(by), message, chat_instance: '1', data: button.callback_data }) });
    },
    file(bytes, more = {}) {
      const id = `file-${randomBytes(12).toString('hex')}`;
      const unique = randomBytes(8).toString('hex');
      files.set(id, { bytes, unique });
      return { file_id: id, file_unique_id: unique, file_size: bytes.length, ...more };
    },
    expirePaths: () => paths.clear(),
    methods: {
      getFile: ({ file_id: id }) => {
        const file = files.get(String(id));
        if (!file) throw bad('wrong file_id or the file is temporarily unavailable');
        if (file.bytes.length > mostBytes) throw bad('file is too big');
        const path = `photos/file_${randomBytes(4).toString('hex')}.jpg`;
        paths.set(path, String(id));
        return filled('File', { file_id: id, file_unique_id: file.unique, file_size: file.bytes.length, file_path: path });
      },
      answerCallbackQuery: ({ callback_query_id: id, text = '' }) => {
        if (!queries.delete(String(id))) throw bad('query is too old and response timeout expired or query ID is invalid');
        if (String(text).length > 200) throw bad('MESSAGE_TOO_LONG');
        people.popped.push(String(text));
        return true;
      },
      editMessageText: ({ chat_id: chatId, message_id: messageId, text, reply_markup: markup }) => {
        const message = find(chatId, messageId);
        if (!message) throw bad('message to edit not found');
        people.checkButtons(markup);
        const buttons = buttonsOf(markup);
        if (message.text === text && JSON.stringify(message.buttons) === JSON.stringify(buttons)) throw bad('message is not modified: specified new message content and reply markup are exactly the same');
        Object.assign(message, { text: String(text), buttons });
        return filled('Message', { message_id: messageId, date: on.seconds(), chat: chatOf(Number(chatId)), text });
      },
    },
    download(path) {
      const file = files.get(paths.get(path) ?? '');
      if (!file) return { status: 404, body: { ok: false, error_code: 404, description: 'Not Found' } };
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: file.bytes };
    },
    checkButtons(markup) {
      for (const button of buttonsOf(markup)) {
        if (button.text.trim() === '') throw bad('text buttons are unallowed in the inline keyboard');
        if ((button.url === undefined) === (button.callback_data === undefined)) throw bad('inline keyboard button must have exactly one action');
        const size = Buffer.byteLength(button.callback_data ?? 'x');
        if (size < 1 || size > 64) throw bad('BUTTON_DATA_INVALID');
        // Telegram takes addresses of the world only.
        if (button.url !== undefined && !/^https?:\/\/[^/]+\.[a-z]{2,}(?:\/|$)/iu.test(button.url)) throw bad(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`);
      }
      if (buttonsOf(markup).length > 100) throw bad('BUTTON_COUNT_INVALID');
    },
  };
  return people;
}

export function buttonsOf(markup: unknown): SaidToPerson['buttons'] {
  return markup === undefined ? [] : (markup as { inline_keyboard: SaidToPerson['buttons'][] }).inline_keyboard.flat();
}

import type { FakeAnswer, FakeRequest, LedgerEntry } from '../fake/server.ts';

export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, code: number, message: string, fields: readonly string[] = [], more: object = {}) {
    super(message);
    const errors = fields.length > 0 ? { errors: Object.fromEntries(fields.map((field) => [field, { _errors: [{ code: 'INVALID', message: 'Invalid' }] }])) } : {};
    this.answer = { status, body: { message, code, ...errors, ...more } };
  }
}

type Payload = Record<string, unknown>;

const common = ['content', 'allowed_mentions', 'flags', 'attachments', 'poll', 'embeds', 'tts', 'components'];
const known = {
  webhook: [...common, 'username', 'avatar_url', 'thread_name', 'applied_tags'],
  bot: [...common, 'nonce', 'enforce_nonce', 'message_reference', 'sticker_ids'],
};

/** Reads a message as Discord documents it and refuses whatever else there is. */
export async function checkPayload(request: FakeRequest, way: 'webhook' | 'bot'): Promise<{ payload: Payload; files: number }> {
  const type = request.headers['content-type'] ?? '';
  const parts = type.startsWith('multipart/form-data') ? await request.multipart() : null;
  const text = parts ? parts.get('payload_json') : request.body.toString('utf8');
  if (!parts && !type.startsWith('application/json')) throw new Refusal(400, 50109, 'The request body contains invalid JSON.');
  if (typeof text !== 'string') throw invalid('payload_json');
  const payload = JSON.parse(text) as Payload;
  const files = [...(parts ?? [])].filter(([name]) => name !== 'payload_json');
  const strange = Object.keys(payload).filter((name) => !known[way].includes(name));
  if (strange.length > 0) throw invalid(...strange);
  checkText(payload, way);
  checkFiles(payload, files, request.bytes);
  checkPoll(payload['poll']);
  const mentions = payload['allowed_mentions'] as { parse?: unknown } | undefined;
  if (!Array.isArray(mentions?.parse)) throw invalid('allowed_mentions');
  if (!payload['content'] && files.length === 0 && payload['poll'] === undefined) throw new Refusal(400, 50006, 'Cannot send an empty message');
  return { payload, files: files.length };
}

export function attachmentsOf(payload: Payload): LedgerEntry['media'] {
  const attachments = (payload['attachments'] ?? []) as { filename: string; description?: string }[];
  return attachments.map(({ filename, description = '' }) => ({ alt: description, ...(/\.(?:mp4|mov|webm)$/u.test(filename) && { kind: 'video' as const }) }));
}

function checkText(payload: Payload, way: 'webhook' | 'bot') {
  const { content, flags, username, nonce, thread_name: title } = payload;
  if (content !== undefined && (typeof content !== 'string' || content.length > 2000)) throw invalid('content');
  // Embeds and notifications are all that a sender may suppress.
  if (flags !== undefined && (typeof flags !== 'number' || (flags & ~((1 << 2) | (1 << 12))) !== 0)) throw invalid('flags');
  if (username !== undefined && (typeof username !== 'string' || username.length > 80 || /clyde|discord/iu.test(username))) throw invalid('username');
  if (title !== undefined && (typeof title !== 'string' || title.length === 0 || title.length > 100)) throw invalid('thread_name');
  if (way === 'bot' && nonce !== undefined && (typeof nonce !== 'string' || nonce.length > 25)) throw invalid('nonce');
}

function checkFiles(payload: Payload, files: readonly [string, string | File][], bytes: number) {
  const attachments = (payload['attachments'] ?? []) as { id?: unknown; filename?: unknown; description?: unknown }[];
  if (files.length > 10) throw invalid('files');
  if (attachments.length !== files.length) throw invalid('attachments');
  if (bytes > 25 * 1024 * 1024) throw new Refusal(413, 40005, 'Request entity too large');
  for (const [n, [name, file]] of files.entries()) {
    const { id, filename, description } = attachments[n] ?? {};
    if (!(file instanceof File) || name !== `files[${n}]` || id !== n || filename !== file.name) throw invalid(`attachments.${n}`);
    if (file.size === 0) throw new Refusal(400, 50046, 'Invalid Asset');
    if (file.size > 10 * 1024 * 1024) throw new Refusal(413, 40005, 'Request entity too large');
    if (description !== undefined && (typeof description !== 'string' || description.length > 1024)) throw invalid(`attachments.${n}.description`);
  }
}

function checkPoll(poll: unknown) {
  if (poll === undefined) return;
  const { question, answers, duration, allow_multiselect: many, layout_type: layout, ...rest } = poll as Payload & { question?: { text?: unknown }; answers?: unknown };
  const words = (text: unknown, max: number) => typeof text === 'string' && text.length > 0 && text.length <= max;
  if (Object.keys(rest).length > 0 || !words(question?.text, 300) || layout !== 1 || typeof many !== 'boolean') throw invalid('poll');
  if (typeof duration !== 'number' || duration < 1 || duration > 768) throw invalid('poll.duration');
  if (!Array.isArray(answers) || answers.length < 1 || answers.length > 10) throw invalid('poll.answers');
  for (const answer of answers as { poll_media?: { text?: unknown } }[]) if (!words(answer.poll_media?.text, 55)) throw invalid('poll.answers');
}

function invalid(...fields: string[]) {
  return new Refusal(400, 50035, 'Invalid Form Body', fields);
}

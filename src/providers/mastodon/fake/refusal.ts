import type { FakeAnswer } from '../../fake/server.ts';

/** An answer in Mastodon's words: `{"error": sentence}`, or `{"error": code, "error_description": sentence}` from OAuth. */
export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, sentence: string, code?: string) {
    super(sentence);
    this.answer = { status, body: code === undefined ? { error: sentence } : { error: code, error_description: sentence } };
  }
}

type Kind = 'string' | 'boolean' | 'list' | 'string or list';

/** Refuses what is missing, unknown or of another type. A real server would ignore some of it. */
export function shapeOf(value: unknown, required: Record<string, Kind>, optional: Record<string, Kind>): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(400, 'The body is not an object');
  const given = value as Record<string, unknown>;
  const kinds = new Map(Object.entries({ ...required, ...optional }));
  for (const name of Object.keys(required)) {
    if (given[name] === undefined) throw new Refusal(400, `param is missing or the value is empty: ${name}`);
  }
  for (const [name, content] of Object.entries(given)) {
    const kind = kinds.get(name);
    if (kind === undefined) throw new Refusal(400, `found unpermitted parameter: ${name}`);
    if (!isOf(kind, content)) throw new Refusal(400, `parameter ${name} is not a ${kind}`);
  }
  return given;
}

function isOf(kind: Kind, content: unknown): boolean {
  const list = Array.isArray(content) && content.every((item) => typeof item === 'string');
  switch (kind) {
    case 'list':
      return list;
    case 'string or list':
      return list || typeof content === 'string';
    case 'string':
    case 'boolean':
      return typeof content === kind;
  }
}

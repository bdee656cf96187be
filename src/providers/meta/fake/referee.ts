import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { paramsOf } from './refusal.ts';

// Meta's own machine-readable endpoints (facebook-business-sdk-codegen, trimmed). Their licence lets them be used and not be
// put in here, so they are read from beside the project where they are there.

const path = join(import.meta.dirname, '../../../../../shared/specs/meta/facebook-graph-specs.trimmed.json');

export const hasSpecs = existsSync(path);

interface Spec {
  apis: { name?: string; method: string; endpoint?: string; return: string; params: { name: string; type: string; required?: boolean }[] }[];
  fields: { name: string; type: string }[];
  enums: Record<string, string[]>;
}

/** What calls have beyond their endpoint's own parameters. */
const everywhere = ['fields', 'limit', 'after'];

/** In the reference pages and not in the specification: a file is no parameter there, nor are fields of edges. */
const documented: Record<string, readonly string[]> = {
  'POST photos': ['source'],
  // Newer than the specification: 2026-06-22.
  'POST media': ['is_ai_generated'],
  PagePost: ['attachments'],
  VideoStatusUploadingPhase: ['bytes_transfered'],
  VideoStatusProcessingPhase: ['error'],
};

export interface Seen {
  request: FakeRequest;
  answer: FakeAnswer;
  /** The specification's name of the object that the first segment of the path is. */
  object: string;
  edge: string | undefined;
}

/** What is wrong by the specification with a call that was answered well, and with its answer. */
export function misfitsOf({ request, answer, object, edge }: Seen): string[] {
  const specs = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Spec | string | undefined>;
  const specOf = (name: string) => {
    const found = specs[name] ?? specs[`${name}(Video)`];
    return typeof found === 'object' ? found : undefined;
  };
  const spec = specOf(object);
  const call = `${request.method} ${edge ?? '#get'}`;
  const api = spec?.apis.find((one) => one.method === request.method && (one.endpoint ?? one.name) === (edge ?? '#get'));
  if (!spec || !api) return [`${object}: ${call} is not in the specification`];
  const params = paramsOf(request);
  const known = new Map(api.params.map((param) => [param.name, param]));
  const misfits = Object.entries(params).flatMap(([name, value]) => {
    if (everywhere.includes(name) || documented[call]?.includes(name)) return [];
    const param = known.get(name);
    if (!param) return [`${object}: ${call} knows no ${name}`];
    // The guides write in lower case what the specification has in capitals.
    const choices = spec.enums[param.type];
    return choices && typeof value === 'string' && !choices.some((choice) => choice.toLowerCase() === value.toLowerCase()) ? [`${call}: ${name} cannot be ${value}`] : [];
  });
  for (const { name, required } of api.params) if (required && params[name] === undefined) misfits.push(`${object}: ${call} needs ${name}`);
  if (request.method !== 'GET') return misfits;
  const body = answer.body as { data?: unknown[] };
  for (const row of body.data ?? [body]) misfits.push(...strangeFields(row, api.return));
  return misfits;

  function strangeFields(value: unknown, type: string): string[] {
    const shape = specOf(type);
    if (!shape || typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, content]) => {
      const field = shape.fields.find((one) => one.name === name);
      if (field) return strangeFields(content, field.type);
      return name === 'id' || documented[type]?.includes(name) ? [] : [`${type} has no ${name}`];
    });
  }
}

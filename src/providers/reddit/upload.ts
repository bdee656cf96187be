import * as z from 'zod';
import { ProviderError, type Io } from '../contract.ts';
import { parseJson } from '../http.ts';
import { call } from './api.ts';
import { uploadErrors } from './errors.ts';
import type { Grant } from './session.ts';
import { lease as leaseAnswer, type Lease } from './wire.ts';

export interface Uploaded {
  /** What a submit names. */
  url: string;
  /** What a gallery names. */
  assetId: string;
}

/** A picture or a video, whole; each `open` begins anew. */
export interface File {
  name: string;
  type: string;
  size: number;
  open: () => AsyncIterable<Uint8Array>;
}

/**
 * Brings a file to Reddit's store by a lease, which is good for minutes and for one form: there is no going on in the middle,
 * so an upload that broke off begins anew with a lease of its own. Nobody sees a file until a post names it.
 */
export async function upload({ name, type, size, open }: File, grant: Grant, io: Io): Promise<Uploaded> {
  const { args, asset } = (await call(io, grant, { method: 'POST', path: '/api/media/asset.json', body: { form: { filepath: name, mimetype: type } } })).read(leaseAnswer);
  const address = URL.parse(args.action.startsWith('//') ? `https:${args.action}` : args.action);
  const key = args.fields.find((field) => field.name === 'key')?.value;
  if (address?.protocol !== 'https:' || key === undefined) throw again('unreadable_lease', 'Reddit did not say where to bring the file.');
  refuseTooLarge(size, args.fields);

  const answer = await io.http({
    method: 'POST', url: address.href, errors: uploadErrors, accept: [400, 403],
    secrets: args.fields.filter((field) => secret.test(field.name)).map(({ value }) => value),
    body: { multipart: [...args.fields, { name: 'file', filename: name, type, size, open }] },
    // A slow line must not fail for its being slow: a second for each 100 kB.
    timeoutMs: 60_000 + Math.ceil(size / 100),
  });
  if (answer.status < 300 && answer.text.includes('<PostResponse>')) return { url: `${address.origin}${address.pathname.replace(/\/$/u, '')}/${key}`, assetId: asset.asset_id };
  const code = /<Code>(\w{1,60})<\/Code>/u.exec(answer.text)?.[1] ?? `upload_${answer.status}`;
  if (code === 'EntityTooLarge') throw tooLarge(/<MaxSizeAllowed>(\d+)</u.exec(answer.text)?.[1]);
  // A lease that ran out, or a line that was too slow for the store.
  throw again(code, 'Reddit\'s store did not take the file this time.');
}

const secret = /policy|signature|credential|token/iu;

/** What the lease itself says of sizes counts: Reddit has changed it over the years. */
function refuseTooLarge(size: number, fields: Lease['args']['fields']): void {
  const encoded = fields.find(({ name }) => name.toLowerCase() === 'policy')?.value ?? '';
  const { data } = policy.safeParse(parseJson(Buffer.from(encoded, 'base64').toString('utf8')));
  for (const condition of data?.conditions ?? []) {
    const { data: range } = lengthRange.safeParse(condition);
    if (range && size > range[2]) throw tooLarge(range[2]);
  }
}

const policy = z.object({ conditions: z.array(z.unknown()) });
const lengthRange = z.tuple([z.literal('content-length-range'), z.coerce.number(), z.coerce.number()]);

function tooLarge(max: string | number | undefined): ProviderError {
  const most = max === undefined ? '' : ` It takes ${Math.floor(Number(max) / 1_000_000)} MB.`;
  return new ProviderError({ kind: 'rejected', code: 'EntityTooLarge', message: `A file is too large for Reddit.${most}`, fix: 'Use a smaller file and schedule the post again.' });
}

function again(code: string, message: string): ProviderError {
  return new ProviderError({ kind: 'transient', reached: true, code, message });
}

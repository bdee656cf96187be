import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { hashOf, known, refusals, Refusal, snowflake, type FakePinterestState } from './state.ts';

export const storageOrigin = 'https://pinterest-media-upload.s3-accelerate.amazonaws.com';

export interface FakeMedia {
  id: string;
  key: string;
  endsAt: number;
  /** Of the file that came; null while none has. */
  size: number | null;
  sha256: string | null;
  looks: number;
}

/** Videos and the storage they come through: S3's POST policy as its documentation has it. */
export function fakeMedia(state: FakePinterestState) {
  const all: FakeMedia[] = [];

  function register(body: unknown): FakeAnswer {
    const asked = Object(body) as { media_type?: unknown };
    known(asked, ['media_type'], 'media');
    if (asked.media_type !== 'video') throw refusals.invalid('media_type is not one of video');
    const id = snowflake(900_000 + all.length);
    const made: FakeMedia = { id, key: `uploads/11/aa/22/3:video:203014033110991560:${id}`, endsAt: state.now() + state.ticketSeconds * 1000, size: null, sha256: null, looks: 0 };
    all.push(made);
    return { status: 201, body: { media_id: id, media_type: 'video', upload_url: `${storageOrigin}/`, upload_parameters: fieldsOf(made) } };
  }

  function fieldsOf({ key, endsAt }: FakeMedia): Record<string, string> {
    const policy = { expiration: new Date(endsAt).toISOString(), conditions: [['content-length-range', 1, state.ticketBytes], { key }] };
    return {
      'x-amz-date': '20261124T090000Z', 'x-amz-signature': `fcd6309a6aaee213348666a72abed8b4${key.length}`, 'x-amz-security-token': 'IQoJb3JpZ2luX2VjEJr-token==',
      'x-amz-algorithm': 'AWS4-HMAC-SHA256', key, policy: Buffer.from(JSON.stringify(policy)).toString('base64'),
      'x-amz-credential': 'ASIA6QZJ64OPIKV7FRVX/20261124/us-east-1/s3/aws4_request', 'Content-Type': 'multipart/form-data',
    };
  }

  function look(id: string): FakeAnswer {
    const one = all.find((each) => each.id === id);
    if (!one) throw new Refusal(404, 404, 'Media upload not found.');
    const ready = one.size !== null && one.looks++ >= state.mediaLooks;
    const status = one.size === null ? 'registered' : !ready ? 'processing' : state.mediaFails ? 'failed' : 'succeeded';
    return { status: 200, body: { media_id: id, media_type: 'video', status } };
  }

  /** The form that a browser would post. */
  async function store(request: FakeRequest): Promise<FakeAnswer> {
    if (request.headers['authorization'] !== undefined) return xml(400, 'InvalidArgument', 'Only one auth mechanism allowed');
    if (request.partial) return xml(400, 'IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header.');
    if (!state.keepsUploads) {
      const newest = all.at(-1);
      if (newest) Object.assign(newest, { size: request.bytes, sha256: request.sha256 });
      return { status: 204 };
    }
    const form = await request.multipart();
    const one = all.find(({ key }) => key === form.get('key'));
    if (!one) return xml(403, 'AccessDenied', 'Invalid according to Policy: Policy Condition failed: ["eq", "$key"]');
    if (one.endsAt <= state.now()) return xml(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
    if (Object.entries(fieldsOf(one)).some(([name, value]) => form.get(name) !== value)) return xml(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.');
    // Fields after the file are not read.
    const [name, file] = [...form].at(-1) ?? [];
    if (name !== 'file' || !(file instanceof File) || form.size !== Object.keys(fieldsOf(one)).length + 1) return xml(400, 'InvalidArgument', 'POST requires exactly one file upload per request.');
    if (file.size > state.ticketBytes) return xml(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
    const bytes = Buffer.from(await file.arrayBuffer());
    Object.assign(one, { size: bytes.length, sha256: hashOf(bytes) });
    return { status: 204 };
  }

  return { all, register, look, store, isReady: (id: string) => { const one = all.find((each) => each.id === id); return one !== undefined && one.size !== null && one.looks > state.mediaLooks && !state.mediaFails; } };
}
export type FakeMediaRoom = ReturnType<typeof fakeMedia>;

function xml(status: number, code: string, message: string): FakeAnswer {
  return { status, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>` };
}

import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { byStatus, formOf, shaped } from './refusal.ts';

export const storeOrigin = 'https://reddit-uploaded-media.s3-accelerate.amazonaws.com';

export interface FakeAsset {
  id: string;
  key: string;
  url: string;
  mimetype: string;
  /** Null until the file is there. */
  bytes: number | null;
  leasedAt: number;
}

export interface StoreState {
  now: () => number;
  /** How long a lease is good for (ms): a minute in 2020, a quarter of an hour in 2023. */
  leaseLife: number;
  /** Bytes that leases of pictures and of videos allow. */
  most: { image: number; video: number };
}

/** Reddit's store of files: leases, and the bucket that takes a file by one. */
export function fakeStore(state: StoreState) {
  const assets = new Map<string, FakeAsset>();
  const mimetypes = ['image/png', 'image/jpeg', 'image/gif', 'video/mp4', 'video/quicktime'];

  function fieldsOf({ key, mimetype, leasedAt }: FakeAsset): [string, string][] {
    const most = mimetype.startsWith('video/') ? state.most.video : state.most.image;
    const policy = { expiration: new Date(leasedAt + state.leaseLife).toISOString(), conditions: [{ bucket: 'reddit-uploaded-media' }, ['starts-with', '$key', key], ['content-length-range', 0, most]] };
    return [
      ['acl', 'public-read'], ['key', key], ['X-Amz-Credential', `ASIA-FAKE-${key}`], ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'], ['success_action_status', '201'],
      ['content-type', mimetype], ['policy', Buffer.from(JSON.stringify(policy)).toString('base64')], ['X-Amz-Signature', `a-signature-that-nobody-may-see-${key}`],
    ];
  }

  function lease(request: FakeRequest): FakeAnswer {
    const { mimetype = '' } = shaped(formOf(request), { filepath: /^[^/\\]+\.\w+$/u, mimetype: /^\w+\/\w+$/u });
    if (!mimetypes.includes(mimetype)) throw byStatus(400, 'Bad Request', { explanation: 'mimetype is not supported' });
    const id = `asset${(assets.size + 1).toString(36).padStart(8, '0')}`;
    const key = `${mimetype.startsWith('video/') ? 'videos' : 'rte_images'}/${id}`;
    const asset: FakeAsset = { id, key, url: `${storeOrigin}/${key}`, mimetype, bytes: null, leasedAt: state.now() };
    assets.set(id, asset);
    return { status: 200, body: {
      args: { action: storeOrigin.slice('https:'.length), fields: fieldsOf(asset).map(([name, value]) => ({ name, value })) },
      asset: { asset_id: id, processing_state: 'incomplete', payload: { filepath: 'x' }, websocket_url: `wss://ws.test/${id}` },
    } };
  }

  const xml = (status: number, body: string): FakeAnswer => ({ status, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` });
  const no = (status: number, code: string, message: string, more = '') => xml(status, `<Error><Code>${code}</Code><Message>${message}</Message>${more}</Error>`);

  /** Of the form only its beginning is kept: the fields are in it, in their order, then the head of the file. */
  function arrive({ headers, body, bytes, partial }: FakeRequest): FakeAnswer {
    if (headers['authorization'] !== undefined) return no(400, 'InvalidArgument', 'Only one auth mechanism allowed');
    const boundary = /^multipart\/form-data; boundary=(\S+)$/u.exec(headers['content-type'] ?? '')?.[1];
    if (boundary === undefined || partial) return no(400, 'MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
    const given: [string, string][] = [];
    let size: number | null = null;
    for (let rest = body.toString('latin1'), at = 0; size === null;) {
      const head = new RegExp(`^--${boundary}\\r\\ncontent-disposition: form-data; name="([^"]+)"(; filename="[^"]+"\\r\\ncontent-type: \\S+)?\\r\\n\\r\\n`, 'u').exec(rest);
      if (!head) return no(400, 'MalformedPOSTRequest', 'POST requires exactly one file upload per request.');
      at += head[0].length;
      rest = rest.slice(head[0].length);
      if (head[2] !== undefined) {
        if (head[1] !== 'file') return no(400, 'InvalidArgument', 'POST requires exactly one file upload per request.');
        size = bytes - at - `\r\n--${boundary}--\r\n`.length;
      } else {
        const end = rest.indexOf(`\r\n--${boundary}`);
        if (end < 0) return no(400, 'MalformedPOSTRequest', 'A field has no end.');
        given.push([head[1] ?? '', rest.slice(0, end)]);
        at += end + 2;
        rest = rest.slice(end + 2);
      }
    }
    const asset = [...assets.values()].find(({ key }) => given.some(([name, value]) => name === 'key' && value === key));
    if (!asset || JSON.stringify(given) !== JSON.stringify(fieldsOf(asset))) return no(403, 'AccessDenied', 'Invalid according to Policy');
    if (state.now() > asset.leasedAt + state.leaseLife) return no(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
    const most = asset.mimetype.startsWith('video/') ? state.most.video : state.most.image;
    if (size > most) {
      return no(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', `<ProposedSize>${size}</ProposedSize><MaxSizeAllowed>${most}</MaxSizeAllowed>`);
    }
    asset.bytes = size;
    const location = `${storeOrigin}/${encodeURIComponent(asset.key)}`;
    return xml(201, `<PostResponse><Location>${location}</Location><Bucket>reddit-uploaded-media</Bucket><Key>${asset.key}</Key><ETag>"0"</ETag></PostResponse>`);
  }

  const there = (kind: string) => [...assets.values()].filter(({ bytes, mimetype }) => bytes !== null && mimetype.startsWith(kind));
  return {
    assets, lease, arrive,
    /** Whether a file is there, by its address or id. */
    has: (kind: 'image/' | 'video/', named: string) => there(kind).some(({ url, id }) => url === named || id === named),
  };
}

export type FakeStore = ReturnType<typeof fakeStore>;

import * as z from 'zod';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { bodyOf, illegal, Refusal, urnIn } from './refusal.ts';

export type AssetKind = 'image' | 'document' | 'video';

export interface Asset {
  urn: string;
  kind: AssetKind;
  owner: string;
  status: 'WAITING_UPLOAD' | 'PROCESSING' | 'AVAILABLE' | 'PROCESSING_FAILED';
  /** Looks at it until it is processed. */
  looks: number;
  /** Of images and documents, as they came. */
  body: Buffer | null;
  /** Of a video: the parts with what came of them. */
  parts: { first: number; last: number; etag: string | null; arrivals: number }[];
  finalized: boolean;
  /** Epoch ms until which its addresses work. */
  endsAt: number;
}

export interface AssetsState {
  now(): number;
  /** Bytes of a video's parts. */
  partBytes: number;
  leastVideoBytes: number;
  /** Looks until something that was uploaded is processed. */
  looks: number;
  processingFails: boolean;
  /** How long addresses for uploads work (ms). */
  addressLife: number;
}

const uploads = 'https://www.linkedin.com/dms-uploads';
const ownerOf = z.string().regex(/^urn:li:(?:person|organization):[\w-]+$/u);
const simple = z.strictObject({ initializeUploadRequest: z.strictObject({ owner: ownerOf }) });
const forVideo = z.strictObject({ initializeUploadRequest: z.strictObject({
  owner: ownerOf, fileSizeBytes: z.number().int().positive(), uploadCaptions: z.boolean(), uploadThumbnail: z.boolean(),
}) });
const finalize = z.strictObject({ finalizeUploadRequest: z.strictObject({
  video: z.string(), uploadToken: z.string(), uploadedPartIds: z.array(z.string().min(1)),
}) });

export type FakeAssets = ReturnType<typeof fakeAssets>;

/** learn.microsoft.com, "Images API", "Documents API", "Videos API". */
export function fakeAssets(state: AssetsState) {
  const assets = new Map<string, Asset>();
  let made = 0;

  function begin(request: FakeRequest, kind: AssetKind, mayOwn: (owner: string) => void): FakeAnswer {
    const size = kind === 'video' ? bodyOf(request, forVideo).initializeUploadRequest.fileSizeBytes : 0;
    const { owner } = kind === 'video' ? bodyOf(request, forVideo).initializeUploadRequest : bodyOf(request, simple).initializeUploadRequest;
    mayOwn(owner);
    if (kind === 'video' && (size < state.leastVideoBytes || size > 500_000_000)) throw illegal(`fileSizeBytes is ${size}`);
    made += 1;
    const id = `C4E${String(made).padStart(4, '0')}AQ_x-${kind}`;
    const parts = kind === 'video'
      ? Array.from({ length: Math.ceil(size / state.partBytes) }, (_, n) => ({ first: n * state.partBytes, last: Math.min(size, (n + 1) * state.partBytes) - 1, etag: null, arrivals: 0 }))
      : [];
    const asset: Asset = { urn: `urn:li:${kind}:${id}`, kind, owner, status: 'WAITING_UPLOAD', looks: state.looks, body: null, parts, finalized: false, endsAt: state.now() + state.addressLife };
    assets.set(asset.urn, asset);
    const address = (part: number) => `${uploads}/${id}/${kind}/${part}?m=1&sig=signed-secret-${id}`;
    return { status: 200, body: { value: kind === 'video'
      ? {
          uploadUrlsExpireAt: asset.endsAt, video: asset.urn, uploadToken: '',
          uploadInstructions: parts.map(({ first, last }, n) => ({ uploadUrl: address(n), firstByte: first, lastByte: last })),
        }
      : { uploadUrlExpiresAt: asset.endsAt, uploadUrl: address(0), [kind]: asset.urn } } };
  }

  /** `member` gives who speaks, by the token of the call. */
  function arrive(request: FakeRequest, member: () => void): FakeAnswer {
    const [, id = '', kind = '', part = ''] = /^\/dms-uploads\/([\w-]+)\/(image|document|video)\/(\d+)$/u.exec(request.path) ?? [];
    const asset = assets.get(`urn:li:${kind}:${id}`);
    if (!asset || request.query.get('sig') !== `signed-secret-${id}`) return { status: 403, body: 'Forbidden' };
    if (asset.endsAt <= state.now()) return { status: 403, body: 'Request has expired' };
    if (request.partial) return { status: 400, body: 'incomplete body' };
    if (asset.kind === 'video') {
      const slot = asset.parts[Number(part)];
      if (request.headers['authorization'] !== undefined) return { status: 400, body: 'Only one auth mechanism allowed' };
      if (request.headers['content-type'] !== 'application/octet-stream') return { status: 415, body: 'wrong type' };
      if (!slot || request.bytes !== slot.last + 1 - slot.first) return { status: 400, body: 'the part has another size' };
      slot.etag = `${request.sha256.slice(0, 32)}-${part}`;
      slot.arrivals += 1;
      return { status: 200, headers: { etag: `"${slot.etag}"` }, body: '' };
    }
    member();
    if (asset.status !== 'WAITING_UPLOAD') return { status: 400, body: 'uploaded already' };
    const takes = asset.kind === 'image' ? isPicture(request.body) && request.bytes <= 8_000_000 : isDocument(request.body) && request.bytes <= 100_000_000;
    asset.body = request.body;
    asset.status = takes ? processed(asset) : 'PROCESSING_FAILED';
    return { status: 201, body: '' };
  }

  const processed = (asset: Asset) => (state.processingFails ? 'PROCESSING_FAILED' : asset.looks > 0 ? 'PROCESSING' : 'AVAILABLE');

  function finish(request: FakeRequest, mayOwn: (owner: string) => void): FakeAnswer {
    const { video, uploadedPartIds } = bodyOf(request, finalize).finalizeUploadRequest;
    const asset = assets.get(video);
    if (asset?.kind !== 'video') throw new Refusal(404, `Could not find entity ${video}`);
    mayOwn(asset.owner);
    if (asset.finalized) throw illegal('The upload is finalized already');
    if (asset.parts.some(({ etag }, n) => etag === null || etag !== uploadedPartIds[n]) || uploadedPartIds.length !== asset.parts.length) {
      throw illegal('uploadedPartIds do not match the parts that were uploaded');
    }
    asset.finalized = true;
    asset.status = processed(asset);
    return { status: 200, body: '' };
  }

  /** Looking at something brings it on, whoever looks. */
  function look(urn: string): Asset | undefined {
    const asset = assets.get(urn);
    if (asset?.status === 'PROCESSING') {
      asset.looks -= 1;
      if (asset.looks <= 0) asset.status = 'AVAILABLE';
    }
    return asset;
  }

  function read(piece: string | undefined, kind: AssetKind, mayOwn: (owner: string) => void): FakeAnswer {
    const asset = look(urnIn(piece, new RegExp(`^urn:li:${kind}:`, 'u')));
    if (!asset) throw new Refusal(404, 'Could not find entity');
    mayOwn(asset.owner);
    return { status: 200, body: { id: asset.urn, owner: asset.owner, status: asset.status, ...(asset.status === 'PROCESSING_FAILED' && { processingFailureReason: 'FORMAT' }) } };
  }

  return { assets, begin, arrive, finish, look, read };
}

/** By its first bytes: JPEG, PNG or GIF of fewer than 36,152,320 pixels. */
function isPicture(body: Buffer): boolean {
  if (body.subarray(0, 3).toString('hex') === 'ffd8ff' || body.subarray(0, 4).toString('latin1') === 'GIF8') return true;
  return body.subarray(1, 4).toString('latin1') === 'PNG' && body.readUInt32BE(16) * body.readUInt32BE(20) < 36_152_320;
}

function isDocument(body: Buffer): boolean {
  const pages = body.toString('latin1').split('/Type /Page ').length - 1;
  return body.subarray(0, 5).toString('latin1') === '%PDF-' && pages > 0 && pages <= 300;
}

import type { FakeAnswer } from '../../../fake/server.ts';
import { fieldsOf, paramsOf, picked, Refusal, shapeOf, UploadRefusal } from '../../fake/refusal.ts';
import { newUpload, take } from '../../fake/uploads.ts';
import type { ProductCall } from '../../fake/world.ts';
import { asAccount, publishing, reading } from './account.ts';
import { fetched } from './pictures.ts';
import { checked, kindOf, shapes } from './shapes.ts';
import type { FakeInstagramState, FakeInstagramStore, KeptContainer } from './state.ts';

const day = 24 * 60 * 60 * 1000;

/** Containers and the upload host (ig-user/media, ig-container, content-publishing, read 2026-09-11). */
export function fakeContainers(store: FakeInstagramStore, behaviour: FakeInstagramState) {
  async function create(call: ProductCall): Promise<FakeAnswer> {
    const accountId = asAccount(call, call.path[0] ?? '', ...publishing);
    const now = call.world.state.now();
    const params = paramsOf(call.request);
    const { kind, isPart } = kindOf(params);
    const { required, optional } = shapes[isPart ? `${kind} part` : kind] ?? { required: [], optional: [] };
    const given = shapeOf(params, required, optional);
    checked(given, kind);
    if (given['trial_params'] !== undefined && !behaviour.trials) throw new Refusal(100, 'Invalid parameter', { subcode: 2207081 });
    const recent = [...store.containers.values()].filter((one) => one.accountId === accountId && now - one.at < day);
    if (recent.length >= 400) throw new Refusal(9, 'The app has made as many containers as it may.', { subcode: 2207042 });
    const children = (given['children'] ?? '').split(',').filter(Boolean);
    if (kind === 'CAROUSEL') checkChildren(children, accountId, now);
    const picture = given['image_url'] === undefined ? null : await fetched(given['image_url'], behaviour.fetches, kind !== 'STORIES');
    if (given['cover_url'] !== undefined) await fetched(given['cover_url'], behaviour.fetches, false);
    const resumable = given['upload_type'] === 'resumable';
    const fails = behaviour.processingError !== null && behaviour.failing > 0;
    if (fails) behaviour.failing -= 1;
    const id = call.world.newId();
    store.containers.set(id, {
      id, accountId, kind, isPart, parameters: given, children, picture, upload: resumable ? newUpload() : null, at: now,
      looks: behaviour.processingLooks, error: fails ? behaviour.processingError : null, published: [], publishingLooks: 0,
    });
    return { status: 200, body: { id, ...(resumable && { uri: `https://rupload.facebook.com/ig-api-upload/v25.0/${id}` }) } };
  }

  function checkChildren(children: readonly string[], accountId: string, now: number): void {
    if (children.length < 2 || children.length > 10) throw new Refusal(100, 'The carousel needs between 2 and 10 items', { subcode: 2207028 });
    for (const id of children) {
      const part = store.containers.get(id);
      if (!part || part.accountId !== accountId || now - part.at >= day) throw new Refusal(24, 'The requested resource does not exist', { subcode: 2207006 });
      if (!part.isPart) throw new Refusal(100, 'Invalid parameter: a child must be made with is_carousel_item');
      if (statusOf(part, now) !== 'FINISHED') throw new Refusal(9007, 'Media ID is not available', { subcode: 2207027 });
    }
  }

  /** Without looking: each look may move it on. */
  function statusOf({ published, publishingLooks, at, error, upload, looks }: KeptContainer, now: number): string {
    if (published.length > 0) return publishingLooks > 0 ? 'IN_PROGRESS' : 'PUBLISHED';
    if (now - at >= day) return 'EXPIRED';
    if (upload && !isWhole(upload)) return 'IN_PROGRESS';
    return looks > 0 ? 'IN_PROGRESS' : error === null ? 'FINISHED' : 'ERROR';
  }

  function look(call: ProductCall): FakeAnswer {
    const container = mine(call, call.path[0] ?? '');
    if (!behaviour.showsContainers) throw hidden(container.id);
    const { fields = '' } = shapeOf(paramsOf(call.request), [], ['fields']);
    const asked = fieldsOf({ fields }, ['id', 'status', 'status_code', 'video_status']);
    const now = call.world.state.now();
    const code = statusOf(container, now);
    if (container.published.length > 0 && container.publishingLooks > 0) container.publishingLooks -= 1;
    else if (container.looks > 0 && (!container.upload || isWhole(container.upload))) container.looks -= 1;
    return { status: 200, body: picked({
      id: container.id, status_code: code, status: code === 'ERROR' ? container.error : `${code.charAt(0)}${code.slice(1).toLowerCase().replace('_', ' ')}`,
      ...(container.upload && behaviour.resumes && { video_status: {
        uploading_phase: { status: isWhole(container.upload) ? 'complete' : 'in_progress', bytes_transferred: container.upload.received },
        processing_phase: { status: code === 'IN_PROGRESS' ? 'not_started' : 'complete' },
      } }),
    }, asked) };
  }

  /** A container of the account that the token is for. */
  function mine(call: ProductCall, id: string): KeptContainer {
    const container = store.containers.get(id);
    if (!container) throw hidden(id);
    asAccount(call, container.accountId, ...reading);
    return container;
  }

  function upload(call: ProductCall): FakeAnswer {
    const { request, path: [, , id = ''], world } = call;
    const container = store.containers.get(id);
    const token = world.caller(request);
    const page = world.state.pages.find(({ instagram }) => instagram?.id === container?.accountId);
    if (!container?.upload || token.pageId !== page?.id) throw new UploadRefusal('ProcessingFailedError', '{"success":false,"error":{"message":"unauthorized user request"}}', false);
    if (world.state.now() - container.at >= day) throw new UploadRefusal('ProcessingFailedError', 'the container has expired', false);
    if (!behaviour.resumes && container.upload.received > 0) throw new UploadRefusal('OffsetInvalidError', 'this upload was begun', false);
    return take(container.upload, request);
  }

  return { create, look, mine, statusOf, upload };
}

function isWhole({ size, received }: { size: number | null; received: number }): boolean {
  return size !== null && received === size;
}

function hidden(id: string): Refusal {
  return new Refusal(100, `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`, { subcode: 33 });
}

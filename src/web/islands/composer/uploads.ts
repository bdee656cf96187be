import { Upload as Resumable } from 'tus-js-client';
import type { MediaItem, Upload } from '../../composer/model/data.ts';
import { uploadTexts as t } from '../../../domain/texts/writing/files.ts';
import { json } from './request.ts';
import { withStill } from './stills.ts';

export interface Uploads {
  add(target: string, files: readonly File[]): void;
  retry(id: string): void;
  cancel(id: string): void;
  /** The parts have changed places: where the files of each go now; null where its part is gone. */
  follow(where: (part: number) => number | null): void;
  /** Whether something is on its way or waits for its turn. */
  busy(): boolean;
}

interface Sending extends Upload {
  file: File;
  request: Resumable | null;
}

interface Answer {
  media?: { id: string }[];
  problems?: { message: string }[];
}

const at = '/media/uploads';
/** What is sent in one request: below the limits of the usual proxies. */
const pieceBytes = 32_000_000;
/** A broken connection is tried again after these times (ms); then a person is asked. */
const retries = [0, 1_000, 3_000, 8_000];

/**
 * Sends files one at a time, each with its progress. What broke off goes on where it was, over reloads too; what failed
 * stays until somebody tries again or gives it up.
 */
export function createUploads({ csrf, show, attach, idle }: {
  csrf: () => string; show: (uploads: Upload[]) => void; attach: (target: string, item: MediaItem) => void; idle: () => void;
}): Uploads {
  let list: Sending[] = [];
  let count = 0;
  const busy = () => list.some(({ failed }) => failed === null);
  const shown = () => show(list.map(({ id, target, name, sent, failed }) => ({ id, target, name, sent, failed })));
  const change = (one: Sending, to: Partial<Sending>) => {
    Object.assign(one, to);
    shown();
  };
  const drop = (id: string) => {
    list = list.filter((one) => one.id !== id);
    shown();
  };

  // Whoever leaves breaks off what is on its way; it goes on when the file is chosen again.
  addEventListener('beforeunload', (event) => { if (busy()) event.preventDefault(); });
  // Back from where there was no connection.
  addEventListener('online', () => { for (const { id, failed } of list) if (failed === t.brokenOff) retry(id); });

  function next() {
    const one = list.find(({ failed }) => failed === null);
    if (!one) return idle();
    if (!one.request) void send(one);
  }

  async function send(one: Sending) {
    const request = new Resumable(one.file, {
      endpoint: at, headers: { 'x-csrf-token': csrf() }, metadata: { name: one.file.name }, chunkSize: pieceBytes, retryDelays: retries,
      // Only what has an address can go on later: it is had before the first byte is sent.
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => { if (one.request === request) change(one, { sent: total > 0 ? sent / total : 0 }); },
      onSuccess: () => { if (one.request === request) void take(one, request.url ?? ''); },
      onError: (error) => { if (one.request === request) ended(one, reasonOf(error)); },
    });
    one.request = request;
    const [earlier] = await request.findPreviousUploads().catch(() => []);
    if (earlier) request.resumeFromPreviousUpload(earlier);
    if (one.request === request) request.start();
  }

  async function take(one: Sending, url: string) {
    const { media = [], problems = [] } = await json<Answer>(`${url}/take`, { _csrf: csrf() }).catch((): Answer => ({}));
    const id = media[0]?.id;
    const item = id === undefined ? undefined : await json<{ items: MediaItem[] }>(`/posts/library?id=${id}`).then(({ items }) => items[0]).catch(() => undefined);
    if (!item) return ended(one, problems[0] ? t.named(one.name, problems[0].message) : t.failed);
    const whole = await withStill(csrf(), item);
    // Given up meanwhile: it stays in the library.
    if (!list.includes(one)) return next();
    drop(one.id);
    attach(one.target, whole);
    next();
  }

  function ended(one: Sending, failed: string) {
    change(one, { failed, request: null, sent: 0 });
    next();
  }

  function retry(id: string) {
    const one = list.find((candidate) => candidate.id === id);
    if (one) change(one, { failed: null });
    next();
  }

  function cancel(id: string) {
    const one = list.find((candidate) => candidate.id === id);
    const request = one?.request;
    if (one) one.request = null;
    // What has arrived is thrown away; what cannot be reached is swept.
    void request?.abort(true).catch(() => undefined);
    drop(id);
    next();
  }

  return {
    busy,
    add(target, files) {
      list = [...list, ...files.map((file) => ({ id: String(count += 1), target, name: file.name, sent: 0, failed: null, file, request: null }))];
      shown();
      next();
    },
    retry,
    cancel,
    follow(where) {
      for (const one of list) {
        const [, before, part, after] = /^(.*part\.)(\d+)(\.media)$/u.exec(one.target) ?? [];
        if (part === undefined) continue;
        const to = where(Number(part));
        if (to === null) cancel(one.id);
        else change(one, { target: `${before}${to}${after}` });
      }
    },
  };
}

/** The server's own sentence where it gave one. */
function reasonOf(error: Error & { originalResponse?: { getStatus(): number; getBody(): string } | null }): string {
  const answer = error.originalResponse;
  if (!answer) return t.brokenOff;
  const words = answer.getBody().trim();
  return answer.getStatus() === 507 && words !== '' && words.length < 200 ? words : t.failed;
}

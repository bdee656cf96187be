import type { MediaItem, Upload } from '../../composer/model/data.ts';
import { json } from './request.ts';

export interface Uploads {
  add(target: string, files: readonly File[]): void;
  retry(id: string): void;
  cancel(id: string): void;
  /** Whether something is on its way or waits for its turn. */
  busy(): boolean;
}

interface Sending extends Upload {
  file: File;
  request: XMLHttpRequest | null;
}

interface Answer {
  media?: { id: string }[];
  problems?: { message: string }[];
  message?: string;
}

/** Sends files one at a time, each with its progress; what failed stays until somebody tries again or gives it up. */
export function createUploads({ csrf, show, attach, idle }: {
  csrf: string; show: (uploads: Upload[]) => void; attach: (target: string, item: MediaItem) => void; idle: () => void;
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

  function next() {
    const one = list.find(({ failed }) => failed === null);
    if (!one) return idle();
    if (one.request) return;
    const body = new FormData();
    body.set('_csrf', csrf);
    body.set('media', one.file);
    const request = new XMLHttpRequest();
    one.request = request;
    request.open('POST', '/media');
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) => change(one, { sent: total > 0 ? loaded / total : 0 }));
    request.addEventListener('load', () => void taken(one, request));
    request.addEventListener('error', () => ended(one, 'The connection broke off.'));
    request.send(body);
  }

  async function taken(one: Sending, request: XMLHttpRequest) {
    const { media = [], problems = [], message } = answerOf(request.responseText);
    const id = media[0]?.id;
    const item = id === undefined ? undefined : await json<{ items: MediaItem[] }>(`/posts/library?id=${id}`).then(({ items }) => items[0]).catch(() => undefined);
    if (!item) return ended(one, problems[0]?.message ?? message ?? 'The upload did not work.');
    drop(one.id);
    attach(one.target, item);
    next();
  }

  function ended(one: Sending, failed: string) {
    change(one, { failed, request: null, sent: 0 });
    next();
  }

  return {
    busy,
    add(target, files) {
      list = [...list, ...files.map((file) => ({ id: String(count += 1), target, name: file.name, sent: 0, failed: null, file, request: null }))];
      shown();
      next();
    },
    retry(id) {
      const one = list.find((candidate) => candidate.id === id);
      if (one) change(one, { failed: null });
      next();
    },
    cancel(id) {
      list.find((one) => one.id === id)?.request?.abort();
      drop(id);
      next();
    },
  };
}

function answerOf(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return {};
  }
}

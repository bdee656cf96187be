import type { Send } from '../lib/net-guard.ts';
import { isVideo } from '../domain/media.ts';
import { publishingRefusals as t } from '../domain/texts/refusals/publishing.ts';
import { imageFor } from '../media/convert.ts';
import { fetchLinkCard, fetchPicture } from '../media/cards/link-card.ts';
import { isProblem, type MediaProblem } from '../media/problem.ts';
import type { MediaUrls } from '../media/public-url.ts';
import type { MediaStorage } from '../media/storage.ts';
import { videoFor } from '../media/video-file.ts';
import { ProviderError, type IoFor } from '../providers/contract.ts';
import { createDownload } from '../providers/download.ts';
import { createHttp } from '../providers/http.ts';
import type { Media } from '../store/media.ts';
import type { Store } from '../store/index.ts';

export interface IoDeps {
  store: Pick<Store, 'media' | 'connecting' | 'local' | 'budgets'>;
  storage: MediaStorage;
  send: Send;
  urls: MediaUrls;
  /** An operator's setting by its environment name. */
  setting: (name: string) => string | undefined;
  now: () => number;
}

/** What adapters may touch of the world, bound to one network and one workspace. */
export function createIo({ store, storage, send, urls, setting, now }: IoDeps): IoFor {
  const http = createHttp({ send, now });
  const download = createDownload({ send, now });
  return (providerId, workspaceId) => {
    const fileOf = async (mediaId: string): Promise<Media> => {
      const media = await store.media.get(workspaceId, mediaId);
      if (!media) throw refused('missing', t.fileGone);
      return media;
    };
    return {
      http, download, now, setting,
      async image(mediaId, rule) {
        const { type, ...media } = await fileOf(mediaId);
        if (isVideo(type)) throw refused('not_a_picture', t.pictureNeeded);
        return taken(await imageFor(storage, { ...media, type }, rule));
      },
      async video(mediaId) {
        const { id, type } = await fileOf(mediaId);
        if (!isVideo(type)) throw refused('not_a_video', t.videoNeeded);
        return taken(await videoFor(storage, { id, type }));
      },
      async mediaUrl(mediaId, rule) {
        const { id } = await fileOf(mediaId);
        const url = urls.urlOf({ workspaceId, mediaId: id, ...(rule && { rule }) });
        if (url === null) throw new ProviderError(noAddress);
        return url;
      },
      async spend(name, budget) {
        if (!(await store.budgets.take(providerId, name, budget, now()))) throw new ProviderError({ ...spent, retryAt: budget.until });
      },
      picture: (url, rule) => fetchPicture({ send, storage }, url, rule),
      linkCard: (url, rule) => fetchLinkCard({ send, storage }, url, rule),
      notes: {
        get: (key) => store.connecting.note(providerId, key),
        put: (key, value) => store.connecting.putNote(providerId, key, value, now()),
      },
      local: {
        put: (entry) => store.local.put(workspaceId, entry),
        get: (key) => store.local.get(workspaceId, key),
      },
    };
  };
}

const noAddress = {
  kind: 'rejected', code: 'no_address', message: t.notReachable,
  fix: t.notReachableFix, act: 'retry',
} as const;

const spent = {
  kind: 'rate_limited', code: 'budget', message: t.allowanceSpent, scope: 'app',
} as const;

function taken<T extends object>(made: T | MediaProblem): T {
  if (isProblem(made)) throw refused(made.code, made.message);
  return made;
}

function refused(code: string, message: string): ProviderError {
  return new ProviderError({ kind: 'rejected', code, message, fix: t.otherFileFix });
}

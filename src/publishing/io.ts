import type { Send } from '../lib/net-guard.ts';
import { imageFor } from '../media/convert.ts';
import { fetchLinkCard } from '../media/link-card.ts';
import { isProblem } from '../media/problem.ts';
import type { MediaStorage } from '../media/storage.ts';
import { ProviderError, type IoFor } from '../providers/contract.ts';
import { createHttp } from '../providers/http.ts';
import type { Store } from '../store/index.ts';

export interface IoDeps {
  store: Pick<Store, 'media' | 'connecting' | 'local'>;
  storage: MediaStorage;
  send: Send;
  /** An operator's setting by its environment name. */
  setting: (name: string) => string | undefined;
  now: () => number;
}

/** What adapters may touch of the world, bound to one network and one workspace. */
export function createIo({ store, storage, send, setting, now }: IoDeps): IoFor {
  const http = createHttp({ send, now });
  return (providerId, workspaceId) => ({
    http, now, setting,
    async image(mediaId, rule) {
      const media = await store.media.get(workspaceId, mediaId);
      if (!media) throw refused('missing', 'A picture of this post is no longer there.');
      const file = await imageFor(storage, media, rule);
      if (isProblem(file)) throw refused(file.code, file.message);
      return file;
    },
    linkCard: (url, rule) => fetchLinkCard({ send, storage }, url, rule),
    notes: {
      get: (key) => store.connecting.note(providerId, key),
      put: (key, value) => store.connecting.putNote(providerId, key, value, now()),
    },
    local: {
      put: (entry) => store.local.put(workspaceId, entry),
      get: (key) => store.local.get(workspaceId, key),
    },
  });
}

function refused(code: string, message: string): ProviderError {
  return new ProviderError({ kind: 'rejected', code, message, fix: 'Use another picture and schedule it again.' });
}

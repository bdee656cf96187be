import type { LinkPreview } from '../../../actions/writing/link-preview.ts';
import { linksIn } from '../../../domain/text.ts';
import { draftParts } from '../../composer/model/check.ts';
import { chosenOf } from '../../composer/model/data.ts';
import type { Desk } from './desk.ts';
import { json } from '../composer/request.ts';

/** A link is typed letter by letter: its page is asked for once somebody pauses (ms). */
const pause = 700;

/** Asks for the pages that the first links of the parts lead to, where a network makes a card of them. */
export function linking(desk: Desk) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen = '';

  function wanted(): string[] {
    const state = desk.state();
    const urls = chosenOf(state).filter(({ capabilities }) => capabilities.links !== 'text')
      .flatMap(({ id }) => draftParts(state, id).flatMap(({ text, media }) => (media.length > 0 ? [] : linksIn(text).slice(0, 1).map(({ url }) => url))));
    return [...new Set(urls)];
  }

  function ask() {
    const fresh = wanted().filter((url) => !(url in desk.state().links));
    if (fresh.length === 0) return;
    desk.set({ links: { ...desk.state().links, ...Object.fromEntries(fresh.map((url) => [url, 'waiting' as const])) } });
    for (const url of fresh) {
      void json<{ card: LinkPreview | null }>(`/posts/links?url=${encodeURIComponent(url)}`).then(({ card }) => card).catch(() => null)
        .then((card) => desk.set({ links: { ...desk.state().links, [url]: card } }));
    }
  }

  return {
    changed() {
      const now = wanted().join('\n');
      if (now === seen) return;
      seen = now;
      clearTimeout(timer);
      timer = setTimeout(ask, pause);
    },
  };
}

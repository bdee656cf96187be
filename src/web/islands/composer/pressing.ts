import { composerTexts } from '../../../domain/texts/writing/composer.ts';
import type { MediaItem } from '../../composer/model/data.ts';
import type { Desk } from '../writing/desk.ts';
import { openAddress } from './address-dialog.tsx';
import { cropNow, openCrop } from './crop-dialog.tsx';
import type { Going } from './going.ts';
import { openLibrary } from './library-dialog.tsx';
import { json } from './request.ts';
import { openStill } from './still-dialog.tsx';
import type { Uploads } from './uploads.ts';

interface Pressing {
  /** Changes the draft as `model/edited.ts` does. */
  apply: (intent: string, objects: readonly string[]) => void;
  /** Files that the state does not know yet. */
  know: (...items: MediaItem[]) => void;
  uploads: Uploads;
  choose: (wall: string) => void;
  going: Going;
}

/** Does what a button says without the server; false where it is the server's. */
export function pressing(desk: Desk, { apply, know, uploads, choose, going: { focus, refind, refocus } }: Pressing): (value: string) => boolean {
  return (value) => {
    const [intent = '', ...objects] = value.split(':');
    const [target = '', object = ''] = objects;
    switch (intent) {
      case 'add_part':
      case 'remove_media':
      case 'own_on':
      case 'clear':
        apply(intent, objects);
        // What was pressed is gone: the focus goes to what took its place.
        focus(intent === 'own_on' ? `${target}.part.0` : intent === 'add_part' ? `part.${desk.state().draft.parts.length - 1}` : target);
        return true;
      case 'remove_part': {
        const n = Number(target);
        apply(intent, objects);
        uploads.follow((part) => (part === n ? null : part > n ? part - 1 : part));
        focus(`part.${Math.min(n, desk.state().draft.parts.length - 1)}`);
        return true;
      }
      case 'own_off':
        apply(intent, objects);
        refocus(`own_on:${target}`);
        return true;
      case 'choose':
        apply(intent, objects);
        return true;
      case 'join':
        apply(intent, objects);
        focus('');
        return true;
      case 'part_up':
      case 'part_down': {
        apply(intent, objects);
        const [from, to] = [Number(target), Number(target) + (intent === 'part_up' ? -1 : 1)];
        uploads.follow((part) => (part === from ? to : part === to ? from : part));
        refocus(`${intent}:${to}`, `${intent === 'part_up' ? 'part_down' : 'part_up'}:${to}`);
        return true;
      }
      case 'up':
      case 'down':
        apply(intent, objects);
        refocus(value, `${intent === 'up' ? 'down' : 'up'}:${target}:${object}`);
        return true;
      case 'library':
        void openLibrary({ csrf: desk.state().data.csrf, labels: desk.state().data.labels, target, picked: (items) => {
          know(...items);
          for (const { facts } of items) apply('attach', [target, facts.mediaId]);
        } });
        return true;
      case 'crop':
        return openCrop({ state: { ...desk.state(), draft: desk.read() }, objects, done: (item, where) => {
          know(item);
          apply('replace', [target, object, item.facts.mediaId, where]);
          refind(target);
        } });
      case 'crop_now':
        return cropNow({
          state: { ...desk.state(), draft: desk.read() }, objects,
          done: (item, where) => {
            know(item);
            apply('replace', [target, object, item.facts.mediaId, where]);
            refind(target);
          },
          failed: (message) => desk.set({ told: [...desk.state().told, { field: target, message }] }),
        });
      case 'address':
        openAddress({ csrf: desk.state().data.csrf, done: (item) => { know(item); apply('attach', [target, item.facts.mediaId]); } });
        return true;
      case 'still':
        return openStill({ state: { ...desk.state(), draft: desk.read() }, mediaId: target, done: (video, covers, items) => {
          know(video, ...items);
          for (const cover of covers) apply(cover[1] === '' ? 'clear' : 'attach', cover);
        } });
      case 'next_free':
        void json<{ wall: string }>('/posts/next-free').then(({ wall }) => choose(wall))
          .catch(() => desk.set({ told: [...desk.state().told.filter(({ field }) => field !== 'wall'), { field: 'wall', message: composerTexts.unreachable }] }));
        return true;
      case 'ask':
        desk.set({ asked: { ...desk.state().asked, [target]: { state: 'waiting' } } });
        return true;
      default:
        return false;
    }
  };
}

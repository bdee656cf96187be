import { typedWhen, wallIn, type TypingClock } from '../../../domain/time/when.ts';
import { withoutMended } from '../../composer/model/check.ts';
import { isWall, wallAt, withWallAt } from '../../composer/model/walls.ts';
import { openDays } from './days.tsx';
import type { Desk } from './desk.ts';
import { json } from '../composer/request.ts';

const pause = 300;

/** The fields of times, of the post and of options: what is typed is read at every letter, and stands as it is typed until the field is left. */
export function timing(desk: Desk) {
  const clock = (): TypingClock => {
    const { zone } = desk.state().draft;
    return { now: wallIn(Date.now(), zone), after: (ms) => wallIn(Date.now() + ms, zone) };
  };
  /** Something may be sent before a field was left: what is typed is in the form from the first letter. */
  function typed(field: HTMLInputElement, name: string) {
    const { typing, told } = desk.state();
    const which = field.dataset['when'] ?? '';
    // A day stays while its hour is written anew.
    const wall = which === 'time' && field.value.trim() === '' ? chosenBefore : (typedWhen(field.value, clock(), chosenBefore) ?? field.value);
    desk.set({ typing: { ...(typing?.name === name && typing), name, [which]: field.value }, draft: withWallAt(desk.read(), name, wall), told: withoutMended(told, name) });
  }
  /** What a typed day or hour is filled up with: the time that stood there when somebody came. */
  let chosenBefore = '';
  const nameOf = (field: HTMLElement) => field.dataset['whenName'] ?? '';
  const whenField = ({ target }: Event) => (target instanceof HTMLInputElement && target.dataset['when'] !== undefined ? target : null);
  const done = () => { if (desk.state().typing !== null) desk.set({ typing: null }); };

  desk.root.addEventListener('focusin', (event) => {
    const field = whenField(event);
    if (!field) return;
    chosenBefore = wallAt(desk.state().draft, nameOf(field));
    field.select();
  });
  desk.root.addEventListener('focusout', (event) => { if (whenField(event)) done(); });
  desk.root.addEventListener('keydown', (event) => {
    const field = whenField(event);
    if (!field) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      done();
      chosenBefore = wallAt(desk.state().draft, nameOf(field));
    }
  });

  function choose(name: string, wall: string) {
    desk.set({ draft: withWallAt(desk.read(), name, wall), typing: null, told: withoutMended(desk.state().told, name) });
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = desk.state().shift?.wall ?? '';
  return {
    /** True where the field was one of these, and is taken care of. */
    input(event: Event): boolean {
      const field = whenField(event);
      if (field) typed(field, nameOf(field));
      return field !== null;
    },
    open: (anchor: HTMLElement, name: string) => openDays(desk, anchor, name, (wall) => choose(name, wall)),
    choose,
    /** The server knows what the clocks do that day. */
    changed() {
      const { wall } = desk.state().draft;
      if (wall === asked || !isWall(wall)) return;
      asked = wall;
      clearTimeout(timer);
      timer = setTimeout(() => {
        void json<{ note: string | null }>(`/posts/moment?at=${wall}`).then(({ note }) => (
          desk.state().draft.wall === wall ? desk.set({ shift: { wall, note } }) : undefined
        )).catch(() => { asked = ''; });
      }, pause);
    },
  };
}

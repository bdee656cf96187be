import { typedWhen, wallIn, type TypingClock } from '../../../domain/when.ts';
import { withoutMended } from '../../composer/model/check.ts';
import { openDays } from './days.tsx';
import type { Desk } from './desk.ts';
import { json } from '../composer/request.ts';

const pause = 300;

/** The fields of the time: what is typed is read at every letter, and stands as it is typed until the field is left. */
export function timing(desk: Desk) {
  const clock = (): TypingClock => {
    const { zone } = desk.state().draft;
    return { now: wallIn(Date.now(), zone), after: (ms) => wallIn(Date.now() + ms, zone) };
  };
  /** Something may be sent before a field was left: what is typed is in the form from the first letter. */
  function typed(field: HTMLInputElement) {
    const { typing, told } = desk.state();
    const draft = desk.read();
    const now = { ...typing, [field.dataset['when'] ?? '']: field.value };
    desk.set({ typing: now, draft: { ...draft, wall: typedWhen(field.value, clock(), chosenBefore) ?? field.value }, told: withoutMended(told, 'at') });
  }
  /** What a typed day or hour is filled up with: the time that stood there when somebody came. */
  let chosenBefore = '';
  const whenField = ({ target }: Event) => (target instanceof HTMLInputElement && target.dataset['when'] !== undefined ? target : null);
  const done = () => { if (desk.state().typing !== null) desk.set({ typing: null }); };

  desk.root.addEventListener('focusin', (event) => {
    const field = whenField(event);
    if (!field) return;
    chosenBefore = desk.state().draft.wall;
    field.select();
  });
  desk.root.addEventListener('focusout', (event) => { if (whenField(event)) done(); });
  desk.root.addEventListener('keydown', (event) => {
    const field = whenField(event);
    if (!field) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      done();
      chosenBefore = desk.state().draft.wall;
    }
  });

  function choose(wall: string) {
    desk.set({ draft: { ...desk.read(), wall }, typing: null, told: withoutMended(desk.state().told, 'at') });
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = desk.state().shift?.wall ?? '';
  return {
    /** True where the field was one of these, and is taken care of. */
    input(event: Event): boolean {
      const field = whenField(event);
      if (field) typed(field);
      return field !== null;
    },
    open: (anchor: HTMLElement) => openDays(desk, anchor, choose),
    choose,
    /** The server knows what the clocks do that day. */
    changed() {
      const { wall } = desk.state().draft;
      if (wall === asked || !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/u.test(wall)) return;
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

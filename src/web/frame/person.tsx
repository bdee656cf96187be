import { frameTexts as t } from '../../domain/texts/pages/frame.ts';
import type { Look } from '../look.ts';
import { initialsOf } from '../ui/avatar.tsx';
import { Form } from '../ui/form.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Pop } from '../ui/menu.tsx';

export interface PersonProps {
  person: { name: string; email: string };
  csrf: string;
  look: Look;
  /** The page to come back to. */
  here: string;
}

/** As a person reads them; following the system, which needs no choice, comes last. */
const order: readonly Look[] = ['light', 'dark', 'system'];
const lookIcons: Record<Look, IconName> = { light: 'light', dark: 'dark', system: 'system' };

/** Whoever is logged in: how they want it to look, the keys, and the way out. */
export function PersonMenu({ person: { name, email }, csrf, look, here }: PersonProps) {
  return (
    <Pop
      id="person" class="person" popClass="pop-person" title={name}
      face={<><span class="initials" aria-hidden="true">{initialsOf(name)}</span><span class="person-name folds"><span class="visually-hidden">{t.you} </span>{name}</span></>}
    >
      <p class="person-card"><strong>{name}</strong><span class="help">{email}</span></p>
      <a href="/settings/profile"><Icon name="person" />{t.account}</a>
      <a href="/settings/security"><Icon name="secure" />{t.security}</a>
      <button type="button" data-open="keys" hidden><Icon name="keyboard" />{t.keys}<kbd>?</kbd></button>
      <Form action="/settings/look" csrf={csrf} class="look-choice">
        <input type="hidden" name="back" value={here} />
        <fieldset>
          <legend>{t.look}</legend>
          {order.map((one) => (
            <button name="look" value={one} aria-pressed={one === look} title={t.looks[one]}><Icon name={lookIcons[one]} /><span>{t.looks[one]}</span></button>
          ))}
        </fieldset>
      </Form>
      <Form action="/logout" csrf={csrf} class="way-out"><button><Icon name="leave" />{t.logOut}</button></Form>
    </Pop>
  );
}

import { checklistItems, type ChecklistItem } from '../../domain/instance/first-run.ts';
import { setupTexts } from '../../domain/texts/instance/setup.ts';
import { ActionButton, ButtonLink } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import type { ChecklistState } from './state.ts';

const t = setupTexts.checklist;

/** Where each is done. */
const places: Record<ChecklistItem, string> = {
  channel: '/setup/networks', scheduled: '/setup/post', published: '/calendar', invited: '/settings/members',
  address: '/setup/address', mail: '/setup/mail', policy: '/setup/operator', backup: '/setup/backup',
};

/** What is left to do before all of it works, for a person in a workspace; nothing once it is put away. */
export function Checklist({ list, csrf }: { list: ChecklistState | null; csrf: string }) {
  if (!list) return null;
  const done = list.items.filter((item) => item.done).length;
  const all = done === list.items.length;
  return (
    <Card
      title={t.title} id="getting-started" aside={<span class="help">{t.done(done, list.items.length)}</span>}
      actions={<>{list.settingUp && !all && <ButtonLink href="/setup" kind="primary">{t.goOn}</ButtonLink>}<ActionButton action="/setup/checklist/put-away" csrf={csrf}>{t.putAway}</ActionButton></>}
    >
      {all ? <p>{t.all}</p> : (
        <ul class="checklist">
          {checklistItems.flatMap(({ id }) => list.items.filter((item) => item.id === id)).map((item) => (
            <li class={item.done ? 'is-done' : 'is-open'}>
              <span class="checklist-mark" aria-hidden="true">{item.done ? '✓' : ''}</span>
              {item.done ? <span>{t.items[item.id]}<span class="visually-hidden">, {t.isDone}</span></span> : <a href={places[item.id]}>{t.items[item.id]}</a>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

import { browserOf } from '../../domain/people/agent.ts';
import type { Problem } from '../../domain/limits.ts';
import { securityTexts as t } from '../../domain/texts/people/security.ts';
import type { Session } from '../../store/people/sessions.ts';
import type { View } from '../page.tsx';
import { ActionButton, Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';

export function PasswordForm({ csrf, problems }: { csrf: string; problems: readonly Problem[] }) {
  return (
    <section>
      <h2>{t.change.title}</h2>
      <Form action="/settings/password" csrf={csrf}>
        <TextField name="current" label={t.change.present} type="password" problems={problems} autocomplete="current-password" required />
        <TextField name="password" id="new-password" label={t.change.fresh} type="password" help={t.change.help} problems={problems} autocomplete="new-password" required />
        <Button>{t.change.button}</Button>
      </Form>
    </section>
  );
}

/** The browsers that a person is logged in with; each but this one can be logged out from here. */
export function Sessions({ sessions, here, view: { csrf, workspace } }: { sessions: readonly Session[]; here: string; view: View }) {
  return (
    <section>
      <h2>{t.sessions.title}</h2>
      <ul class="rows">
        {sessions.map(({ id, agent, createdAt }) => (
          <li class="row session">
            <span class="row-text">{browserOf(agent)}{id === here && <strong>{t.sessions.here}</strong>}</span>
            <span class="row-time">{rich(t.sessions.since, { when: <Time at={createdAt} zone={workspace.zone} /> })}</span>
            {id !== here && <ActionButton action={`/settings/sessions/${id}/end`} csrf={csrf} small aria-label={t.sessions.endNamed(browserOf(agent))}>{t.sessions.end}</ActionButton>}
          </li>
        ))}
      </ul>
    </section>
  );
}

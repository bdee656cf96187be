import type { Problem } from '../../domain/limits.ts';
import { authTexts } from '../../domain/texts/people/auth.ts';
import type { User } from '../../store/people.ts';
import type { OpenInvitation } from '../../store/team/invitations.ts';
import { AgeLine } from '../auth/pages.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { rich } from '../words/rich.tsx';

const t = authTexts.invited;

/** Somebody is logged in: as the invited person, or as another who was given the link. */
export function AcceptAsSelf({ open, token, user, csrf }: { open: OpenInvitation; token: string; user: User | undefined; csrf: string }) {
  if (open.workspaceId === null) {
    return (
      <>
        <p>{t.hasAccount(user?.name ?? '')}</p>
        <p><ButtonLink href="/" kind="primary">{authTexts.toStart}</ButtonLink></p>
      </>
    );
  }
  return (
    <>
      <p>{t.loggedIn(user?.name ?? '', user?.email ?? '')}{user?.email !== open.email && t.madeFor(open.email)}</p>
      <Form action={`/invitations/${token}`} csrf={csrf}><Button kind="primary">{t.accept}</Button></Form>
      <p class="help">{rich(t.notYou, { out: <ActionButton action="/logout" csrf={csrf}>{t.logOut}</ActionButton> })}</p>
    </>
  );
}

export function LogInFirst({ token, email }: { token: string; email: string }) {
  return (
    <>
      <p>{t.logInFirst(email)}</p>
      <p><ButtonLink href={`/login?next=/invitations/${token}`} kind="primary">{authTexts.logIn}</ButtonLink></p>
    </>
  );
}

export function JoinForm({ token, email, name, problems, csrf }: { token: string; email: string; name: string; problems: readonly Problem[]; csrf: string }) {
  return (
    <>
      <Form action={`/invitations/${token}/join`} csrf={csrf}>
        <ProblemList problems={problems.filter(({ field }) => field === '')} />
        <input type="hidden" name="zone" data-zone />
        <Field name="invited-email" label={authTexts.email} help={t.emailHelp} problems={[]}>
          <input id="field-invited-email" type="email" value={email} readOnly autocomplete="username" />
        </Field>
        <TextField name="name" label={authTexts.name} value={name} problems={problems} autocomplete="name" required />
        <TextField name="password" label={authTexts.password} type="password" help={authTexts.passwordHelp} problems={problems} autocomplete="new-password" required />
        <AgeLine />
        <Button kind="primary">{authTexts.signUp.button}</Button>
      </Form>
      <p class="help">{rich(t.otherAddress, { a: (words) => <a href={`/login?next=/invitations/${token}`}>{words}</a> })}</p>
    </>
  );
}

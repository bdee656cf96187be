import type { Problem } from '../../domain/limits.ts';
import { authTexts as t } from '../../domain/texts/people/auth.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { rich } from '../words/rich.tsx';

const link = (href: string) => (words: string) => <a href={href}>{words}</a>;

export function SignUpForm({ csrf, typed, problems }: { csrf: string; typed: { name: string; email: string }; problems: readonly Problem[] }) {
  return (
    <Form action="/signup" csrf={csrf}>
      <ProblemList problems={problems.filter(({ field }) => field === '')} />
      {/* Filled in by the browser where scripts run; else the zone is UTC until it is changed in the settings. */}
      <input type="hidden" name="zone" data-zone />
      <TextField name="name" label={t.name} value={typed.name} problems={problems} autocomplete="name" required />
      <TextField name="email" label={t.email} type="email" value={typed.email} problems={problems} autocomplete="email" required />
      <TextField name="password" label={t.password} type="password" help={t.passwordHelp} problems={problems} autocomplete="new-password" required />
      <AgeLine />
      <Button kind="primary">{t.signUp.button}</Button>
      <p class="help">{rich(t.signUp.haveOne, { a: link('/login') })}</p>
    </Form>
  );
}

/** What whoever makes an account says by it. */
export function AgeLine() {
  return <p class="help">{rich(t.age, { terms: link('/terms'), privacy: link('/privacy') })}</p>;
}

export function RegistrationClosed() {
  return (
    <>
      <p>{t.signUp.closedSays}</p>
      <p><ButtonLink href="/login">{t.logIn}</ButtonLink></p>
    </>
  );
}

export function LogInForm({ csrf, typed, problems, open, said }: {
  csrf: string; typed: { email: string; next: string }; problems: readonly Problem[]; open: boolean;
  /** Why somebody was sent here, where that needs a word. */
  said: string | null;
}) {
  return (
    <Form action="/login" csrf={csrf}>
      <ProblemList problems={problems.filter(({ field }) => field === '')} />
      {said !== null && <p class="flash" role="status">{said}</p>}
      <input type="hidden" name="next" value={typed.next} />
      <TextField name="email" label={t.email} type="email" value={typed.email} problems={problems} autocomplete="username" required />
      <TextField name="password" label={t.password} type="password" problems={problems} autocomplete="current-password" required />
      <Button kind="primary">{t.logIn}</Button>
      <p class="help"><a href="/forgot">{t.login.forgot}</a></p>
      {open && <p class="help">{rich(t.login.fresh, { a: link('/signup') })}</p>}
    </Form>
  );
}

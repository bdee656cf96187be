import type { Problem } from '../../domain/limits.ts';
import { Form, ProblemList } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';

export function SignUpForm({ csrf, typed, problems }: { csrf: string; typed: { name: string; email: string }; problems: readonly Problem[] }) {
  return (
    <Form action="/signup" csrf={csrf}>
      <ProblemList problems={problems.filter(({ field }) => field === '')} />
      {/* Filled in by the browser where scripts run; else the zone is UTC until it is changed in the settings. */}
      <input type="hidden" name="zone" data-zone />
      <TextField name="name" label="Name" value={typed.name} problems={problems} autocomplete="name" required />
      <TextField name="email" label="E-mail" type="email" value={typed.email} problems={problems} autocomplete="email" required />
      <TextField name="password" label="Password" type="password" help="8 characters or more." problems={problems} autocomplete="new-password" required />
      {/* A sentence and no box to tick: it asks for nothing more to be sent, and a tick proves no age. */}
      <p class="help">By creating an account you say that you are at least 13 years old, or 16 where your law asks for it, and agree to the <a href="/terms">terms</a>. The <a href="/privacy">privacy page</a> says what is kept of you.</p>
      <button class="button primary">Create account</button>
      <p class="help">You have an account already? <a href="/login">Log in</a></p>
    </Form>
  );
}

export function RegistrationClosed() {
  return (
    <>
      <p>New accounts are made by invitation here. Ask whoever runs this instance, or a member of the workspace you want to join.</p>
      <p><a class="button" href="/login">Log in</a></p>
    </>
  );
}

export function LogInForm({ csrf, typed, problems, open, changed }: {
  csrf: string; typed: { email: string; next: string }; problems: readonly Problem[]; open: boolean;
  /** The password was just set by a mailed link. */
  changed: boolean;
}) {
  return (
    <Form action="/login" csrf={csrf}>
      <ProblemList problems={problems.filter(({ field }) => field === '')} />
      {changed && <p class="flash" role="status">The password is set. Log in with it.</p>}
      <input type="hidden" name="next" value={typed.next} />
      <TextField name="email" label="E-mail" type="email" value={typed.email} problems={problems} autocomplete="username" required />
      <TextField name="password" label="Password" type="password" problems={problems} autocomplete="current-password" required />
      <button class="button primary">Log in</button>
      <p class="help"><a href="/forgot">Forgot your password?</a></p>
      {open && <p class="help">New here? <a href="/signup">Create an account</a></p>}
    </Form>
  );
}

import type { Problem } from '../../domain/limits.ts';
import type { User } from '../../store/people.ts';
import type { OpenInvitation } from '../../store/team/invitations.ts';
import { ActionButton } from '../ui/button.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';

/** Somebody is logged in: as the invited person, or as another who was given the link. */
export function AcceptAsSelf({ open, token, user, csrf }: { open: OpenInvitation; token: string; user: User | undefined; csrf: string }) {
  if (open.workspaceId === null) {
    return (
      <>
        <p>You are logged in as {user?.name} and have an account here already.</p>
        <p><a class="button primary" href="/">To the start page</a></p>
      </>
    );
  }
  return (
    <>
      <p>You are logged in as {user?.name}, {user?.email}.{user?.email !== open.email && ` The invitation was made for ${open.email}.`}</p>
      <Form action={`/invitations/${token}`} csrf={csrf}><button class="button primary">Accept</button></Form>
      <p class="help">Not you? <ActionButton action="/logout" csrf={csrf}>Log out</ActionButton> and open the link again.</p>
    </>
  );
}

export function LogInFirst({ token, email }: { token: string; email: string }) {
  return (
    <>
      <p>There is an account for {email}. Log in, then you can accept.</p>
      <p><a class="button primary" href={`/login?next=/invitations/${token}`}>Log in</a></p>
    </>
  );
}

export function JoinForm({ token, email, name, problems, csrf }: { token: string; email: string; name: string; problems: readonly Problem[]; csrf: string }) {
  return (
    <>
      <Form action={`/invitations/${token}/join`} csrf={csrf}>
        <ProblemList problems={problems.filter(({ field }) => field === '')} />
        <input type="hidden" name="zone" data-zone />
        <div class="field">
          <label for="invited-email">E-mail</label>
          <p class="help">You log in with it.</p>
          <input id="invited-email" type="email" value={email} readOnly autocomplete="username" />
        </div>
        <TextField name="name" label="Name" value={name} problems={problems} autocomplete="name" required />
        <TextField name="password" label="Password" type="password" help="8 characters or more." problems={problems} autocomplete="new-password" required />
        <button class="button primary">Create account</button>
      </Form>
      <p class="help">You have an account under another address? <a href={`/login?next=/invitations/${token}`}>Log in</a></p>
    </>
  );
}

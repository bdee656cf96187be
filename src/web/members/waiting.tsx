import type { Invited } from '../../actions/members/invite.ts';
import type { Invitation } from '../../store/team/invitations.ts';
import { CopyField } from '../ui/copy.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Time } from '../words/time.tsx';

/** The link of an invitation that was just made, the one time it can be seen. */
export function InvitedLink({ invited: { email, link } }: { invited: Invited }) {
  return (
    <div class="flash invited" role="status">
      <p>{email} is invited. A mail is on its way where this instance can send mails; you can hand this link over as well. It is shown once and opens once, within seven days.</p>
      <CopyField name="link" label={`Link for ${email}`} value={link} />
    </div>
  );
}

/** Invitations without an answer. */
export function WaitingInvitations({ invitations, base, zone, now, csrf }: {
  invitations: readonly (Invitation & { inviterName: string | null })[]; base: string; zone: string; now: number; csrf: string;
}) {
  if (invitations.length === 0) return null;
  return (
    <>
      <h3>Invited, no answer yet</h3>
      <ul class="rows members">
        {invitations.map(({ id, email, role, workspaceId, inviterName, expiresAt }) => (
          <li class="row member">
            <span class="row-text"><strong>{email}</strong><span class="handle"> {workspaceId !== null && `as ${role}, `}by {inviterName ?? 'somebody who left'}</span></span>
            <span class={expiresAt > now ? 'row-time' : 'row-time needs-you'}>{expiresAt > now ? 'until' : 'expired'} <Time at={expiresAt} zone={zone} /></span>
            <span class="buttons">
              <ActionButton action={`${base}/${id}/renew`} csrf={csrf}>Send again<span class="visually-hidden"> to {email}</span></ActionButton>
              <ActionButton action={`${base}/${id}/revoke`} csrf={csrf} kind="danger">Take back<span class="visually-hidden"> the invitation of {email}</span></ActionButton>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

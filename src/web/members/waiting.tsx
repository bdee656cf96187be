import type { Invited } from '../../actions/members/invite.ts';
import { teamTexts as t } from '../../domain/texts/people/team.ts';
import type { Invitation } from '../../store/team/invitations.ts';
import { CopyField } from '../ui/copy.tsx';
import { ActionButton, Buttons } from '../ui/button.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';

/** The link of an invitation that was just made, the one time it can be seen. */
export function InvitedLink({ invited: { email, link } }: { invited: Invited }) {
  return (
    <div class="flash invited" role="status">
      <p>{t.isInvited(email)}</p>
      <CopyField name="link" label={t.linkFor(email)} value={link} />
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
      <h3>{t.waiting}</h3>
      <ul class="rows members">
        {invitations.map(({ id, email, role, workspaceId, inviterName, expiresAt }) => (
          <li class="row member">
            <span class="row-text"><strong>{email}</strong><span class="handle"> {workspaceId !== null ? t.asRoleBy(role, inviterName ?? t.bySomebody) : t.by(inviterName ?? t.bySomebody)}</span></span>
            <span class={expiresAt > now ? 'row-time' : 'row-time needs-you'}>{rich(expiresAt > now ? t.until : t.expired, { day: <Time at={expiresAt} zone={zone} /> })}</span>
            <Buttons>
              <ActionButton action={`${base}/${id}/renew`} csrf={csrf}>{t.sendAgain}<span class="visually-hidden"> {t.sendAgainTo(email)}</span></ActionButton>
              <ActionButton action={`${base}/${id}/revoke`} csrf={csrf} kind="danger">{t.takeBack}<span class="visually-hidden"> {t.takeBackOf(email)}</span></ActionButton>
            </Buttons>
          </li>
        ))}
      </ul>
    </>
  );
}

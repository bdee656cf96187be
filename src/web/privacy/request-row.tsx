import type { ComponentChildren } from 'preact';
import { requestWords } from '../../domain/promise/privacy.ts';
import { privacyTexts as t } from '../../domain/texts/instance/privacy.ts';
import type { PrivacyRequest } from '../../store/privacy/requests.ts';
import { Badge } from '../ui/badge.tsx';
import { dayText } from '../words/time.tsx';
import { rich } from '../words/rich.tsx';

const day = 24 * 60 * 60 * 1000;

/** When this is pressing (days). */
const soon = 7;

/** One request: what, when, and what came of it or how much time is left. */
export function RequestRow({ request, zone, now, who, children }: { request: PrivacyRequest; zone: string; now: number; who?: string; children?: ComponentChildren }) {
  const { kind, askedAt, answeredAt, canceledAt, message, answer } = request;
  return (
    <li class="row request">
      <div class="request-head">
        <strong>{requestWords[kind]}</strong>
        {who !== undefined && <span class="handle">{who}</span>}
        <span class="row-time">{rich(t.asked, { time: <time dateTime={new Date(askedAt).toISOString()}>{dayText(askedAt, zone, now)}</time> })}</span>
        <RequestState request={request} zone={zone} now={now} />
      </div>
      {message !== '' && <blockquote class="own-words">{message.split('\n').map((line) => <p>{line}</p>)}</blockquote>}
      {answer !== '' && answeredAt !== null && canceledAt === null && <div class="answer">{answer.split('\n').map((line) => <p>{line}</p>)}</div>}
      {children}
    </li>
  );
}

function RequestState({ request: { answeredAt, canceledAt, dueAt, answeredBy, kind }, zone, now }: { request: PrivacyRequest; zone: string; now: number }) {
  if (canceledAt !== null) return <Badge>{t.takenBack(dayText(canceledAt, zone, now))}</Badge>;
  if (answeredAt !== null) return <Badge tone="good">{answeredBy === null && kind !== 'other' ? t.done(dayText(answeredAt, zone, now)) : t.answered(dayText(answeredAt, zone, now))}</Badge>;
  const left = Math.ceil((dueAt - now) / day);
  if (left < 0) return <Badge tone="bad">{t.overdue(dayText(dueAt, zone, now))}</Badge>;
  return <Badge tone={left <= soon ? 'bad' : 'plain'}>{t.daysLeft(left, dayText(dueAt, zone, now))}</Badge>;
}

import type { ComponentChildren } from 'preact';
import { requestWords } from '../../domain/privacy.ts';
import type { PrivacyRequest } from '../../store/privacy/requests.ts';
import { dayText } from '../words/time.tsx';

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
        <span class="row-time">asked <time dateTime={new Date(askedAt).toISOString()}>{dayText(askedAt, zone, now)}</time></span>
        <RequestState request={request} zone={zone} now={now} />
      </div>
      {message !== '' && <blockquote class="own-words">{message.split('\n').map((line) => <p>{line}</p>)}</blockquote>}
      {answer !== '' && answeredAt !== null && canceledAt === null && <div class="answer">{answer.split('\n').map((line) => <p>{line}</p>)}</div>}
      {children}
    </li>
  );
}

function RequestState({ request: { answeredAt, canceledAt, dueAt, answeredBy, kind }, zone, now }: { request: PrivacyRequest; zone: string; now: number }) {
  if (canceledAt !== null) return <span class="setup-state">Taken back {dayText(canceledAt, zone, now)}</span>;
  if (answeredAt !== null) return <span class="setup-state is-ready">{answeredBy === null && kind !== 'other' ? 'Done' : 'Answered'} {dayText(answeredAt, zone, now)}</span>;
  const left = Math.ceil((dueAt - now) / day);
  if (left < 0) return <span class="setup-state is-bad">Overdue since {dayText(dueAt, zone, now)}</span>;
  return <span class={`setup-state ${left <= soon ? 'is-bad' : ''}`}>{left === 1 ? '1 day' : `${left} days`} left, until {dayText(dueAt, zone, now)}</span>;
}

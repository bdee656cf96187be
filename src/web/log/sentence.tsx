import { auditKinds, isAuditKind } from '../../domain/people/audit.ts';
import { excerptOf } from '../../domain/post.ts';
import { logTexts } from '../../domain/texts/log.ts';
import { logPageTexts as t } from '../../domain/texts/people/team.ts';
import type { AuditEntry } from '../../store/instance/audit.ts';
import { Time } from '../words/time.tsx';
import { listText } from '../words/words.ts';

/** One entry as a person would say it, with what it is about as it is called today. */
export function Sentence({ entry, zone }: { entry: AuditEntry; zone: string }) {
  // A kind of a later version, after going back: it happened, and that is all that is known.
  const said = isAuditKind(entry.kind) ? logTexts.kinds[entry.kind] : t.unknownKind;
  return (
    <>
      <strong>{entry.whoName ?? (entry.erased ? t.deletedPerson : entry.who === null ? t.program : t.gonePerson)}</strong>{' '}
      {said.split(/\{(\w+)\}/u).map((piece, n) => (n % 2 === 0 ? piece : <Blank name={piece} entry={entry} zone={zone} />))}.
    </>
  );
}

function Blank({ name, entry, zone }: { name: string; entry: AuditEntry; zone: string }) {
  const { data } = entry;
  switch (name) {
    case 'about': return <About entry={entry} />;
    case 'at': return data.at === undefined ? <>{t.aTime}</> : <Time at={data.at} zone={zone} />;
    case 'role': return <>{data.role ?? t.member}</>;
    case 'was': return <>{data.was ?? t.member}</>;
    case 'names': return <>{listText(data.names ?? [])}</>;
    default: return <>{data.name ?? t.something}</>;
  }
}

function About({ entry: { kind, about, aboutPerson, aboutChannel, aboutInvited, aboutPost } }: { entry: AuditEntry }) {
  if (aboutPost) return <a href={`/posts/${about ?? ''}`}>{excerptOf(aboutPost, 60) || t.noText}</a>;
  const name = aboutPerson ?? aboutChannel ?? aboutInvited;
  if (name) return <strong>{name}</strong>;
  const area = isAuditKind(kind) ? auditKinds[kind] : 'data';
  return <>{area === 'posts' ? t.gonePost : area === 'channels' ? t.goneChannel : t.goneAbout}</>;
}

import type { Instance } from '../../domain/instance/instance.ts';
import { names } from '../../domain/texts/names.ts';
import { publicTexts as t } from '../../domain/texts/promise/public.ts';
import type { Erasure } from '../../store/privacy/erasures.ts';
import { clockText, dayText } from '../words/time.tsx';
import { rich } from '../words/rich.tsx';
import { Whom } from './operator.tsx';

/** How far the deletion of an account or a workspace is, for whoever has its code; not whose it is. */
export function ErasurePage({ erasure, instance }: { erasure: Erasure; instance: Instance }) {
  const { kind, askedAt, dueAt, begunAt, doneAt, canceledAt, counts, code } = erasure;
  const said = t.erasure[kind];
  return (
    <>
      {doneAt !== null && <p>{said.done}</p>}
      {doneAt === null && canceledAt === null && begunAt !== null && <p>{said.begun}</p>}
      {doneAt === null && canceledAt === null && begunAt === null && <p>{said.waits}</p>}
      {canceledAt !== null && <p>{t.erasure.undone}</p>}
      <dl class="keeping">
        <Moment what={t.erasure.asked} at={askedAt} />
        {begunAt === null && canceledAt === null && <Moment what={t.erasure.begins} at={dueAt} />}
        {begunAt !== null && <Moment what={t.erasure.began} at={begunAt} />}
        {doneAt !== null && <Moment what={t.erasure.ended} at={doneAt} />}
        {Object.entries(counts).map(([name, count]) => <div><dt>{erased[name] ?? name}</dt><dd>{count.toLocaleString('en')}</dd></div>)}
        <div><dt>{t.code}</dt><dd><code>{code}</code></dd></div>
      </dl>
      <p>{rich(t.keepAddress, { whom: <Whom instance={instance} /> })}</p>
    </>
  );
}

const erased: Readonly<Record<string, string>> = names.erased;

function Moment({ what, at }: { what: string; at: number }) {
  return <div><dt>{what}</dt><dd><time dateTime={new Date(at).toISOString()}>{t.utc(dayText(at, 'UTC'), clockText(at, 'UTC'))}</time></dd></div>;
}

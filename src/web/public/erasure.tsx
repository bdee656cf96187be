import type { Instance } from '../../domain/instance.ts';
import type { Erasure } from '../../store/privacy/erasures.ts';
import { clockText, dayText } from '../words/time.tsx';
import { WriteTo } from './operator.tsx';

/** How far the deletion of an account or a workspace is, for whoever has its code; not whose it is. */
export function ErasurePage({ erasure, instance }: { erasure: Erasure; instance: Instance }) {
  const { kind, askedAt, dueAt, begunAt, doneAt, canceledAt, counts, code } = erasure;
  const what = kind === 'account' ? 'account' : 'workspace';
  return (
    <>
      {doneAt !== null && <p>The {what} and all that belonged to it is deleted here, and the networks were told that the access ends. Bills, if there are any, stay for the time the law asks for and no longer say whose they are.</p>}
      {doneAt === null && canceledAt === null && begunAt !== null && <p>The {what} can no longer be used. What is on its way to a network settles first, then everything is deleted. Reload this page to see how far it is; you can also leave it.</p>}
      {doneAt === null && canceledAt === null && begunAt === null && <p>The {what} waits to be deleted. Log in to undo it.</p>}
      {canceledAt !== null && <p>Nothing was deleted.</p>}
      <dl class="keeping">
        <Moment what="Asked" at={askedAt} />
        {begunAt === null && canceledAt === null && <Moment what="Begins" at={dueAt} />}
        {begunAt !== null && <Moment what="Begun" at={begunAt} />}
        {doneAt !== null && <Moment what="Done" at={doneAt} />}
        {Object.entries(counts).map(([name, count]) => <div><dt>{words[name] ?? name} deleted</dt><dd>{count.toLocaleString('en')}</dd></div>)}
        <div><dt>Code</dt><dd><code>{code}</code></dd></div>
      </dl>
      <p>Keep this address if you want to look again: nobody can find it for you. <WriteTo instance={instance} /> if you have a question.</p>
    </>
  );
}

const words: Record<string, string> = { posts: 'Posts', files: 'Pictures and videos', rows: 'Other records' };

function Moment({ what, at }: { what: string; at: number }) {
  return <div><dt>{what}</dt><dd><time dateTime={new Date(at).toISOString()}>{dayText(at, 'UTC')} {clockText(at, 'UTC')} UTC</time></dd></div>;
}

import type { Problem } from '../../../domain/limits.ts';
import { composerTexts as t } from '../../../domain/texts/writing/composer.ts';
import { Button } from '../../ui/button.tsx';
import { fieldId, problemId, WayOut } from '../../ui/field.tsx';
import { rich } from '../../words/rich.tsx';
import type { ComposerState } from '../model/data.ts';

/** What is wrong with one field, beside it; with the way out where a crop is one. */
export function Beside({ field, problems }: { field: string; problems: readonly Problem[] }) {
  const own = unique(problems.filter((problem) => problem.field === field));
  if (own.length === 0) return null;
  return (
    <div class="field-problems" id={problemId(field)}>
      {own.map((problem) => <p class={problem.level === 'warning' ? 'warning' : 'error'}>{problem.message} <CropButton problem={problem} /><JoinButton problem={problem} /><WayOut link={problem.link} /></p>)}
    </div>
  );
}

/** Leads to the crop; what was written comes along. */
function CropButton({ problem: { field, crop, channelId } }: { problem: Problem }) {
  if (!crop || channelId === undefined) return null;
  return <Button kind="quiet" small name="intent" value={['crop', field, crop.mediaId, aspectParam(crop.aspect), channelId].join(':')}>{t.crop}</Button>;
}

function JoinButton({ problem: { join, channelId } }: { problem: Problem }) {
  return join && channelId !== undefined ? <Button kind="quiet" small name="intent" value={`join:${channelId}`}>{t.join}</Button> : null;
}

/** `MIN-MAX`, as the crop page takes it. */
export function aspectParam({ min, max }: { min: number; max: number }): string {
  return `${Number(min.toFixed(5))}-${Number(max.toFixed(5))}`;
}

/** More would push the preview away; they fold. */
const mostAtOnce = 6;

/** Problems and warnings in one list that jumps to their fields. */
export function Problems({ problems, labelOf }: { problems: readonly Problem[]; labelOf: (problem: Problem) => string }) {
  if (problems.length === 0) return null;
  const blocking = unique(problems.filter(({ level }) => level !== 'warning'));
  const warnings = unique(problems.filter(({ level }) => level === 'warning'));
  return (
    <section class={`problems ${blocking.length > 0 ? 'blocking' : ''}`} id="problems" tabIndex={-1}>
      {blocking.length > 0 && <h2>{t.inTheWay(blocking.length)}</h2>}
      <Lines problems={blocking.slice(0, mostAtOnce)} labelOf={labelOf} />
      {blocking.length > mostAtOnce && <details><summary>{t.moreInTheWay(blocking.length - mostAtOnce)}</summary><Lines problems={blocking.slice(mostAtOnce)} labelOf={labelOf} /></details>}
      {warnings.length > 0 && <h2>{t.worthALook}</h2>}
      <Lines problems={warnings} labelOf={labelOf} />
    </section>
  );
}

function Lines({ problems, labelOf }: { problems: readonly Problem[]; labelOf: (problem: Problem) => string }) {
  return <ul>{problems.map((problem) => <Line problem={problem} label={labelOf(problem)} />)}</ul>;
}

function Line({ problem, label }: { problem: Problem; label: string }) {
  const { field, message, level, link } = problem;
  return (
    <li class={level === 'warning' ? 'warning' : 'error'}>
      {label && <span class="whose">{t.whose(label)}</span>}
      {field ? <a href={`#${fieldId(field)}`} data-jump={field}>{message}</a> : message} <CropButton problem={problem} /><JoinButton problem={problem} /><WayOut link={link} />
    </li>
  );
}

const attempts = { draft: t.draftRefused, schedule: t.scheduleRefused, now: t.nowRefused };

/** What came of the button that was pressed, at the top where a page begins. */
export function Refusal({ refused, problems, editing }: Pick<ComposerState, 'refused'> & { problems: readonly Problem[]; /** It is a saved post that is written on. */ editing: boolean }) {
  if (refused === null) return null;
  // What is about no field is about the post itself: it is gone, out, or somebody else's by now.
  const lost = editing && problems.some(({ field, level }) => field === '' && level !== 'warning');
  const count = unique(problems.filter(({ level }) => level !== 'warning')).length;
  return (
    <p class="flash refusal" role="alert">
      {count === 0 ? t.mended(attempts[refused]) : rich(t.refused(attempts[refused], count), { list: (words) => <a href="#problems" data-jump="">{words}</a> })}
      {lost && <> <KeepMine /></>}
    </p>
  );
}

/** The way out where this post cannot be saved any more: what was written becomes a post of its own. */
export function KeepMine() {
  return <Button small name="intent" value="copy">{t.keepMine}</Button>;
}

/** The same of the same field is said once, whichever channels it is about. */
export function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.field}\n${problem.message}`, problem])).values()];
}

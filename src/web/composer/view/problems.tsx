import type { Problem } from '../../../domain/limits.ts';
import { composerTexts as t } from '../../../domain/texts/pages/composer.ts';
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
      {own.map((problem) => <p class={problem.level === 'warning' ? 'warning' : 'error'}>{problem.message} <CropButton problem={problem} /><WayOut link={problem.link} /></p>)}
    </div>
  );
}

/** Leads to the crop; what was written comes along. */
function CropButton({ problem: { field, crop, channelId } }: { problem: Problem }) {
  if (!crop || channelId === undefined) return null;
  return <Button kind="quiet" small name="intent" value={['crop', field, crop.mediaId, aspectParam(crop.aspect), channelId].join(':')}>{t.crop}</Button>;
}

/** `MIN-MAX`, as the crop page takes it. */
export function aspectParam({ min, max }: { min: number; max: number }): string {
  return `${Number(min.toFixed(5))}-${Number(max.toFixed(5))}`;
}

/** Problems and warnings in one list that jumps to their fields. */
export function Problems({ problems, labelOf }: { problems: readonly Problem[]; labelOf: (problem: Problem) => string }) {
  if (problems.length === 0) return null;
  const blocking = unique(problems.filter(({ level }) => level !== 'warning'));
  const warnings = unique(problems.filter(({ level }) => level === 'warning'));
  return (
    <section class={`problems ${blocking.length > 0 ? 'blocking' : ''}`} id="problems" tabIndex={-1}>
      {blocking.length > 0 && <h2>{t.inTheWay(blocking.length)}</h2>}
      <ul>{blocking.map((problem) => <Line problem={problem} label={labelOf(problem)} />)}</ul>
      {warnings.length > 0 && <h2>{t.worthALook}</h2>}
      <ul>{warnings.map((problem) => <Line problem={problem} label={labelOf(problem)} />)}</ul>
    </section>
  );
}

function Line({ problem, label }: { problem: Problem; label: string }) {
  const { field, message, level, link } = problem;
  return (
    <li class={level === 'warning' ? 'warning' : 'error'}>
      {label && <span class="whose">{t.whose(label)}</span>}
      {field ? <a href={`#${fieldId(field)}`} data-jump={field}>{message}</a> : message} <CropButton problem={problem} /><WayOut link={link} />
    </li>
  );
}

const attempts = { draft: t.draftRefused, schedule: t.scheduleRefused, now: t.nowRefused };

/** What came of the button that was pressed, at the top where a page begins. */
export function Refusal({ refused, problems }: Pick<ComposerState, 'refused'> & { problems: readonly Problem[] }) {
  if (refused === null) return null;
  const count = unique(problems.filter(({ level }) => level !== 'warning')).length;
  return (
    <p class="flash refusal" role="alert">
      {count === 0 ? t.mended(attempts[refused]) : rich(t.refused(attempts[refused], count), { list: (words) => <a href="#problems" data-jump="">{words}</a> })}
    </p>
  );
}

/** The same of the same field is said once, whichever channels it is about. */
export function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.field}\n${problem.message}`, problem])).values()];
}

import { tagKey, tagLine, tagsIn, type HashtagSet, type UsedTag } from '../../../domain/posts/hashtag.ts';
import type { Problem } from '../../../domain/limits.ts';
import { hashtagTexts } from '../../../domain/texts/writing/hashtags.ts';
import { writingTexts as t } from '../../../domain/texts/writing/writing.ts';
import { Button } from '../../ui/button.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import type { Desk } from './desk.ts';
import { openPopover } from './popover.ts';
import { json } from '../composer/request.ts';

const at = '/posts/hashtags';
const mostUsed = 24;

let loading: Promise<readonly UsedTag[]> | null = null;

/** The tags that this workspace used before, the latest first: asked for once a page. */
export function usedTags(): Promise<readonly UsedTag[]> {
  loading ??= json<{ used: UsedTag[] }>(at).then(({ used }) => used ?? []).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Sets and single tags to put in, and the place where sets are made and removed. */
export async function openHashtags(desk: Desk, anchor: HTMLElement, field: HTMLTextAreaElement, insert: (words: string) => void): Promise<void> {
  const pop = openPopover(anchor, t.hashtags, field);
  let used: readonly UsedTag[] | null = null;
  let trouble = '';
  let problems: readonly Problem[] = [];
  /** How many sets were kept: each leaves a fresh form behind. */
  let kept = 0;
  /** What stands in the form: it is drawn anew while somebody types. */
  let typed = { name: '', tags: tagLine(tagsIn(field.value)) };

  const put = (tags: readonly string[]) => {
    const has = new Set(tagsIn(field.value).map(tagKey));
    pop.close();
    insert(tagLine(tags.filter((tag) => !has.has(tagKey(tag)))));
  };

  async function change(url: string, fields: Record<string, string>): Promise<boolean> {
    try {
      const answer = await json<{ problems: Problem[]; sets: HashtagSet[] }>(url, { ...fields, _csrf: desk.state().data.csrf });
      problems = answer.problems;
      trouble = '';
      desk.set({ data: { ...desk.state().data, sets: answer.sets } });
    } catch {
      trouble = hashtagTexts.unreachable;
    }
    draw();
    return problems.length === 0 && trouble === '';
  }

  function note(form: HTMLFormElement) {
    const entries = new FormData(form);
    const of = (name: string) => { const value = entries.get(name); return typeof value === 'string' ? value : ''; };
    typed = { name: of('name'), tags: of('tags') };
  }

  async function save() {
    if (!(await change(at, typed))) return;
    typed = { name: '', tags: '' };
    kept += 1;
    draw();
  }

  function draw() {
    const { sets } = desk.state().data;
    pop.draw(
      <div class="hashtag-sheet">
        {trouble !== '' && <p class="error" role="alert">{trouble}</p>}
        {sets.length > 0 && <h3>{t.sets}</h3>}
        {sets.length > 0 && (
          <ul class="tag-sets">
            {sets.map(({ id, name, tags }) => (
              <li key={id}>
                <button type="button" class="tag-set" onClick={() => put(tags)}><strong>{name}</strong> <span class="help">{tagLine(tags)}</span></button>
                <Button type="button" kind="quiet" small aria-label={hashtagTexts.removeNamed(name)} onClick={() => void change(`${at}/${id}/remove`, {})}>{hashtagTexts.remove}</Button>
              </li>
            ))}
          </ul>
        )}
        <h3>{t.used}</h3>
        {used !== null && used.length === 0 && <p class="help">{t.noTags}</p>}
        {used !== null && used.length > 0 && (
          <ul class="used-tags">{used.slice(0, mostUsed).map(({ tag, posts }) => <li><button type="button" class="used-tag" onClick={() => put([tag])}>#{tag} <span class="help" title={t.usedIn(posts)}>{posts}<span class="visually-hidden"> {t.usedIn(posts)}</span></span></button></li>)}</ul>
        )}
        <details open={problems.length > 0}>
          <summary>{t.newSet}</summary>
          <form key={kept} method="post" action={at} onInput={(event) => note(event.currentTarget)} onSubmit={(event) => { event.preventDefault(); void save(); }}>
            <TextField name="name" label={hashtagTexts.name} placeholder={hashtagTexts.namePlaceholder} value={typed.name} problems={problems} />
            <TextAreaField name="tags" label={hashtagTexts.tags} help={hashtagTexts.tagsHelp} value={typed.tags} rows={2} problems={problems} />
            <Button kind="primary" small>{hashtagTexts.save}</Button>
          </form>
        </details>
      </div>,
    );
  }

  draw();
  (pop.element.querySelector<HTMLElement>('button, summary') ?? pop.element).focus();
  try {
    used = await usedTags();
  } catch {
    used = [];
    trouble = t.tagsMissing;
  }
  if (!pop.element.isConnected) return;
  draw();
  if (document.activeElement === document.body) pop.element.querySelector<HTMLElement>('button, summary')?.focus();
}

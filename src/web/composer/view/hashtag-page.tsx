import type { HashtagSet } from '../../../domain/posts/hashtag.ts';
import { tagLine } from '../../../domain/posts/hashtag.ts';
import type { Problem } from '../../../domain/limits.ts';
import { hashtagTexts as t } from '../../../domain/texts/writing/hashtags.ts';
import { ActionButton, Button, ButtonLink } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { PageHead } from '../../ui/page-head.tsx';

interface HashtagPageProps {
  sets: readonly HashtagSet[];
  /** What was typed and refused. */
  typed: { name: string; tags: string };
  problems: readonly Problem[];
  csrf: string;
}

/** The sets of a workspace, for browsers without scripts and for tidying up. */
export function HashtagPage({ sets, typed, problems, csrf }: HashtagPageProps) {
  return (
    <>
      <PageHead title={t.title}><ButtonLink href="/posts/new" kind="quiet">{t.back}</ButtonLink></PageHead>
      <p class="lead">{t.lead}</p>
      {sets.length === 0 ? <Empty>{t.none}</Empty> : (
        <ul class="hashtag-sets">
          {sets.map(({ id, name, tags }) => (
            <li>
              <div><strong>{name}</strong><p class="help">{tagLine(tags)}</p></div>
              <ActionButton action={`/posts/hashtags/${id}/remove`} csrf={csrf} small>{t.remove}<span class="visually-hidden"> {name}</span></ActionButton>
            </li>
          ))}
        </ul>
      )}
      <h2>{t.newSet}</h2>
      <Form action="/posts/hashtags" csrf={csrf} class="narrow">
        <TextField name="name" label={t.name} value={typed.name} placeholder={t.namePlaceholder} problems={problems} required />
        <TextAreaField name="tags" label={t.tags} help={t.tagsHelp} value={typed.tags} rows={3} problems={problems} required />
        <Button kind="primary">{t.save}</Button>
      </Form>
    </>
  );
}

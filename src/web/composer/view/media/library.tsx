import type { ComponentChildren } from 'preact';
import type { Label } from '../../../../domain/posts/label.ts';
import { addressTexts, libraryTexts as t } from '../../../../domain/texts/writing/files.ts';
import { Button, Buttons } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Form } from '../../../ui/form.tsx';
import type { MediaItem } from '../../model/data.ts';
import type { Draft } from '../../model/draft.ts';
import { entriesOf } from '../../model/form.ts';
import { Thumb } from './media.tsx';

/** What of the library can be taken for a target: its pictures for an option, everything for a part. */
export function fitsTarget({ facts }: MediaItem, target: string): boolean {
  return !isOption(target) || facts.kind === 'image';
}

export function isOption(target: string): boolean {
  return target.includes('.option.');
}

export interface LibraryGridProps {
  items: readonly MediaItem[];
  target: string;
  /** Something narrows what is shown. */
  searched?: boolean;
  /** What is chosen, shown here or not. */
  picked: ReadonlySet<string>;
  /** The way out where nothing fits. */
  showAll?: ComponentChildren;
}

/** The library to choose from. An option takes one, a part as many as one likes. */
export function LibraryGrid({ items, target, searched = false, picked, showAll }: LibraryGridProps) {
  const fitting = items.filter((item) => fitsTarget(item, target));
  if (fitting.length === 0) return searched ? <Empty action={showAll}>{t.nothingFound}</Empty> : <Empty>{t.nothing}</Empty>;
  return (
    <ul class="pick">
      {fitting.map((item) => (
        <li key={item.facts.mediaId}>
          <label>
            <input type={isOption(target) ? 'radio' : 'checkbox'} name="pick" value={item.facts.mediaId} checked={picked.has(item.facts.mediaId)} />
            <Thumb mediaId={item.facts.mediaId} item={item} />
            <span class="name" title={item.name}>{item.name}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}

/** What the library is looked through for; empty is all. */
export interface LookedFor {
  words: string;
  kind: '' | 'image' | 'video';
  labelId: string;
}

export const lookedForAll: LookedFor = { words: '', kind: '', labelId: '' };

export const kindChoices = [['', t.all], ['image', t.pictures], ['video', t.videos]] as const;

export interface LibraryPageProps {
  draft: Draft;
  csrf: string;
  target: string;
  items: readonly MediaItem[];
  next: string | null;
  looked: LookedFor;
  labels: readonly Label[];
  /** What was chosen before it was looked for something else. */
  picked: readonly MediaItem[];
}

/** The library as a page of its own, for browsers without scripts. What was written comes along and goes back. */
export function LibraryPage({ draft, csrf, target, items, next, looked, labels, picked }: LibraryPageProps) {
  const ids = new Set(picked.map(({ facts }) => facts.mediaId));
  const elsewhere = picked.filter(({ facts }) => !items.some((item) => item.facts.mediaId === facts.mediaId));
  return (
    <Carrying draft={draft} csrf={csrf}>
      <h1>{t.title}</h1>
      <input type="hidden" name="target" value={target} />
      <div class="pick-search">
        <label class="visually-hidden" for="pick-words">{t.search}</label>
        <input type="search" name="q" id="pick-words" value={looked.words} placeholder={t.search} />
        {!isOption(target) && <select name="pick-kind" aria-label={t.kinds} value={looked.kind}>{kindChoices.map(([value, label]) => <option value={value}>{label}</option>)}</select>}
        <LabelSelect labels={labels} chosen={looked.labelId} />
        <Button name="intent" value={`library:${target}`}>{t.searchButton}</Button>
      </div>
      {elsewhere.length > 0 && (
        <fieldset>
          <legend>{t.chosen}</legend>
          <LibraryGrid items={elsewhere} target={target} picked={ids} />
        </fieldset>
      )}
      <LibraryGrid items={items} target={target} searched={isNarrowed(looked)} picked={ids} />
      <Buttons>
        <Button kind="primary" name="intent" value="picked">{t.add}</Button>
        {next !== null && <Button kind="quiet" name="intent" value={`library:${target}:${next}`}>{t.earlier}</Button>}
        <Button kind="quiet" name="intent" value="refresh">{t.back}</Button>
      </Buttons>
    </Carrying>
  );
}

export function isNarrowed({ words, kind, labelId }: LookedFor): boolean {
  return words !== '' || kind !== '' || labelId !== '';
}

/** The files that bear one label; nothing where there are no labels. */
export function LabelSelect({ labels, chosen, changed }: { labels: readonly Label[]; chosen: string; changed?: (labelId: string) => void }) {
  if (labels.length === 0) return null;
  return (
    <select name="pick-label" aria-label={t.label} value={chosen} {...(changed && { onChange: ({ currentTarget }) => changed(currentTarget.value) })}>
      <option value="">{t.anyLabel}</option>
      {labels.map(({ id, name }) => <option value={id}>{name}</option>)}
    </select>
  );
}

/** A file from the web, for browsers without scripts. */
export function AddressPage({ draft, csrf, target, typed, problem }: { draft: Draft; csrf: string; target: string; typed: string; problem: string }) {
  return (
    <Carrying draft={draft} csrf={csrf}>
      <h1>{addressTexts.title}</h1>
      <p class="lead">{addressTexts.lead}</p>
      <input type="hidden" name="target" value={target} />
      <div class="field">
        <label for="field-url">{addressTexts.label}</label>
        <input type="url" name="url" id="field-url" value={typed} placeholder="https://" {...(problem !== '' && { 'aria-invalid': 'true' as const, 'aria-describedby': 'problem-url' })} />
        {problem !== '' && <div class="field-problems" id="problem-url"><p class="error">{problem}</p></div>}
      </div>
      <Buttons>
        <Button kind="primary" name="intent" value="fetched">{addressTexts.fetch}</Button>
        <Button kind="quiet" name="intent" value="refresh">{addressTexts.back}</Button>
      </Buttons>
    </Carrying>
  );
}

/** A form of another page that takes the whole draft along, so that nothing is lost on the way. */
export function Carrying({ draft, csrf, children }: { draft: Draft; csrf: string; children: ComponentChildren }) {
  return (
    <Form action={draft.postId ? `/posts/${draft.postId}` : '/posts'} csrf={csrf} files class="carrying">
      {entriesOf(draft).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
      {children}
    </Form>
  );
}

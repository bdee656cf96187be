import { addressTexts, libraryTexts as t } from '../../../domain/texts/pages/files.ts';
import { Button, Buttons } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Form } from '../../ui/form.tsx';
import type { MediaItem } from '../model/data.ts';
import type { Draft } from '../model/draft.ts';
import { entriesOf } from '../model/form.ts';
import { Thumb } from './media.tsx';

/** What of the library can be taken for a target: its pictures for an option, everything for a part. */
export function fitsTarget({ facts }: MediaItem, target: string): boolean {
  return !isOption(target) || facts.kind === 'image';
}

export function isOption(target: string): boolean {
  return target.includes('.option.');
}

/** The library to choose from. An option takes one, a part as many as one likes. `picked` are those that a script keeps over searches. */
export function LibraryGrid({ items, target, searched = false, picked }: { items: readonly MediaItem[]; target: string; searched?: boolean; picked?: ReadonlySet<string> }) {
  const fitting = items.filter((item) => fitsTarget(item, target));
  if (fitting.length === 0) return <Empty>{searched ? t.nothingFound : t.nothing}</Empty>;
  return (
    <ul class="pick">
      {fitting.map((item) => (
        <li key={item.facts.mediaId}>
          <label>
            <input type={isOption(target) ? 'radio' : 'checkbox'} name="pick" value={item.facts.mediaId} {...(picked && { checked: picked.has(item.facts.mediaId) })} />
            <Thumb mediaId={item.facts.mediaId} item={item} />
            <span class="name">{item.name}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}

/** What the library is looked through for. */
export interface LookedFor {
  words: string;
  kind: '' | 'image' | 'video';
}

export const kindChoices = [['', t.all], ['image', t.pictures], ['video', t.videos]] as const;

/** The library as a page of its own, for browsers without scripts. What was written comes along and goes back. */
export function LibraryPage({ draft, csrf, target, items, next, looked }: { draft: Draft; csrf: string; target: string; items: readonly MediaItem[]; next: string | null; looked: LookedFor }) {
  return (
    <Carrying draft={draft} csrf={csrf}>
      <h1>{t.title}</h1>
      <input type="hidden" name="target" value={target} />
      <div class="pick-search">
        <label class="visually-hidden" for="pick-words">{t.search}</label>
        <input type="search" name="q" id="pick-words" value={looked.words} placeholder={t.search} />
        <Button name="intent" value={`library:${target}`}>{t.searchButton}</Button>
      </div>
      <LibraryGrid items={items} target={target} searched={looked.words !== ''} />
      <Buttons>
        <Button kind="primary" name="intent" value="picked">{t.add}</Button>
        {next !== null && <Button kind="quiet" name="intent" value={`library:${target}:${next}`}>{t.earlier}</Button>}
        <Button kind="quiet" name="intent" value="refresh">{t.back}</Button>
      </Buttons>
    </Carrying>
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
export function Carrying({ draft, csrf, children }: { draft: Draft; csrf: string; children: preact.ComponentChildren }) {
  return (
    <Form action={draft.postId ? `/posts/${draft.postId}` : '/posts'} csrf={csrf} files class="carrying">
      {entriesOf(draft).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
      {children}
    </Form>
  );
}

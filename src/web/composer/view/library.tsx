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

/** The library to choose from. An option takes one, a part as many as one likes. */
export function LibraryGrid({ items, target }: { items: readonly MediaItem[]; target: string }) {
  const fitting = items.filter((item) => fitsTarget(item, target));
  if (fitting.length === 0) return <p class="empty">Nothing to choose from yet.</p>;
  return (
    <ul class="pick">
      {fitting.map((item) => (
        <li key={item.facts.mediaId}>
          <label>
            <input type={isOption(target) ? 'radio' : 'checkbox'} name="pick" value={item.facts.mediaId} />
            <Thumb mediaId={item.facts.mediaId} item={item} />
            <span class="name">{item.name}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}

/** The library as a page of its own, for browsers without scripts. What was written comes along and goes back. */
export function LibraryPage({ draft, csrf, target, items, next }: { draft: Draft; csrf: string; target: string; items: readonly MediaItem[]; next: string | null }) {
  return (
    <Carrying draft={draft} csrf={csrf}>
      <h1>From the library</h1>
      <input type="hidden" name="target" value={target} />
      <LibraryGrid items={items} target={target} />
      <div class="buttons">
        <button class="button primary" name="intent" value="picked">Add to the post</button>
        {next !== null && <button class="button quiet" name="intent" value={`library:${target}:${next}`}>Earlier files</button>}
        <button class="button quiet" name="intent" value="refresh">Back to the post</button>
      </div>
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

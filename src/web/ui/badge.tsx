import type { ComponentChildren } from 'preact';
import type { Label } from '../../domain/posts/label.ts';

/** A label: its word, with its color beside it. */
export function LabelWord({ label: { name, color } }: { label: Pick<Label, 'name' | 'color'> }) {
  return <span class={`label label-${color}`}>{name}</span>;
}

export function LabelWords({ labels }: { labels: readonly Label[] }) {
  return labels.length === 0 ? null : <span class="labels">{labels.map((label) => <LabelWord label={label} />)}</span>;
}

/** How something stands, in a word: `good`, `some` and `bad` by shape and weight too, never by color alone. */
export function Badge({ tone = 'plain', children }: { tone?: 'plain' | 'some' | 'good' | 'bad'; children: ComponentChildren }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}

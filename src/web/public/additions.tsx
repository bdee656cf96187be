import type { Instance } from '../../domain/instance/instance.ts';
import { publicTexts as t } from '../../domain/texts/promise/public.ts';
import { operatorName } from './operator.tsx';

/** What whoever runs the instance adds to a page: paragraphs, and headings after `## `. Nothing where nothing is added. */
export function Additions({ text, instance }: { text: string; instance: Instance }) {
  const parts = text.split(/\n\s*\n/u).map((part) => part.trim()).filter((part) => part !== '');
  if (parts.length === 0) return null;
  return (
    <>
      <h2>{t.from(operatorName(instance))}</h2>
      {parts.map((part) => (part.startsWith('## ') ? <h3>{part.slice(3)}</h3> : <p class="message-text">{part}</p>))}
    </>
  );
}

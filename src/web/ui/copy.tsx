import { encodeQR } from 'qr';
import { uiTexts as t } from '../../domain/texts/pages/ui.ts';
import { fieldId } from './field.tsx';

/** Text to take along: selectable as it is; where scripts run a button copies it (`islands/copy`). */
export function CopyField({ name, label, value, rows }: { name: string; label: string; value: string; rows?: number }) {
  const id = fieldId(name);
  return (
    <div class="field copy" data-copy>
      <label for={id}>{label}</label>
      {rows === undefined ? <input id={id} value={value} readOnly /> : <textarea id={id} rows={rows} readOnly>{value}</textarea>}
      <button type="button" class="button small" hidden data-copy-button>{t.copy}</button>
    </div>
  );
}

/** Text to be read by a camera, drawn here: a secret in it goes to no other place. Dark on white whatever the theme. */
export function Qr({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${rows.length} ${rows.length}`} width={200} height={200} shape-rendering="crispEdges">
      <rect width={rows.length} height={rows.length} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

import { fieldId } from './form.tsx';

/** Text to take along: selectable as it is; where scripts run a button copies it (`islands/copy`). */
export function CopyField({ name, label, value, rows }: { name: string; label: string; value: string; rows?: number }) {
  const id = fieldId(name);
  return (
    <div class="field copy" data-copy>
      <label for={id}>{label}</label>
      {rows === undefined ? <input id={id} value={value} readOnly /> : <textarea id={id} rows={rows} readOnly>{value}</textarea>}
      <button type="button" class="button small" hidden data-copy-button>Copy</button>
    </div>
  );
}

import type { Problem } from '../../domain/limits.ts';
import { FieldProblems, fieldId, inputProps } from './form.tsx';

/** A time zone to choose, out of all there are. */
export function ZoneField({ zone, help, problems }: { zone: string; help: string; problems: readonly Problem[] }) {
  return (
    <div class="field">
      <label for={fieldId('zone')}>Time zone</label>
      <p class="help">{help}</p>
      <select name="zone" {...inputProps('zone', problems)}>
        {zones(zone).map((one) => <option value={one} selected={one === zone}>{one.replaceAll('_', ' ')}</option>)}
      </select>
      <FieldProblems field="zone" problems={problems} />
    </div>
  );
}

function zones(current: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), current])].sort();
}

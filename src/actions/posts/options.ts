import type { Problem } from '../../domain/limits.ts';
import type { Json } from '../../domain/json.ts';
import type { Field, Provider } from '../../providers/contract.ts';

/**
 * A channel's options as they are kept, from what a form sent (a checkbox is `on` or absent). Problems are
 * `CHANNEL.option.NAME`; what a draft still lacks is none.
 */
export function optionsOf(
  { channelId, provider, options }: { channelId: string; provider: Provider; options: Record<string, string> },
  intent: 'draft' | 'schedule' | 'now', problems: Problem[],
): { [key: string]: Json } {
  const said = (name: string) => options[name]?.trim() ?? '';
  const format = said('format') || provider.capabilities.formats?.[0]?.value;
  const raw: Record<string, string | number | boolean> = {};
  if (format !== undefined && provider.capabilities.formats) raw['format'] = format;
  for (const field of provider.fields) {
    if (field.kind === 'note' || !isShown(field, provider.fields, said, format)) continue;
    const value = said(field.name);
    if (value !== '') raw[field.name] = valueOf(field, value, options[field.name] ?? '');
    else if (field.required && intent !== 'draft') problems.push({ field: `${channelId}.option.${field.name}`, message: missingText(field) });
  }
  const parsed = provider.options.safeParse(raw);
  if (parsed.success) return parsed.data as { [key: string]: Json };
  for (const { path } of parsed.error.issues) {
    const field = provider.fields.find(({ name }) => name === path[0]);
    problems.push({ field: `${channelId}.option.${String(path[0] ?? '')}`, message: `${field?.label ?? 'This option'} cannot be that. Choose another.` });
  }
  return {};
}

/** Whether a field applies with what else was chosen. */
function isShown({ when, formats }: Field, fields: readonly Field[], said: (name: string) => string, format: string | undefined): boolean {
  if (formats && (format === undefined || !formats.includes(format))) return false;
  if (!when) return true;
  const other = fields.find(({ name }) => name === when.field);
  const value = other?.kind === 'checkbox' ? said(when.field) !== '' : said(when.field) || other?.choices?.[0]?.value;
  return value === when.is;
}

function valueOf({ kind }: Field, value: string, raw: string): string | number | boolean {
  switch (kind) {
    case 'checkbox':
      return true;
    case 'number':
      return Number(value);
    case 'textarea':
      return raw;
    case 'text':
    case 'password':
    case 'url':
    case 'datetime':
    case 'select':
    case 'image':
    case 'note':
      return value;
  }
}

function missingText({ kind, label }: Field): string {
  return kind === 'select' || kind === 'image' || kind === 'datetime' ? `Choose: ${label}.` : kind === 'checkbox' ? `Confirm: ${label}` : `${label} is missing.`;
}

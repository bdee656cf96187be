import { limitsOf } from '../../domain/capabilities.ts';
import { choicesOf, type Field } from '../../domain/field.ts';
import { sizeText } from '../../domain/units.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import type { Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';

export interface Tool {
  methodName: string;
  description: string;
  dataSchema: [];
  /** Whose choices it gives. */
  field: string;
}

/** What can be asked of a network: for each field whose choices it knows, by our name and by theirs. */
export function toolsOf({ fields, dialect }: Provider): Tool[] {
  const loading = fields.filter(({ loads }) => loads);
  const theirs = Object.entries(dialect?.tools ?? {});
  return loading.flatMap(({ name, label }) => [...theirs.filter(([, field]) => field === name).map(([method]) => method), name]
    .map((methodName): Tool => ({ methodName, description: t.choicesFor(label), dataSchema: [], field: name })));
}

/** What a network takes, in sentences: programs with a mind of their own read them. */
export function rulesOf(provider: Provider, channel: Channel): string {
  const { formats = [] } = provider.capabilities;
  const of = (format: string | undefined, label: string) => {
    const { text, images, videos, media, thread } = limitsOf(provider.capabilities, [channel.limits], format);
    return [
      text.max === 0 ? t.takesNoText(label) : t.takesText(label, text.max),
      images ? t.takesPictures(images.max, sizeText(images.maxBytes)) : t.takesNoPictures,
      videos ? t.takesVideos(videos.max, sizeText(videos.maxBytes)) : t.takesNoVideos,
      ...(media.min > 0 ? [t.takesAtLeast(media.min)] : []),
      ...(media.mixed ? [] : [t.takesOneKind]),
      thread ? t.takesParts(thread.max) : t.takesOnePart,
    ].join(', ').concat('.');
  };
  return (formats.length === 0 ? [of(undefined, provider.name)] : formats.map(({ value, label }) => of(value, `${provider.name}, ${label}`))).join(' ');
}

/** The options as a JSON schema, under our names; what Postiz calls them is taken as well. */
export function settingsOf({ fields, capabilities, dialect }: Provider): object | string {
  const shown = fields.filter(({ kind }) => kind !== 'note');
  const { formats } = capabilities;
  if (shown.length === 0 && !formats) return t.noSettings;
  const theirs = Object.entries(dialect?.settings ?? {}).flatMap(([name, alias]) => (typeof alias === 'object' && !('refused' in alias)
    ? [[name, { description: t.sameAs('picture' in alias ? alias.picture : alias.option) }] as const] : []));
  return {
    type: 'object',
    properties: {
      ...(formats && { format: { type: 'string', description: t.kindOfPost, enum: formats.map(({ value }) => value) } }),
      ...Object.fromEntries([...theirs, ...shown.map((field) => [field.name, schemaOf(field)] as const)]),
    },
    required: shown.filter(({ required, when, formats: only }) => required && !when && !only).map(({ name }) => name),
  };
}

function schemaOf(field: Field): object {
  const { kind, label, help, loads } = field;
  const description = [label, help].filter(Boolean).join('. ');
  switch (kind) {
    case 'checkbox': return { type: 'boolean', description };
    case 'number': return { type: 'number', description };
    case 'image': return { type: 'object', description: `${description} ${t.sendUpload}` };
    case 'datetime': return { type: 'string', format: 'date-time', description };
    case 'url': return { type: 'string', format: 'uri', description };
    case 'select': {
      const choices = choicesOf(field, undefined);
      return { type: 'string', description: loads ? `${description} ${t.askChoices(field.name)}` : description, ...(choices && !loads && { enum: choices.map(({ value }) => value) }) };
    }
    case 'text':
    case 'textarea':
    case 'password':
    case 'note': return { type: 'string', description };
  }
}

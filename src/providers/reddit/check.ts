import type { Draft, Problem } from '../contract.ts';
import { told, type Told } from './composing.ts';
import type { Options } from './options.ts';

/** The rules between options, and those of the subreddit as far as it could be asked. */
export function check({ options, parts, composing }: Draft<Options>): Problem[] {
  const problems: Problem[] = [];
  const says = (field: string, message: string) => void problems.push({ field, message });
  const [part] = parts;
  const { format, title, flair, flairText } = options;
  if ((part?.media.length ?? 0) > 0 && (format === 'text' || format === 'link')) says('option.format', 'Choose Image, Gallery or Video to post these files on Reddit.');
  if (flairText !== '' && flair === '') says('option.flairText', 'Choose a flair, then its text.');

  const { data } = told.safeParse(composing?.told);
  if (!data) return problems;
  const { place, refused, requirements: wanted } = data;
  const no = refused[format];
  if (no !== undefined) says('option.format', no);
  if (wanted.is_flair_required && flair === '') says('option.flair', `${place} wants a flair on each post.`);
  for (const message of wordProblems('The title', title, titleRules(wanted), place)) says('option.title', message);
  if (format === 'link') for (const message of linkProblems(options.url, data)) says('option.url', message);

  const text = part?.text.trim() ?? '';
  if (format !== 'link' && format !== 'video') {
    const policy = wanted.body_restriction_policy;
    if (policy === 'notAllowed' && text !== '') says('part.0', `${place} takes titles alone. Leave the text empty here.`);
    else if (policy === 'required' && text === '' && format !== 'text') says('part.0', `${place} wants a text below the title.`);
    else if (text !== '') for (const message of wordProblems('The text', text, bodyRules(wanted), place)) says('part.0', message);
  }
  if (format === 'gallery') {
    const count = part?.media.length ?? 0;
    const { gallery_min_items: min, gallery_max_items: max } = wanted;
    if (min != null && count < min) says('part.0.media', `${place} wants at least ${min} pictures in a gallery; this has ${count}.`);
    if (max != null && count > max) says('part.0.media', `${place} takes ${max} pictures in a gallery; this has ${count}.`);
  }
  return problems;
}

interface Words {
  min: number | null | undefined;
  max: number | null | undefined;
  oneOf: readonly string[] | null | undefined;
  none: readonly string[] | null | undefined;
}

const titleRules = (of: Told['requirements']): Words => (
  { min: of.title_text_min_length, max: of.title_text_max_length, oneOf: of.title_required_strings, none: of.title_blacklisted_strings });
const bodyRules = (of: Told['requirements']): Words => (
  { min: of.body_text_min_length, max: of.body_text_max_length, oneOf: of.body_required_strings, none: of.body_blacklisted_strings });

function wordProblems(what: string, text: string, { min, max, oneOf, none }: Words, place: string): string[] {
  const length = Array.from(text).length;
  const small = text.toLowerCase();
  const has = (word: string) => small.includes(word.toLowerCase());
  const bad = none?.filter((word) => word !== '' && has(word)) ?? [];
  return [
    ...(min != null && length < min ? [`${what} must have at least ${min} characters in ${place}; this has ${length}.`] : []),
    ...(max != null && length > max ? [`${what} may have ${max} characters in ${place}; this has ${length}.`] : []),
    ...(oneOf?.length && !oneOf.some(has) ? [`${what} must have one of these in ${place}: ${oneOf.slice(0, 10).join(', ')}.`] : []),
    ...(bad.length > 0 ? [`${what} may not have this in ${place}: ${bad.slice(0, 10).join(', ')}.`] : []),
  ];
}

/** A domain stands for what is below it too. */
function linkProblems(address: string, { place, requirements: { link_restriction_policy: policy, domain_whitelist: allowed, domain_blacklist: barred } }: Told): string[] {
  const host = URL.parse(address)?.hostname.toLowerCase();
  if (host === undefined) return [];
  const isIn = (domains: readonly string[] | null | undefined) => domains?.some((domain) => host === bare(domain) || host.endsWith(`.${bare(domain)}`)) ?? false;
  if (policy === 'blacklist' && isIn(barred)) return [`${place} takes no links to ${host}.`];
  if (policy === 'whitelist' && !isIn(allowed)) return [`${place} takes links to these sites alone: ${allowed?.slice(0, 10).join(', ') || 'none'}.`];
  return [];
}

function bare(domain: string): string {
  return domain.trim().toLowerCase().replace(/^\*?\./u, '').replace(/^www\./u, '');
}

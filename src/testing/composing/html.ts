import { DomUtils, parseDocument } from 'htmlparser2';

type Element = Parameters<typeof DomUtils.getAttributeValue>[0];

/** A page as a browser without scripts has it, as far as tests look into it. */
export interface ReadPage {
  /** What a control of this name would send (for boxes: those that are ticked). */
  sent: (name: string) => string[];
  /** The attributes of the first control of this name. */
  control: (name: string) => Record<string, string> | undefined;
  /** The words of the first element that has this attribute, with single spaces. */
  text: (attribute: string, value: string) => string;
  options: (name: string) => { value: string; label: string; selected: boolean }[];
  has: (tag: string, attributes: Record<string, string>) => boolean;
}

export function readPage(html: string): ReadPage {
  const all = DomUtils.findAll(() => true, parseDocument(html).children);
  const named = (name: string) => all.filter((element) => element.attribs['name'] === name && element.attribs['disabled'] === undefined);
  const words = (element: Element | undefined) => (element ? DomUtils.textContent(element).replaceAll(/\s+/gu, ' ').trim() : '');
  const optionsOf = (element: Element) => DomUtils.findAll((child) => child.name === 'option', element.children)
    .map((option) => ({ value: option.attribs['value'] ?? '', label: words(option), selected: option.attribs['selected'] !== undefined }));
  const valuesOf = (element: Element): string[] => {
    const { type, value = '', checked } = element.attribs;
    if (element.name === 'button' || type === 'file') return [];
    // A browser drops one line break at the very beginning.
    if (element.name === 'textarea') return [DomUtils.textContent(element).replace(/^\n/u, '')];
    if (element.name === 'select') return [(optionsOf(element).find(({ selected }) => selected) ?? optionsOf(element)[0])?.value ?? ''];
    return (type === 'checkbox' || type === 'radio') && checked === undefined ? [] : [value];
  };
  return {
    sent: (name) => named(name).flatMap(valuesOf),
    control: (name) => all.find((element) => element.attribs['name'] === name)?.attribs,
    text: (attribute, value) => words(all.find((element) => element.attribs[attribute] === value)),
    options: (name) => named(name).flatMap(optionsOf),
    has: (tag, attributes) => all.some((element) => element.name === tag && Object.entries(attributes).every(([name, value]) => element.attribs[name] === value)),
  };
}

/** The colors a label may have; each is a token of the styles that reads on both papers. None is the red that calls a person. */
export const labelColors = ['blue', 'teal', 'green', 'olive', 'amber', 'brown', 'plum', 'gray'] as const;
export type LabelColor = (typeof labelColors)[number];

export const longestLabel = 40;
export const mostLabels = 100;

export interface Label {
  id: string;
  name: string;
  color: LabelColor;
}

/** A name as it is kept: no space around it, one between words. */
export function labelName(typed: string): string {
  return typed.replaceAll(/\s+/gu, ' ').trim();
}

/** What two names of one workspace may not share. */
export function labelKey(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

export function isLabelColor(text: string): text is LabelColor {
  return labelColors.some((color) => color === text);
}

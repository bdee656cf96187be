import type { Draft } from './draft.ts';

/** The name of the field for when the post goes out; other times are options: `option.CHANNEL.NAME`. */
export const postTime = 'at';

/** The wall time that stands under a name of the form, as it was typed where it is none; empty where nothing is chosen. */
export function wallAt({ wall, options }: Draft, name: string): string {
  const { channelId, option } = optionOf(name);
  return name === postTime ? wall : (options[channelId]?.[option] ?? '');
}

export function withWallAt(draft: Draft, name: string, wall: string): Draft {
  if (name === postTime) return { ...draft, wall };
  const { channelId, option } = optionOf(name);
  return { ...draft, options: { ...draft.options, [channelId]: { ...draft.options[channelId], [option]: wall } } };
}

/** `YYYY-MM-DDTHH:mm`, as the browser's own field has it. */
export function isWall(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/u.test(text);
}

function optionOf(name: string): { channelId: string; option: string } {
  const [, channelId = '', option = ''] = /^option\.([\da-f-]{36})\.(.+)$/u.exec(name) ?? [];
  return { channelId, option };
}

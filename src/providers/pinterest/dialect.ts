import type { Dialect } from '../contract.ts';

export const dialect: Dialect = {
  settings: { dominant_color: { option: 'color' } },
  tools: { boards: 'board' },
};

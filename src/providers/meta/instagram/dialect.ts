import type { Dialect } from '../../contract.ts';

export const dialect: Dialect = {
  settings: {
    post_type: { option: 'format' },
    collaborators: { option: 'collaborators' },
    graduation_strategy: 'harmless',
    is_trial_reel: 'harmless',
    audio: { refused: 'Music cannot be chosen from outside the app. Leave it out.' },
  },
  /** There a post that is one video becomes a Reel by itself. */
  prepare(given, { pictures, videos }) {
    const trial = given['is_trial_reel'] === true ? { trial: given['graduation_strategy'] ?? 'MANUAL' } : {};
    const isReel = (given['post_type'] ?? 'post') === 'post' && videos === 1 && pictures === 0;
    return { ...given, ...trial, ...(isReel && { post_type: 'reel' }) };
  },
};

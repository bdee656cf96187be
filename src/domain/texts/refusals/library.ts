/** Why something cannot be done with several files of the library. */
export const libraryRefusals = {
  gone: 'This file is no longer there.',
  chooseLabel: 'Choose a label.',
  chooseFiles: 'Choose files first: tick the box on each.',
  chooseAct: 'Choose what to do with them.',
  chooseFile: 'Choose a file first.',
  ofFile: (name: string, message: string) => `${name}: ${message}`,
} as const;

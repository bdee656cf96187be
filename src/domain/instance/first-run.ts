import { atLeast, type Role } from '../role.ts';

/** The steps of setting up, in order. `operator`: only for whoever runs the instance; else from this role on. */
export const setupSteps = [
  { id: 'workspace', for: 'admin' },
  { id: 'address', for: 'operator' },
  { id: 'operator', for: 'operator' },
  { id: 'mail', for: 'operator' },
  { id: 'networks', for: 'admin' },
  { id: 'media', for: 'operator' },
  { id: 'backup', for: 'operator' },
  { id: 'post', for: 'editor' },
] as const satisfies readonly { id: string; for: Role | 'operator' }[];
export type SetupStep = (typeof setupSteps)[number]['id'];

/** What the checklist asks, in order. */
export const checklistItems = [
  { id: 'channel', for: 'admin' },
  { id: 'scheduled', for: 'editor' },
  { id: 'published', for: 'editor' },
  { id: 'invited', for: 'admin' },
  { id: 'address', for: 'operator' },
  { id: 'mail', for: 'operator' },
  { id: 'policy', for: 'operator' },
  { id: 'backup', for: 'operator' },
] as const satisfies readonly { id: string; for: Role | 'operator' }[];
export type ChecklistItem = (typeof checklistItems)[number]['id'];

interface Who {
  role: Role;
  operator: boolean;
}

/** The steps that concern this person. */
export function stepsOf(who: Who): SetupStep[] {
  return setupSteps.filter((step) => concerns(step.for, who)).map(({ id }) => id);
}

export function itemsOf(who: Who): ChecklistItem[] {
  return checklistItems.filter((item) => concerns(item.for, who)).map(({ id }) => id);
}

export function isSetupStep(text: unknown): text is SetupStep {
  return setupSteps.some(({ id }) => id === text);
}

function concerns(needed: Role | 'operator', { role, operator }: Who): boolean {
  return needed === 'operator' ? operator : atLeast(role, needed);
}

import type { Problem } from './limits.ts';

/** An expected refusal is a value: the problems belong beside their fields. */
export type Result<T = object> = ({ ok: true } & T) | { ok: false; problems: Problem[] };

export function refused(field: string, message: string): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [{ field, message }] };
}

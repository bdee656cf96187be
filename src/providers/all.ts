import type { Provider } from './contract.ts';
import { sandbox } from './sandbox/index.ts';

/** Every network, in the order in which people see them. */
export const providers: readonly Provider[] = [
  sandbox,
];

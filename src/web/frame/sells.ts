import { createContext } from 'preact';

/** Whether subscriptions are sold on this instance: only then anything speaks of them. */
export const Sells = createContext(false);

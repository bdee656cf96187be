import { dragCards } from './lib/drag.ts';
import { moveByKeys } from './lib/keys.ts';
import { roamByKeys } from './lib/roam.ts';
import { chooseMany } from './lib/select.ts';
import { floatToasts } from './lib/toast.ts';
import { beginAtToday } from './lib/today.ts';

// What needs a pointer or a key, where every card has its "Move…" without it, and where one begins.
dragCards();
moveByKeys();
roamByKeys();
chooseMany();
floatToasts();
beginAtToday();

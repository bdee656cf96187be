import { dragCards } from './lib/drag.ts';
import { moveByKeys } from './lib/keys.ts';
import { roamByKeys } from './lib/roam.ts';
import { chooseMany } from './lib/select.ts';
import { floatToasts } from './lib/toast.ts';

// What needs a pointer or a key; without it every card has its "Move…".
dragCards();
moveByKeys();
roamByKeys();
chooseMany();
floatToasts();

import { chooseMany } from './lib/select.ts';
import { floatToasts } from './lib/toast.ts';

chooseMany();
floatToasts();

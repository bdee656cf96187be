import { floatToasts } from './lib/toast.ts';

floatToasts();

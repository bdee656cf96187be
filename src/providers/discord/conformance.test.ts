import { conformance } from '../conformance.ts';
import { botSubject, subject } from './subject.ts';

conformance(subject);
conformance(botSubject);

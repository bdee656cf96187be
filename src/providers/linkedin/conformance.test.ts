import { conformance } from '../conformance.ts';
import { pageSubject, profileSubject } from './subject.ts';

conformance(profileSubject);
conformance(pageSubject);

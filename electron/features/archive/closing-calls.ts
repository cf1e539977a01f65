import { S1, STROKES } from '../../../test/harness/exam-day.ts';
import { PIN, type TestStation } from '../../../test/harness/open-station.ts';

/** What the tests of closing, sealing and export ask of a station, as its lead does. */
export const archive = (st: TestStation) => st.as('site-lead').archive;
export const closing = (st: TestStation) => archive(st).closing({ sessionId: S1 });
export const seal = (st: TestStation) => archive(st).seal({ sessionId: S1 });
export const signOff = (st: TestStation, pin = PIN) => archive(st).signOff({ sessionId: S1, pin, strokes: STROKES });

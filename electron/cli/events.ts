import { eventCatalogue } from '../station/catalogue.ts';
import { eventDocument } from '../station/event-document.ts';
import type { Run } from './command.ts';
import { EXIT } from './exit-code.ts';

/** `kaodian events`: the catalogue of journal events as a page. */
export const run: Run = async (_args, { stdout }) => {
  stdout.write(eventDocument(eventCatalogue()));
  return EXIT.good;
};

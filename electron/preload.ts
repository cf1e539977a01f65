import { contextBridge } from 'electron';

/**
 * All that the desktop adds to the page: its name and version, for the "about" line. Everything else the desk does goes
 * over HTTP like on any other desk, so a hole in the page finds nothing here to call.
 */
const shell = Object.freeze({ kind: 'electron', version: process.versions.electron ?? '' });

contextBridge.exposeInMainWorld('kaodianShell', shell);

/**
 * The last resort of a shell: a promise that nobody waited for was rejected, which is a defect, and it is said on the
 * console with where it came from. The exam goes on: a commit is whole or not made, so nothing half done stays behind.
 *
 * An exception outside every promise still ends the process, as Node does by itself: what it interrupted is unknown, and
 * whatever was acknowledged is on disk.
 */
export function outliveRejections(): void {
  process.on('unhandledRejection', (reason) => {
    console.error('a promise nobody waited for was rejected:', reason instanceof Error ? reason.stack : typeof reason);
  });
}

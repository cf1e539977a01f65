/** What a photo folder or a choice of files holds for the plan. */
export type PhotoChoice =
  | { kind: 'none' }
  | { kind: 'pictures'; files: File[] }
  | { kind: 'zip'; file: File }
  | { kind: 'too-many' };

/** As many single files as the station takes in one request; more come as one zip. */
export const mostPhotos = 2000;

/** Folders hold thumbnails' databases and other strangers: only pictures count. One zip stands for all of them. */
export function choosePhotos(files: readonly File[]): PhotoChoice {
  const zip = files.find((file) => /\.zip$/i.test(file.name));
  if (zip !== undefined) return { kind: 'zip', file: zip };
  const pictures = files.filter((file) => /\.(jpe?g|png)$/i.test(file.name) && !file.name.startsWith('.'));
  if (pictures.length === 0) return { kind: 'none' };
  return pictures.length > mostPhotos ? { kind: 'too-many' } : { kind: 'pictures', files: pictures };
}

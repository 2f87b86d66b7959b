/**
 * How much has been read so far, for whoever shows it.
 */

/** Gets what has been read so far: files, and bytes of them. */
export type OnRead = (files: number, sizeBytes: number) => void;

/** A function that is told the bytes of each piece. `files` grows meanwhile. */
export function pieceCounter(files: ReadonlyMap<string, string>, onRead: OnRead | undefined): (sizeBytes: number) => void {
  let read = 0;
  return (sizeBytes) => {
    read += sizeBytes;
    onRead?.(files.size, read);
  };
}

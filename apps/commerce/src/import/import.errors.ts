import { conflict, invalid } from '@concentric/service-kit';

/** A file that cannot be read at all. Its message is shown with the import and says what to do. */
export class UnreadableFile extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnreadableFile';
  }
}

export const emptyFile = () =>
  invalid([{ field: 'body', code: 'empty_file', message: 'no bytes arrived', remedy: 'Send the file as the body of the request.' }]);

export const uploadCut = () =>
  conflict('upload_incomplete', 'The upload ended before the whole file had arrived', 'nothing was taken in; upload the file again');

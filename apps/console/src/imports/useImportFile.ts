import { useState } from 'react';
import { formatOf } from './fileName';
import { headerOf } from './header';

/** The chosen file, and its header once it has been read. */
export function useImportFile(): { file: File | null; header: string[] | null; take: (file: File) => void } {
  const [file, setFile] = useState<File | null>(null);
  const [header, setHeader] = useState<string[] | null>(null);
  const take = (chosen: File) => {
    setFile(chosen);
    setHeader(null);
    if (formatOf(chosen.name) === 'csv') void headerOf(chosen).then(setHeader);
  };
  return { file, header, take };
}

import Upload from '@mui/icons-material/UploadFileOutlined';
import { Box, Button, Typography } from '@mui/material';
import { useRef, useState, type DragEvent } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { formatBytes } from '../money/format';

interface DropZoneProps {
  file: File | null;
  /** Endings of names that the chooser offers. */
  accept: string;
  onFile: (file: File) => void;
}

/** A place to drop a file on, and a button for the keyboard. */
export const DropZone = ({ file, accept, onFile }: DropZoneProps) => {
  const translate = useTranslate();
  const locale = useLocale();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) onFile(dropped);
  };
  return (
    <Box
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      sx={{
        border: 2,
        borderStyle: 'dashed',
        borderColor: over ? 'primary.main' : 'divider',
        borderRadius: 3,
        p: 5,
        textAlign: 'center',
      }}
    >
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        data-testid="import-file"
        onChange={(event) => event.target.files?.[0] && onFile(event.target.files[0])}
      />
      <Upload color="primary" sx={{ fontSize: 44 }} />
      <Typography aria-live="polite" sx={{ my: 1 }}>
        {file ? `${file.name} · ${formatBytes(file.size, locale)}` : translate('imports.drop')}
      </Typography>
      <Button variant="outlined" onClick={() => input.current?.click()}>
        {translate(file ? 'imports.choose_other' : 'imports.choose')}
      </Button>
    </Box>
  );
};

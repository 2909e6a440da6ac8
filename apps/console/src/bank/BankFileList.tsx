import { Tooltip, Typography } from '@mui/material';
import { Link, useRecordContext, useTranslate } from 'react-admin';
import { CountField, InstantField } from '../fields/fields';
import { WhoField } from '../fields/Who';
import { ConsoleList } from '../pages/ConsoleList';
import { filtered } from '../pages/filtered';
import { Column, Figures, Rows } from '../pages/Rows';
import { Section } from '../pages/Section';
import type { BankFileRow } from '../providers/rows';
import { BankColumns, BankTemplateButton } from './BankTemplate';

/** Leads to lines of a file, counted; none of a kind is no link. */
const Lines = ({
  source,
  only = {},
}: {
  source: 'lines' | 'matched' | 'unmatched' | 'duplicate' | 'conflict' | 'waiting';
  only?: object;
}) => {
  const translate = useTranslate();
  const file = useRecordContext<BankFileRow>();
  if (!file?.[source]) return <CountField source={source} />;
  return (
    <Link
      to={filtered('bank-lines', { fileId: file.id, ...only })}
      aria-label={translate('bank_file.see', { count: file[source], kind: translate(`resources.bank-files.fields.${source}`) })}
    >
      <CountField source={source} />
    </Link>
  );
};

/** Proves which bytes were taken in; the whole of it where somebody points at it. */
const Hash = () => {
  const file = useRecordContext<BankFileRow>();
  return file ? (
    <Tooltip title={file.sha256}>
      <Typography component="code" variant="body2" tabIndex={0} sx={{ fontFamily: 'monospace' }}>
        {file.sha256.slice(0, 12)}…
      </Typography>
    </Tooltip>
  ) : null;
};

/** Every file of the bank that was taken in: when, by whom, and what became of its lines. */
export const BankFileList = () => (
  <>
    <ConsoleList
      emptyName="bank_files"
      intro="intro.bank_files"
      sort={{ field: 'importedAt', order: 'DESC' }}
      begin={{ label: 'bank.take', to: '/bank-lines', resource: 'bank-lines', action: 'import' }}
    >
      <Rows<BankFileRow>
        rowClick={false}
        phone={{
          primary: () => <InstantField source="importedAt" />,
          secondary: () => (
            <>
              <WhoField source="importedBy" /> · <Hash />
            </>
          ),
          tertiary: () => <Lines source="lines" />,
        }}
      >
        <Column source="importedAt" field={InstantField} sortable />
        <Column source="importedBy" field={WhoField} />
        <Figures source="lines">
          <Lines source="lines" />
        </Figures>
        <Figures source="matched">
          <Lines source="matched" only={{ match: 'matched' }} />
        </Figures>
        <Figures source="unmatched">
          <Lines source="unmatched" only={{ match: 'unmatched' }} />
        </Figures>
        <Figures source="conflict">
          <Lines source="conflict" only={{ match: 'conflict' }} />
        </Figures>
        <Figures source="duplicate">
          <Lines source="duplicate" only={{ match: 'duplicate' }} />
        </Figures>
        <Figures source="waiting">
          <Lines source="waiting" only={{ state: 'WAITING' }} />
        </Figures>
        <Column source="sha256" field={Hash} />
      </Rows>
    </ConsoleList>
    <Section title="bank.format" aside={<BankTemplateButton />}>
      <BankColumns />
    </Section>
  </>
);

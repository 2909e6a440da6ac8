import { InFull } from '../problem/InFull';
import { useFaultText } from '../problem/problem';
import { PlainTable } from '../pages/PlainTable';

/** A row of a file that was refused, and why. */
export interface Reject {
  line: number;
  record: string;
  field: string;
  code: string;
  message: string;
  remedy?: string;
}

/** Refused rows in the language of the person, each with what to do about it. */
export const RejectTable = ({ rejects }: { rejects: readonly Reject[] }) => {
  const faultText = useFaultText();
  return (
    <PlainTable<Reject>
      rows={rejects}
      keyOf={({ line, field, code }) => `${line} ${field} ${code}`}
      columns={[
        { label: 'imports.reject_line', right: true, cell: ({ line }) => line },
        { label: 'imports.reject_record', cell: ({ record }) => record },
        { label: 'imports.reject_field', cell: ({ field }) => <code>{field}</code> },
        {
          label: 'imports.reject_reason',
          cell: (reject) => (
            <>
              {faultText(reject).reason}
              <InFull>{[reject.message, reject.remedy].filter(Boolean).join(' · ')}</InFull>
            </>
          ),
        },
        { label: 'imports.reject_remedy', cell: (reject) => faultText(reject).remedy },
      ]}
    />
  );
};

import { useFieldValue } from 'react-admin';
import type { FieldProps } from '../fields/fields';
import { useReason } from './reason';

/** Why something was done: typed by a person, or given by the service itself. */
export const ReasonField = ({ source }: FieldProps) => {
  const reason = useReason();
  return <>{reason((useFieldValue({ source }) as string | null) ?? '') || '–'}</>;
};

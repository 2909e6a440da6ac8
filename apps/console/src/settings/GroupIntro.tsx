import { useTranslate } from 'react-admin';
import { Quiet } from '../pages/Section';

/** What the settings of a group decide, together. */
export const GroupIntro = ({ name }: { name: string }) => {
  const translate = useTranslate();
  return <Quiet>{translate(`settings.about.${name}`)}</Quiet>;
};

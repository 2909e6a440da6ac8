import { useTranslate } from 'react-admin';
import { useBrand } from '../providers/brand';

/** Choices of a closed list of words, translated. */
export function useWordChoices(group: string, values: readonly string[]): { id: string; name: string }[] {
  const translate = useTranslate();
  return values.map((id) => ({ id, name: translate(`words.${group}.${id}`) }));
}

/** The brand's channels under the names the brand gave them. */
export function useChannelChoices(): { id: string; name: string }[] {
  return (useBrand()?.channels ?? []).map(({ code, name }) => ({ id: code, name }));
}

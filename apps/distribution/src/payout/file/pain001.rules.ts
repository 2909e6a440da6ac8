import { formatMinor } from '@concentric/money';
import { bankKey, type ApprovedPayout, type FileFormat } from './payout-file.rules';

/** ISO 20022 customer credit transfer initiation, pain.001.001.09: one payment of the debtor with one transaction per item. */
export const pain001: FileFormat = {
  mediaType: 'application/xml; charset=utf-8',
  extension: 'xml',

  head(payout) {
    const { batchId, debtor, executionDate } = payout;
    const id = bankKey(batchId);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>\n',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>',
      element(
        'GrpHdr',
        element('MsgId', id),
        element('CreDtTm', new Date(payout.approvedAt).toISOString()),
        totals(payout),
        element('InitgPty', name(debtor.name)),
      ),
      '<PmtInf>',
      element('PmtInfId', id),
      element('PmtMtd', 'TRF'),
      totals(payout),
      element('ReqdExctnDt', element('Dt', executionDate)),
      element('Dbtr', name(debtor.name)),
      account('DbtrAcct', debtor.account),
      agent('DbtrAgt', debtor.bankId),
      '\n',
    ].join('');
  },

  item({ currency }, { itemId, period, amountMinor, payee }) {
    const amount = `<InstdAmt Ccy="${currency}">${formatMinor(amountMinor, currency)}</InstdAmt>`;
    const transaction = element(
      'CdtTrfTxInf',
      element('PmtId', element('EndToEndId', bankKey(itemId))),
      element('Amt', amount),
      agent('CdtrAgt', payee.bankId),
      element('Cdtr', name(payee.holder)),
      account('CdtrAcct', payee.account),
      element('RmtInf', element('Ustrd', `Commission ${period}`)),
    );
    return `${transaction}\n`;
  },

  tail: () => '</PmtInf></CstmrCdtTrfInitn></Document>\n',
};

/** Contents are elements already, or text that was escaped or needs no escaping: ids, dates, codes. */
function element(tag: string, ...contents: string[]): string {
  return `<${tag}>${contents.join('')}</${tag}>`;
}

/** The only free text there is. */
function name(text: string): string {
  return element(
    'Nm',
    text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]!),
  );
}

function totals({ items, amountMinor, currency }: ApprovedPayout): string {
  return element('NbOfTxs', String(items)) + element('CtrlSum', formatMinor(amountMinor, currency));
}

function account(tag: string, number: string): string {
  return element(tag, element('Id', /^[A-Z]/.test(number) ? element('IBAN', number) : element('Othr', element('Id', number))));
}

function agent(tag: string, bankId: string): string {
  const cnaps = () => element('ClrSysMmbId', element('ClrSysId', element('Cd', 'CNAPS')), element('MmbId', bankId));
  return element(tag, element('FinInstnId', /^\d/.test(bankId) ? cnaps() : element('BICFI', bankId)));
}

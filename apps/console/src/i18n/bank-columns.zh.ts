import type { bankColumnsEn } from './bank-columns.en';

export const bankColumnsZh: typeof bankColumnsEn = {
  bank_column: {
    item: '必填。款项编号：与交给银行的文件一致，可带或不带连字符。',
    status: '必填。PAID（已付款）、FAILED（失败）、RETURNED（已退回）或 PENDING（处理中）。',
    bank_ref: '必有此列。银行流水号，最多 64 个字符；处理中可留空。',
    amount: '以款项币种表示的小数金额，如 540.40，须与款项金额一致；已付款或已退回时必填。',
    amount_minor: '可代替 amount：以最小货币单位表示，如 54040。',
    booked_on: '银行入账日期，如 2026-01-31；处理中可留空。',
    reason: '银行的说明，保留前 500 个字符。',
  },
};

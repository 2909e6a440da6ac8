import type { bankResourcesEn } from './bank-resources.en';

export const bankResourcesZh: typeof bankResourcesEn = {
  'bank-files': {
    name: '银行结果文件',
    fields: {
      importedAt: '导入时间',
      importedBy: '导入人',
      lines: '行数',
      matched: '匹配',
      unmatched: '未匹配',
      conflict: '矛盾',
      duplicate: '重复',
      waiting: '待确认',
      sha256: '文件指纹（SHA-256）',
    },
  },
  'bank-lines': {
    name: '银行回执',
    fields: {
      fileId: '文件',
      itemId: '付款',
      bookedOn: '入账日期',
      bankRef: '流水号',
      status: '银行状态',
      match: '匹配',
      item: '归属',
      state: '处理',
      amountMinor: '金额',
    },
  },
  'payout-items': {
    name: '款项',
    fields: {
      waitsFor: '等待',
      state: '状态',
      partnerId: '渠道商',
      period: '结算单',
      payoutState: '批次',
      bankRef: '流水号',
      amountMinor: '实付',
    },
  },
  settings: {
    fields: {
      bindingMode: '客户归属',
      protectionDays: '保护期',
      bindTo: { 0: '首先绑定到', 1: '否则', 2: '最后' },
      bindingDelaySeconds: '判断前等待',
      holdingDays: '冻结天数',
      holdingDaysByChannel: '各渠道冻结天数',
      minimumPayoutMinor: '最低付款额',
      disputeWindowDays: '异议期',
      secondApprovalAboveMinor: '须第二人批准的金额',
      autoClose: '自动关账',
      payoutDebtor: { name: '付款户名', account: '付款账号', bankId: '联行号 / BIC' },
      secondPayoutApprovalAboveMinor: '须第二人批准的金额',
      findings: {
        jumpFactor: '骤增：收益不低于',
        jumpAboveMinor: '骤增：且不低于',
        refundedSharePpm: '多次退款：不低于',
        refundedLinesAtLeast: '多次退款：且不少于',
        freshBindingHours: '新近绑定：在此之内',
        freshBindingFactor: '新近绑定：订单不低于',
        freshBindingAboveMinor: '新近绑定：且不低于',
      },
    },
  },
};

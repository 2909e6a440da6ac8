import type { BrandInput, DistributionSettings, PlanInput } from '@concentric/contracts';

export const SAMPLE_YEAR = 2025;
export const SAMPLE_FIRST_DATE = `${SAMPLE_YEAR}-01-01`;
export const SAMPLE_AS_OF = `${SAMPLE_YEAR}-12-31`;

/** Mother, baby and personal care, sold in five channels: a brand like many, made up. */
export const sampleBrand: BrandInput = {
  code: 'tonghe',
  name: '同禾母婴 Tonghe Mother & Baby',
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  channels: [
    { code: 'till', domain: 'offline', name: '门店收银 Store till' },
    { code: 'mini-program', domain: 'private', name: '小程序商城 Mini program' },
    { code: 'tmall', domain: 'public', name: '天猫旗舰店 Tmall flagship' },
    { code: 'douyin', domain: 'public', name: '抖音小店 Douyin shop' },
    { code: 'group-buy', domain: 'private', name: '社群团购 Group selling' },
  ],
};

const rules = (guide: number, store: number, distributor: number, bound: number): PlanInput['rules'] => [
  { role: 'guide', recipient: { from: 'guide' }, ratePpm: guide },
  { role: 'guide', recipient: { from: 'guide' }, categories: ['nutrition'], ratePpm: guide + 10_000 },
  { role: 'store', recipient: { from: 'store' }, ratePpm: store },
  { role: 'distributor', recipient: { from: 'store', climbTo: 'distributor' }, ratePpm: distributor },
  { role: 'group_leader', recipient: { from: 'leader' }, channels: ['group-buy'], ratePpm: 60_000 },
  { role: 'bound_partner', recipient: { from: 'bound' }, ratePpm: bound },
  { role: 'bound_partner', recipient: { from: 'bound' }, channels: ['till'], ratePpm: 5_000 },
];

/** The split of the year, and the one that was negotiated for its second half. */
export const samplePlans: readonly PlanInput[] = [
  {
    code: 'channel-2025-h1',
    name: '2025 上半年渠道分润 Channel split, first half 2025',
    validFrom: '2024-12-31T16:00:00.000Z',
    budgetPpm: 200_000,
    rules: rules(30_000, 40_000, 15_000, 20_000),
  },
  {
    code: 'channel-2025-h2',
    name: '2025 下半年渠道分润 Channel split, second half 2025',
    validFrom: '2025-06-30T16:00:00.000Z',
    budgetPpm: 200_000,
    rules: rules(35_000, 40_000, 12_000, 25_000),
  },
];

/** How the brand binds, holds back and pays. */
export const sampleSettings: Partial<DistributionSettings> = {
  bindingMode: 'protected',
  protectionDays: 180,
  bindTo: ['guide', 'store', 'leader'],
  holdingDays: 7,
  holdingDaysByChannel: { 'group-buy': 10 },
  minimumPayoutMinor: 1_000,
  autoClose: true,
  bindingDelaySeconds: 5,
  payoutDebtor: { name: '同禾母婴用品有限公司', account: '6222020200119999999', bankId: '102100099996' },
};

export const sampleTouchpoints = [
  { code: 'moments', name: '朋友圈 Moments', domain: 'private', priority: 10 },
  { code: 'one-to-one', name: '企业微信 1V1 One-to-one chat', domain: 'private', priority: 20 },
  { code: 'welfare-group', name: '福利社群 Welfare group', domain: 'private', priority: 30 },
  { code: 'official-account', name: '公众号推文 Official account', domain: 'private', priority: 40 },
  { code: 'video-account', name: '视频号直播 Video account live', domain: 'private', priority: 50 },
  { code: 'search-ads', name: '站内搜索推广 Search promotion', domain: 'public', priority: 60 },
  { code: 'creator-live', name: '达人直播 Creator live', domain: 'public', priority: 70 },
  { code: 'store-shelf', name: '门店陈列 Store shelf', domain: 'offline', priority: 80 },
] as const;
